"""Years of the books: what was booked in one, and its closing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, case, func, insert, or_, select, update

from domain.calendar import days_of_year
from domain.ids import CommandId, GroupId, MembershipId, PersonId, YearClosingId
from domain.ledger import Account, Kind
from domain.money import Rial
from storage.fixed import holds
from storage.prepared import Prepared
from storage.schema import entry, group, posting, year_closing
from storage.types import Money

CLOSED_INTO = ("income_closed", "costs_closed", "reserve_kept")  # kinds of entry that close a year
_RESULT = [account.value for account in Account if account.kind in (Kind.INCOME, Kind.EXPENSE)]
_CLOSED = func.max(case((holds(year_closing.c.state, "closed"), year_closing.c.year)))
_ASKED = func.max(case((holds(year_closing.c.state, "asked"), year_closing.c.id)))
_FIRST = select(entry.c.booked_on).where(entry.c.group_id == bindparam("group_id"), entry.c.sequence == 1)


class YearClosingRow(NamedTuple):
    """The closing of a year, from the treasurer's wish to the confirmation."""

    id: YearClosingId
    group_id: GroupId
    year: int
    reserve_per_cent: int
    retained: Rial
    asked_by: PersonId
    asked_at: datetime
    state: str
    decided_by: PersonId | None
    decided_at: datetime | None
    command_id: CommandId | None
    revision: int


class Years(NamedTuple):
    """How far a group's years are closed: by its first entry, the last year closed, and what is asked for."""

    first_booked_on: date | None
    last_closed: int | None
    asked: YearClosingId | None


_YEARS = Prepared(
    select(_FIRST.scalar_subquery(), _CLOSED, _ASKED).where(year_closing.c.group_id == bindparam("group_id")),
    Years,
)


def years_of(conn: Connection, group_id: GroupId) -> Years:
    """Return how far a group's years are closed."""
    return _YEARS.one(conn, group_id=group_id)


def sums_of_year(conn: Connection, group_id: GroupId, year: int) -> tuple[tuple[Account, Rial], ...]:
    """Return income and costs booked in a Jalali year by account, without what closed another year then."""
    booked = (
        select(posting.c.account, func.sum(posting.c.amount, type_=Money))
        .join(entry, posting.c.entry_id == entry.c.id)
        .where(entry.c.group_id == group_id, entry.c.booked_on.between(*days_of_year(year)))
        .where(posting.c.account.in_(_RESULT), entry.c.kind.not_in(CLOSED_INTO))
        .group_by(posting.c.account)
        .order_by(posting.c.account)
    )
    rows = ((Account(account), amount) for account, amount in conn.execute(booked))
    return tuple((account, account.natural(amount)) for account, amount in rows if amount)


def savings_moved(
    conn: Connection, group_id: GroupId
) -> Mapping[MembershipId, tuple[tuple[date, Rial], ...]]:
    """Return what each membership's savings grew by, and on which value date."""
    moved = (
        select(posting.c.holder, entry.c.value_on, posting.c.amount)
        .join(entry, posting.c.entry_id == entry.c.id)
        .where(entry.c.group_id == group_id, posting.c.account == Account.SAVINGS.value)
        .order_by(posting.c.holder)
    )
    return {
        MembershipId(holder): tuple((day, -amount) for _, day, amount in rows)
        for holder, rows in groupby(conn.execute(moved), lambda row: row.holder)
    }


def add_closing(conn: Connection, **values: object) -> YearClosingRow:
    """Store the wish to close a year."""
    made = insert(year_closing).values(**values).returning(*year_closing.c)
    return YearClosingRow(*conn.execute(made).one())


def closing_by_id(conn: Connection, closing_id: YearClosingId) -> YearClosingRow | None:
    """Return a closing, None where there is none of that id."""
    row = conn.execute(select(year_closing).where(year_closing.c.id == closing_id)).one_or_none()
    return None if row is None else YearClosingRow(*row)


def decide_closing(conn: Connection, found: YearClosingRow, **values: object) -> YearClosingRow:
    """Close or decline; every change makes older buttons old."""
    of_it = update(year_closing).where(year_closing.c.id == found.id)
    changed = of_it.values(revision=year_closing.c.revision + 1, **values).returning(*year_closing.c)
    return YearClosingRow(*conn.execute(changed).one())


def shut_books(conn: Connection, group_id: GroupId, day: date) -> None:
    """Let nothing be booked on this day or before it any more; what is shut already stays so."""
    open_then = or_(group.c.books_closed_on.is_(None), group.c.books_closed_on < day)
    conn.execute(update(group).where(group.c.id == group_id, open_then).values(books_closed_on=day))
