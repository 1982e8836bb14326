"""Compares closed years with the entries booked in them and the entries that closed them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, or_, select

from domain.calendar import days_of_year
from domain.ids import GroupId
from domain.ledger import Account
from domain.money import Rial
from domain.surplus import Year
from storage.flaws import Flaw
from storage.schema import entry, group, posting, year_closing
from storage.types import Money
from storage.years import CLOSED_INTO, YearClosingRow, sums_of_year

_CLOSED = select(year_closing).where(year_closing.c.state == "closed").order_by(year_closing.c.id)


def check_years(conn: Connection) -> Iterator[Flaw]:
    """Every comparison of closed years with the books."""
    for row in conn.execute(_CLOSED).all():
        found = YearClosingRow(*row)
        yield from _moved(conn, found)
        yield from _late(conn, found)
    yield from _unasked(conn)


def _moved(conn: Connection, found: YearClosingRow) -> Iterator[Flaw]:
    """What a closing posted is what its year brought, and the reserve of it."""
    sums = sums_of_year(conn, found.group_id, found.year)
    year = Year(found.year, sums, found.reserve_per_cent, Rial(0))
    expected = {account: -account.natural(amount) for account, amount in sums}
    expected |= {Account.RETAINED_SURPLUS: -year.kept, Account.RESERVE: -year.reserve}
    posted = (
        select(posting.c.account, func.sum(posting.c.amount, type_=Money))
        .join(entry, posting.c.entry_id == entry.c.id)
        .where(entry.c.command_id == found.command_id)
        .group_by(posting.c.account)
    )
    moved = {Account(account): amount for account, amount in conn.execute(posted) if amount}
    if moved != {account: amount for account, amount in expected.items() if amount}:
        yield Flaw(f"the closing of {found.year} did not post what that year brought", found.group_id)
    if found.asked_by == found.decided_by:
        yield Flaw(f"person {found.asked_by} asked and confirmed the closing of {found.year}", found.group_id)


def _late(conn: Connection, found: YearClosingRow) -> Iterator[Flaw]:
    """Nothing was booked in a year after it was closed."""
    _, last = days_of_year(found.year)
    late = select(entry.c.sequence, entry.c.id).where(
        entry.c.group_id == found.group_id, entry.c.booked_on <= last, entry.c.command_id > found.command_id
    )
    for sequence, entry_id in conn.execute(late):
        yield Flaw(f"it was booked in {found.year} after that was closed", found.group_id, sequence, entry_id)
    shut = conn.execute(select(group.c.books_closed_on).where(group.c.id == found.group_id)).scalar_one()
    if shut is None or shut < last:
        yield Flaw(f"{found.year} is closed, and its books are open", found.group_id)


def _unasked(conn: Connection) -> Iterator[Flaw]:
    """Only a closing empties income and costs."""
    rows = (
        select(entry.c.group_id, entry.c.sequence, entry.c.id)
        .outerjoin_from(entry, year_closing, year_closing.c.command_id == entry.c.command_id)
        .where(
            entry.c.kind.in_(CLOSED_INTO), or_(year_closing.c.id.is_(None), year_closing.c.state != "closed")
        )
    )
    for group_id, sequence, entry_id in conn.execute(rows):
        yield Flaw("no closing of a year led to this entry", GroupId(group_id), sequence, entry_id)
