"""What a vote writes into the books, entered by who proposed it, confirmed by the vote; and which it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from domain import matters
from domain.ids import PersonId
from domain.ledger import Booking, NoteRef
from handlers.turn import Turn
from storage import assembly, books, notes
from storage.assembly import ProposalRow
from storage.entries import Booked, print_of


def book_resolved(
    turn: Turn, closed: ProposalRow, command: str, parties: Sequence[PersonId], bookings: Sequence[Booking]
) -> tuple[Booked, ...]:
    """Post what was resolved, with the words that were voted on."""
    note = NoteRef(closed.note_id, notes.note_hash(turn.conn, closed.note_id))
    command_id = books.record_command(
        turn.conn,
        command,
        group_id=closed.group_id,
        actor=closed.proposed_by,
        parties=parties,
        received_at=turn.now,
    )
    return books.book(
        turn.conn,
        closed.group_id,
        command_id,
        [replace(booking, note=note) for booking in bookings],
        booked_at=turn.now,
        booked_on=turn.today,
        entered_by=closed.proposed_by,
        confirmed_by=None,
    )


def resolved(turn: Turn, closed: ProposalRow) -> Mapping[str, object]:
    """Return which resolution it is, and the print of what it carries out."""
    printed = print_of(matters.print_of(closed.matter) or b"")
    return {"number": assembly.number_of(turn.conn, closed.id), "print": printed}
