"""Short ways to the end of a year: a group that earned and spent, and the closing of its books."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from sqlalchemy import Connection

from domain.calendar import days_of_year, local_day
from domain.ledger import Account, Booking, Line
from domain.money import Rial
from domain.offices import Office
from domain.posting import surplus_shared
from storage import books, passbooks
from tests.phone import Phone
from tests.stage import BOARD, Group, Stage

EARNED = (Account.LOAN_INCOME, Rial(9_000_005))
SPENT = (Account.RUNNING_COSTS, Rial(1_000_000))
ALL = (*BOARD, Office.SECRETARY)


async def booked(stage: Stage, group: Group, *sums: tuple[Account, Rial]) -> None:
    """Income and costs in cash, as loans and meetings bring them."""
    debits = [(account, account.natural(amount)) for account, amount in sums]
    entries = [(Line(account, debit), Line(Account.CASH, -debit)) for account, debit in debits]
    await stage.write(partial(_book, stage=stage, group=group, entries=entries))


async def owed(stage: Stage, group: Group, member: Phone, share: Rial) -> None:
    """Let the group owe a member a share of what was retained."""
    entries = [surplus_shared({member.membership: share})]
    await stage.write(partial(_book, stage=stage, group=group, entries=entries))


def _book(conn: Connection, stage: Stage, group: Group, entries: Sequence[tuple[Line, ...]]) -> None:
    command = books.record_command(
        conn, "Try", group_id=group.id, actor=None, parties=(), received_at=stage.now
    )
    day = local_day(stage.now)
    books.book(
        conn,
        group.id,
        command,
        [Booking("tried", day, lines) for lines in entries],
        booked_at=stage.now,
        booked_on=day,
        entered_by=None,
        confirmed_by=None,
    )


async def a_year(stage: Stage, *, offices: tuple[Office, ...] = ALL, members: int = 2) -> Group:
    """A group with income and costs in 1405, on one of the first days of 1406."""
    group = await stage.group(offices=offices, members=members)
    await booked(stage, group, EARNED, SPENT)
    await year_over(stage, 1405)
    return group


async def year_over(stage: Stage, year: int) -> None:
    """Go to the third day after a year."""
    _, last = days_of_year(year)
    await stage.pass_time(last - local_day(stage.now) + timedelta(days=3))


async def asked(group: Group) -> list[str]:
    """The treasurer begins from everything that waits, looks at the sum and sends it."""
    await group.treasurer.press("menu_waiting")
    await group.treasurer.tap("begin")
    return await group.treasurer.tap("confirm")


async def closed(group: Group) -> None:
    """The treasurer asks and the chair agrees."""
    await asked(group)
    await group.chair.tap("agree")


async def balances(stage: Stage, group: Group, *accounts: Account) -> list[int]:
    """The group's balances in rials."""
    return await stage.read(
        lambda conn: [passbooks.balance_of(conn, group.id, account).rials for account in accounts]
    )
