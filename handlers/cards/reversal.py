"""The card of a reversal: for whoever may be the second person."""

from __future__ import annotations

from collections.abc import Mapping

from domain.ids import PersonId, ReversalId
from domain.offices import Confirmed, who_confirms
from domain.refusals import Refused
from handlers.turn import Press, Rows, Turn
from storage import deposits, groups, notes, passbooks
from storage.deposits import DepositRow
from storage.reversals import ReversalRow

KIND = "v"


def card_name(reversal_id: ReversalId) -> str:
    """The card of the second person."""
    return f"reversal:{reversal_id}"


def send_cards(turn: Turn, found: ReversalRow) -> None:
    """Put the reversal before everyone who may be the second person."""
    for person in confirmers_of(turn, found):
        send_card(turn, found, person)


def send_card(turn: Turn, found: ReversalRow, person: PersonId) -> None:
    """Give one person the card with its buttons."""
    turn.card(
        person,
        card_name(found.id),
        f"reversal.{found.state}",
        _rows(found),
        None,
        None,
        **facts_of(turn, found),
    )


def redraw(turn: Turn, found: ReversalRow) -> None:
    """Show on every card how the matter stands now."""
    turn.redraw(card_name(found.id), f"reversal.{found.state}", _rows(found), **facts_of(turn, found))


def confirmers_of(turn: Turn, found: ReversalRow) -> tuple[PersonId, ...]:
    """Return who may decide: neither who asked, nor payer, reporter, or helper."""
    row = deposit_of(turn, found)
    parties = turn.parties(turn.member(row.membership_id), row.reported_by, found.asked_by)
    offices = groups.offices_of(turn.conn, turn.group(found.group_id))
    return who_confirms(Confirmed.REVERSAL, offices, parties)


def deposit_of(turn: Turn, found: ReversalRow) -> DepositRow:
    """Return the deposit whose entry is in question."""
    row = deposits.deposit_of_entry(turn.conn, found.entry_id)
    if row is None:
        raise Refused("not_found")
    return row


def facts_of(turn: Turn, found: ReversalRow) -> Mapping[str, object]:
    """Return everything the card's texts may name."""
    row, entry = deposit_of(turn, found), passbooks.entry_of(turn.conn, found.entry_id)
    names = turn.names(p for p in (found.asked_by, found.decided_by) if p is not None)
    return {
        "group": turn.group(found.group_id).name,
        "name": turn.member(row.membership_id).name or "",
        "amount": row.amount,
        "paid_for": row.paid_for,
        "number": entry.sequence,
        "day": entry.booked_on,
        "asker": names.get(found.asked_by, ""),
        "decider": names.get(found.decided_by, "") if found.decided_by else "",
        "reason": notes.note_text(turn.conn, found.note_id) or "",
    }


def _rows(found: ReversalRow) -> Rows:
    if found.state != "asked":
        return ()
    return [
        [Press(KIND, found.id, "agree", found.revision, "agree_reversal")],
        [Press(KIND, found.id, "decline", found.revision, "decline_reversal")],
    ]
