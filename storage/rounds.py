"""Rounds of saving and each member's line in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, case, delete, exists, insert, literal, select, update

from domain.ids import GroupId, MembershipId, RoundId
from domain.money import Rial
from storage.prepared import Prepared, nothing
from storage.schema import group, round_line, saving_round
from storage.types import Flag


class RoundRow(NamedTuple):
    """One collection of the equal saving."""

    id: RoundId
    group_id: GroupId
    number: int
    opens_on: date
    due_on: date
    closes_on: date
    amount: Rial
    closed_at: datetime | None


class LineRow(NamedTuple):
    """What one member owes a round and has paid into it."""

    membership_id: MembershipId
    number: int
    due: Rial
    paid: Rial
    on_time: bool | None

    @property
    def left(self) -> Rial:
        return Rial(max(self.due.rials - self.paid.rials, 0))


_ROUNDS = (
    select(saving_round)
    .where(saving_round.c.group_id == bindparam("group_id"))
    .order_by(saving_round.c.number.desc())
)
_LATEST = Prepared(_ROUNDS.limit(bindparam("most")), RoundRow)
_NUMBERED = Prepared(_ROUNDS.where(saving_round.c.number == bindparam("number")), RoundRow)
_NOT_FULL = exists().where(round_line.c.round_id == saving_round.c.id, round_line.c.paid < round_line.c.due)
_PAID_INTO = Prepared(
    select(*saving_round.c, ~_NOT_FULL).where(
        saving_round.c.group_id == bindparam("group_id"), saving_round.c.number == bindparam("number")
    ),
    lambda *columns: (RoundRow(*columns[:-1]), bool(columns[-1])),
)
_COUNT_AS_ON_TIME = Prepared(
    update(round_line)
    .where(round_line.c.round_id == bindparam("round"), round_line.c.membership_id == bindparam("member"))
    .where(round_line.c.paid >= round_line.c.due, round_line.c.paid_at < bindparam("deadline"))
    .values(on_time=True),
    nothing,
)
_LINE = select(
    round_line.c.membership_id,
    saving_round.c.number,
    round_line.c.due,
    round_line.c.paid,
    round_line.c.on_time,
).join(saving_round, round_line.c.round_id == saving_round.c.id)
_UNPAID = Prepared(
    _LINE.where(
        round_line.c.membership_id == bindparam("membership_id"), round_line.c.paid < round_line.c.due
    ).order_by(saving_round.c.number),
    LineRow,
)
_OVERDUE = Prepared(
    _LINE.where(
        round_line.c.membership_id == bindparam("membership_id"),
        round_line.c.paid < round_line.c.due,
        saving_round.c.due_on < bindparam("today"),
    ).order_by(saving_round.c.number),
    LineRow,
)
_OF_ROUND = Prepared(
    _LINE.where(round_line.c.round_id == bindparam("round_id")).order_by(round_line.c.membership_id), LineRow
)


def latest_round(conn: Connection, group_id: GroupId) -> RoundRow | None:
    """Return the round that is open, or was last."""
    return _LATEST.first(conn, group_id=group_id, most=1)


def rounds_of(conn: Connection, group_id: GroupId, most: int) -> tuple[RoundRow, ...]:
    """Return the latest rounds, newest first."""
    return tuple(_LATEST.all(conn, group_id=group_id, most=most))


def round_numbered(conn: Connection, group_id: GroupId, number: int) -> RoundRow | None:
    """Return a group's round by its number."""
    return _NUMBERED.first(conn, group_id=group_id, number=number)


def round_paid_into(conn: Connection, group_id: GroupId, number: int) -> tuple[RoundRow, bool]:
    """Return a round that is known to exist, and whether everybody has paid it now."""
    return _PAID_INTO.one(conn, group_id=group_id, number=number)


def unpaid_lines(conn: Connection, membership_id: MembershipId) -> tuple[LineRow, ...]:
    """Return a member's unpaid lines of opened rounds, oldest first."""
    return tuple(_UNPAID.all(conn, membership_id=membership_id))


def overdue_lines(conn: Connection, membership_id: MembershipId, today: date) -> tuple[LineRow, ...]:
    """Return a member's unpaid lines of rounds whose day is past, oldest first."""
    return tuple(_OVERDUE.all(conn, membership_id=membership_id, today=today))


def lines_of(conn: Connection, round_id: RoundId) -> tuple[LineRow, ...]:
    """Return every member's line of a round."""
    return tuple(_OF_ROUND.all(conn, round_id=round_id))


def open_round(
    conn: Connection, group_id: GroupId, number: int, days: tuple[date, date, date], amount: Rial
) -> RoundId:
    """Open a round; the days are those of opening, of the due date and of closing."""
    values = {
        "group_id": group_id,
        "number": number,
        "opens_on": days[0],
        "due_on": days[1],
        "closes_on": days[2],
        "amount": amount,
    }
    return RoundId(
        conn.execute(insert(saving_round).values(values).returning(saving_round.c.id)).scalar_one()
    )


def add_lines(conn: Connection, round_id: RoundId, memberships: Sequence[MembershipId], due: Rial) -> None:
    """Ask these members for the round's amount."""
    if memberships:
        conn.execute(
            insert(round_line), [{"round_id": round_id, "membership_id": m, "due": due} for m in memberships]
        )


def release(conn: Connection, membership_id: MembershipId) -> None:
    """Ask a member who has left for nothing more: open lines into which nothing was paid are taken away."""
    still_open = exists().where(
        saving_round.c.id == round_line.c.round_id, saving_round.c.closed_at.is_(None)
    )
    conn.execute(
        delete(round_line).where(
            round_line.c.membership_id == membership_id,
            round_line.c.paid == Rial(0),
            round_line.c.paid < round_line.c.due,  # lets the index of unpaid lines be used
            still_open,
        )
    )


def close_round(conn: Connection, found: RoundRow, deadline: datetime, now: datetime) -> None:
    """Close a round: who reported before the deadline and is confirmed is frozen; the sum is not."""
    on_time = (round_line.c.paid >= round_line.c.due) & (round_line.c.paid_at < deadline)
    frozen = case((on_time, literal(True, Flag)), else_=literal(False, Flag))
    conn.execute(update(round_line).where(round_line.c.round_id == found.id).values(on_time=frozen))
    conn.execute(update(saving_round).where(saving_round.c.id == found.id).values(closed_at=now))


def count_as_on_time(
    conn: Connection, found: RoundRow, membership_id: MembershipId, deadline: datetime
) -> None:
    """What was reported in time and is confirmed after the round closed is on time after all."""
    _COUNT_AS_ON_TIME.run(conn, round=found.id, member=membership_id, deadline=deadline)


def groups_due(conn: Connection, today: date, most: int) -> tuple[GroupId, ...]:
    """Return groups whose next round should be open by today."""
    due = (
        select(group.c.id)
        .where(group.c.next_round_on <= today, group.c.closed_at.is_(None))
        .order_by(group.c.next_round_on, group.c.id)
        .limit(most)
    )
    return tuple(GroupId(row.id) for row in conn.execute(due))


def set_next_round(conn: Connection, group_id: GroupId, day: date) -> None:
    """Remember the day on which the next round opens."""
    conn.execute(update(group).where(group.c.id == group_id).values(next_round_on=day))
