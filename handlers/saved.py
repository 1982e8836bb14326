"""A saving that was confirmed: booked into its rounds, receipted, and a round all have paid is told."""

from __future__ import annotations

from domain.ids import CommandId, EntryId, PersonId
from domain.late_saving import deadline
from domain.ledger import Booking
from domain.money import Rial
from domain.posting import Allocation, OpenLine, allocate, saving_confirmed
from handlers.concerned import leaders_of
from handlers.turn import Turn
from storage import books, bylaws, passbooks, rounds
from storage.deposits import DepositRow
from storage.entries import Booked
from storage.groups import MemberRow
from storage.rounds import RoundRow


def book(
    turn: Turn, command_id: CommandId, found: DepositRow, member: MemberRow, entered_by: PersonId
) -> EntryId:
    """Post the entry, give the member her receipt with the new balance, and see to the rounds."""
    shared = _allocated(turn, found)
    lines = saving_confirmed(found.way, member.id, shared, found.keeper_id)
    (booked,) = books.book(
        turn.conn,
        found.group_id,
        command_id,
        [Booking("saving", found.value_on, lines)],
        booked_at=turn.now,
        booked_on=turn.today,
        entered_by=entered_by,
        confirmed_by=turn.me,
        reported_at=found.reported_at,
    )
    _receipt(turn, member, shared, booked, found.amount)
    _in_rounds(turn, member, shared)
    return booked.id


def _allocated(turn: Turn, found: DepositRow) -> Allocation:
    lines = [OpenLine(line.number, line.left) for line in rounds.unpaid_lines(turn.conn, found.membership_id)]
    voluntary = bylaws.bylaws_of(turn.conn, found.group_id).rules.voluntary_saving
    return allocate(found.amount, found.round_number, lines, voluntary=voluntary)


def _receipt(turn: Turn, member: MemberRow, shared: Allocation, booked: Booked, amount: Rial) -> None:
    turn.tell_member(
        member,
        "saving.receipt_slip",
        key=f"receipt:{booked.id}",
        group=turn.group(member.group_id).name,
        amount=amount,
        parts=shared.parts,
        advance=shared.advance,
        voluntary=shared.voluntary,
        balance=passbooks.member_balance(turn.conn, member.id),
        day=turn.today,
        number=booked.sequence,
        print=booked.print,
    )


def _in_rounds(turn: Turn, member: MemberRow, shared: Allocation) -> None:
    """A member who reported in time is not late because the treasurer was; a round all have paid is told."""
    for number, _ in shared.parts:
        found, complete = rounds.round_paid_into(turn.conn, member.group_id, number)
        if found.closed_at is not None:
            rounds.count_as_on_time(turn.conn, found, member.id, deadline(found.due_on))
        if complete:
            _round_complete(turn, found)


def _round_complete(turn: Turn, found: RoundRow) -> None:
    """Tell board and facilitator once when everybody has paid a round."""
    group = turn.group(found.group_id)
    for person in leaders_of(turn, group):
        turn.tell(
            person,
            "saving.round_complete",
            key=f"round_complete:{found.id}:{person}",
            group=group.name,
            number=found.number,
        )
