"""Counts of the cash in the box, each with where the books stood."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, insert, or_, select

from domain.calendar import local_day
from domain.ids import GroupId
from domain.money import Rial
from storage.fixed import holds
from storage.prepared import Prepared
from storage.schema import cash_count, cash_move


class CountRow(NamedTuple):
    """A count that stands; the state is that of its difference, None where there is none."""

    counted: Rial
    by_books: Rial
    counted_at: datetime
    state: str | None

    @property
    def day(self) -> date:
        return local_day(self.counted_at)

    @property
    def short(self) -> Rial:
        return Rial(max(self.by_books.rials - self.counted.rials, 0))

    @property
    def over(self) -> Rial:
        return Rial(max(self.counted.rials - self.by_books.rials, 0))


_LATEST = Prepared(
    select(cash_count.c.counted, cash_count.c.by_books, cash_count.c.counted_at, cash_move.c.state)
    .outerjoin(cash_move, cash_count.c.move_id == cash_move.c.id)
    .where(
        cash_count.c.group_id == bindparam("group_id"),
        or_(cash_move.c.id.is_(None), holds(cash_move.c.state, "waiting", "confirmed")),
    )
    .order_by(cash_count.c.id.desc())
    .limit(1),
    CountRow,
)


def add_count(conn: Connection, **values: object) -> None:
    """Store what was counted."""
    conn.execute(insert(cash_count).values(**values))


def latest_count(conn: Connection, group_id: GroupId) -> CountRow | None:
    """Return the last count, unless its difference was declined or taken back."""
    return _LATEST.first(conn, group_id=group_id)
