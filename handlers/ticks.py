"""What falls due is found by looking at dates: rounds that open and close, votes, loans that wait."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from domain.calendar import local_day, moment_of, period_start
from domain.ids import EntryId, GroupId
from domain.late_saving import deadline
from domain.ledger import Booking
from domain.money import Rial
from domain.posting import advance_used
from domain.surplus import year_to_close
from handlers import agreeing, late_fines, lending, objecting, terms_of_office, voting, witnessing
from handlers.cards import year
from handlers.turn import Desk, Turn
from storage import advances, books, fines, groups, passbooks, rounds, years
from storage.groups import GroupRow, MemberRow
from storage.rounds import RoundRow

AT_ONCE = 20  # groups a unit: units stay short


def run(desk: Desk, conn: Connection, now: datetime) -> None:
    """Open the rounds of some groups that are due, see to votes and all else; the next tick goes on."""
    for group_id in rounds.groups_due(conn, local_day(now), AT_ONCE):
        turn = Turn(desk, conn, now)
        open_due_rounds(turn, group_id)
        turn.finish()
    voting.run(desk, conn, now)
    objecting.run(desk, conn, now)
    agreeing.run(desk, conn, now)
    lending.run(desk, conn, now)
    witnessing.run(desk, conn, now)
    terms_of_office.run(desk, conn, now)


def open_due_rounds(turn: Turn, group_id: GroupId) -> None:
    """Open every round of a group whose day has come, closing the one before."""
    groups.lock_group(turn.conn, group_id)
    group = groups.group_by_id(turn.conn, group_id)
    latest = rounds.latest_round(turn.conn, group_id)
    while group.next_round_on is not None and group.next_round_on <= turn.today:
        if latest is not None:
            rounds.close_round(turn.conn, latest, deadline(latest.due_on), turn.now)
            _tell_late(turn, latest)
        latest = _open(turn, group, latest.number + 1 if latest else 1)
        rounds.set_next_round(turn.conn, group_id, latest.closes_on)
        group = groups.group_by_id(turn.conn, group_id)
    found = years.years_of(turn.conn, group_id)
    due = year_to_close(found.first_booked_on, found.last_closed, turn.today)
    if due is not None and found.asked is None:
        year.tell_due(turn, group_id, due)


def _tell_late(turn: Turn, closed: RoundRow) -> None:
    """Say to each who saved late into a round what it costs."""
    for fine in fines.fines_in(turn.conn, closed.group_id):
        if fine.round_number == closed.number:
            late_fines.tell(turn, turn.member(fine.membership), fine)


def _open(turn: Turn, group: GroupRow, number: int) -> RoundRow:
    period = number - group.first_number + 1
    opens = period_start(group.first_saving_on, group.rhythm, period)
    closes = period_start(group.first_saving_on, group.rhythm, period + 1)
    round_id = rounds.open_round(
        turn.conn, group.id, number, (opens, opens + timedelta(days=group.grace_days), closes), group.saving
    )
    asked = [m for m in groups.members(turn.conn, group.id) if m.leave_wished_at is None]
    rounds.add_lines(turn.conn, round_id, [m.id for m in asked], group.saving)
    for member in asked:
        use_advance(turn, group, member, number, group.saving, moment_of(opens))
    found = rounds.latest_round(turn.conn, group.id)
    if found is None:
        raise LookupError("a round that was just opened is not there")
    return found


def use_advance(
    turn: Turn, group: GroupRow, member: MemberRow, number: int, asked: Rial, there_at: datetime | None = None
) -> None:
    """Book what was paid in advance into the round, as far as it asks for it, and say so.

    It was there by `there_at`, else only now: that decides whether the round was paid on time.
    """
    used = min(passbooks.member_advance(turn.conn, member.id), asked)
    if used:
        booking = Booking("advance_used", turn.today, advance_used(member.id, number, used))
        entry_id = _book_use(turn, group, member, booking, there_at)
        turn.tell_member(
            member,
            "saving.advance_used",
            key=f"receipt:{entry_id}",
            group=group.name,
            amount=used,
            number=number,
            balance=passbooks.member_balance(turn.conn, member.id),
        )


def _book_use(
    turn: Turn, group: GroupRow, member: MemberRow, booking: Booking, there_at: datetime | None
) -> EntryId:
    """Book in the name of whoever entered and confirmed the advance."""
    entered_by, confirmed_by = advances.confirmed_by(turn.conn, member.id)
    command_id = books.record_command(
        turn.conn,
        "UseAdvance",
        group_id=group.id,
        actor=confirmed_by,
        parties=(member.person_id,),
        received_at=turn.now,
    )
    (booked,) = books.book(
        turn.conn,
        group.id,
        command_id,
        [booking],
        booked_at=turn.now,
        booked_on=turn.today,
        entered_by=entered_by,
        confirmed_by=confirmed_by,
        reported_at=there_at,
    )
    return booked.id
