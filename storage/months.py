"""Months of the books: what stood in them at their end, and their closing."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import BindParameter, Connection, bindparam, func, insert, select, update

from domain.closings import Balances
from domain.ids import GroupId, MonthClosingId, PersonId
from domain.ledger import GENESIS, Account
from domain.money import Rial
from storage.fixed import holds
from storage.prepared import Prepared
from storage.schema import closed_month, entry, group, month_closing, posting
from storage.types import Money


class MonthClosingRow(NamedTuple):
    """The closing of a month, from the treasurer's wish to the second person's word."""

    id: MonthClosingId
    group_id: GroupId
    last_day: date
    sequence: int  # of the last entry booked by then
    asked_by: PersonId
    asked_at: datetime
    state: str
    decided_by: PersonId | None
    decided_at: datetime | None
    revision: int


class ClosedMonth(NamedTuple):
    """A month as it was closed; balances as people expect their signs."""

    last_day: date
    sequence: int
    head: bytes
    balances: Balances
    asked_by: PersonId
    confirmed_by: PersonId


class Months(NamedTuple):
    """Since when a group has books, and through which day they are closed."""

    first_booked_on: date | None
    closed_on: date | None


def _closed(last_day: date, sequence: int, head: bytes, balances: str, *persons: PersonId) -> ClosedMonth:
    return ClosedMonth(last_day, sequence, head, read_balances(balances), *persons)


_OF_GROUP: BindParameter[int] = bindparam("group_id")
_FIRST = select(entry.c.booked_on).where(entry.c.group_id == _OF_GROUP, entry.c.sequence == 1)
_MONTHS = Prepared(
    select(_FIRST.scalar_subquery(), group.c.books_closed_on).where(group.c.id == _OF_GROUP),
    Months,
)
_BY_ID = Prepared(select(month_closing).where(month_closing.c.id == bindparam("id")), MonthClosingRow)
_ASKED_OF_GROUP = Prepared(
    select(month_closing).where(month_closing.c.group_id == _OF_GROUP, holds(month_closing.c.state, "asked")),
    MonthClosingRow,
)
_CLOSED = Prepared(
    select(closed_month.c.last_day, closed_month.c.sequence, closed_month.c.head, closed_month.c.balances)
    .add_columns(closed_month.c.asked_by, closed_month.c.confirmed_by)
    .where(closed_month.c.group_id == _OF_GROUP)
    .order_by(closed_month.c.last_day.desc())
    .limit(bindparam("most")),
    _closed,
)


def months_of(conn: Connection, group_id: GroupId) -> Months:
    """Return how far a group's books are closed."""
    return _MONTHS.one(conn, group_id=group_id)


def balances_on(conn: Connection, group_id: GroupId, last_day: date) -> Balances:
    """Return what was on each account at the end of a day, by the date of booking, nothing left out."""
    summed = (
        select(posting.c.account, func.sum(posting.c.amount, type_=Money))
        .join(entry, posting.c.entry_id == entry.c.id)
        .where(entry.c.group_id == group_id, entry.c.booked_on <= last_day)
        .group_by(posting.c.account)
        .order_by(posting.c.account)
    )
    rows = ((Account(account), amount) for account, amount in conn.execute(summed))
    return tuple((account, account.natural(amount)) for account, amount in rows if amount)


def head_on(conn: Connection, group_id: GroupId, last_day: date) -> tuple[int, bytes]:
    """Return number and hash of the last entry booked by then; nought and the hash of nothing before any."""
    last = (
        select(entry.c.sequence, entry.c.hash)
        .where(entry.c.group_id == group_id, entry.c.booked_on <= last_day)
        .order_by(entry.c.sequence.desc())
        .limit(1)
    )
    row = conn.execute(last).one_or_none()
    return (0, GENESIS) if row is None else (row[0], bytes(row[1]))


def add_month_closing(conn: Connection, **values: object) -> MonthClosingRow:
    """Store the wish to close a month."""
    made = insert(month_closing).values(**values).returning(*month_closing.c)
    return MonthClosingRow(*conn.execute(made).one())


def month_closing_by_id(conn: Connection, closing_id: MonthClosingId) -> MonthClosingRow | None:
    """Return a closing, None where there is none of that id."""
    return _BY_ID.first(conn, id=closing_id)


def month_asked(conn: Connection, group_id: GroupId) -> MonthClosingRow | None:
    """Return the closing that waits for a second person."""
    return _ASKED_OF_GROUP.first(conn, group_id=group_id)


def decide_month(conn: Connection, found: MonthClosingRow, **values: object) -> MonthClosingRow:
    """Store what was answered; older buttons become old."""
    of_it = update(month_closing).where(month_closing.c.id == found.id)
    changed = of_it.values(revision=found.revision + 1, **values).returning(*month_closing.c)
    return MonthClosingRow(*conn.execute(changed).one())


def freeze_month(conn: Connection, found: MonthClosingRow) -> None:
    """Enter a month that was confirmed, as it stands in the books, for good."""
    sequence, head = head_on(conn, found.group_id, found.last_day)
    kept = {"sequence": sequence, "head": head, "asked_by": found.asked_by, "confirmed_by": found.decided_by}
    balances = write_balances(balances_on(conn, found.group_id, found.last_day))
    of = {"group_id": found.group_id, "last_day": found.last_day, "closed_at": found.decided_at}
    conn.execute(insert(closed_month).values(balances=balances, **of, **kept))


def closed_months(conn: Connection, group_id: GroupId, most: int) -> tuple[ClosedMonth, ...]:
    """Return the months closed last, newest first."""
    return tuple(_CLOSED.all(conn, group_id=group_id, most=most))


def write_balances(balances: Balances) -> str:
    """Return balances as they are stored: a JSON list of [account, rials]."""
    return json.dumps([[account.value, amount.rials] for account, amount in balances], separators=(",", ":"))


def read_balances(stored: str) -> Balances:
    """Read `write_balances` back; ValueError for anything else."""
    return tuple((Account(account), Rial(rials)) for account, rials in json.loads(stored))
