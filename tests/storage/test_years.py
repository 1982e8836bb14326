"""A closed year, and what verify says of one that was changed behind the program's back."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Connection, update

from domain.calendar import from_jalali
from domain.ids import CommandId
from domain.ledger import Account, Booking, Kind, Line
from domain.money import Rial
from domain.posting import reserve_kept, year_closed
from domain.refusals import Refused
from storage import years
from storage.books import book
from storage.schema import group, year_closing
from storage.units import Database
from storage.verify import verify
from tests.storage.founding import START, TODAY, Founded, decide, found, save

LAST = from_jalali(1405, 12, 29)
FEE, COST = Rial(70_005), Rial(20_000)


def post(conn: Connection, here: Founded, on: date, command: CommandId, *bookings: Booking) -> None:
    """Book in one command, entered by the treasurer and confirmed by the facilitator."""
    book(
        conn,
        here.group,
        command,
        bookings,
        booked_at=START,
        booked_on=on,
        entered_by=here.treasurer,
        confirmed_by=here.facilitator,
    )


def earn(
    conn: Connection, here: Founded, on: date, amount: Rial = FEE, of: Account = Account.LOAN_INCOME
) -> None:
    debit = of.natural(amount)
    post(
        conn,
        here,
        on,
        decide(conn, here),
        Booking("tried", on, (Line(of, debit), Line(Account.BANK, -debit))),
    )


def a_closed_year(conn: Connection) -> Founded:
    """1405 brought a fee and a cost, and is closed."""
    here = found(conn)
    save(conn, here)
    earn(conn, here, LAST)
    earn(conn, here, LAST, COST, Account.RUNNING_COSTS)
    asked = years.add_closing(
        conn,
        group_id=here.group,
        year=1405,
        reserve_per_cent=10,
        retained=Rial(0),
        asked_by=here.treasurer,
        asked_at=START,
    )
    sums = years.sums_of_year(conn, here.group, 1405)
    lines = (year_closed(Kind.INCOME, sums), year_closed(Kind.EXPENSE, sums), reserve_kept(Rial(5_000)))
    command = decide(conn, here)
    kinds = zip(years.CLOSED_INTO, lines, strict=True)
    bookings = [Booking(kind, LAST, posted) for kind, posted in kinds]
    post(conn, here, from_jalali(1406, 1, 2), command, *bookings)
    years.decide_closing(conn, asked, state="closed", decided_by=here.facilitator, command_id=command)
    years.shut_books(conn, here.group, LAST)
    return here


async def flaws(database: Database) -> list[str]:
    return [flaw.sentence for flaw in await database.read(lambda conn: list(verify(conn)))]


async def test_a_year_that_was_closed_rightly_has_no_flaw(database: Database) -> None:
    here = await database.write(a_closed_year)
    assert await flaws(database) == []
    assert await database.read(lambda conn: years.years_of(conn, here.group)) == (TODAY, 1405, None)


@pytest.mark.parametrize(
    ("changed", "sentences"),
    [
        ({"reserve_per_cent": 20}, ["the closing of 1405 did not post what that year brought"]),
        ({"state": "asked"}, ["no closing of a year led to this entry"] * 3),
        ({"decided_by": 2}, ["person 2 asked and confirmed the closing of 1405"]),
    ],
)
async def test_a_closing_that_was_changed_is_found(
    database: Database, changed: dict[str, object], sentences: list[str]
) -> None:
    here = await database.write(a_closed_year)
    assert here.treasurer == 2
    await database.write(lambda conn: conn.execute(update(year_closing).values(**changed)).rowcount)
    assert await flaws(database) == sentences


async def test_nothing_is_booked_in_a_closed_year(database: Database) -> None:
    here = await database.write(a_closed_year)
    with pytest.raises(Refused, match="books_are_closed"):
        await database.write(lambda conn: earn(conn, here, LAST))
    await database.write(lambda conn: earn(conn, here, from_jalali(1406, 1, 1)))
    assert await flaws(database) == []


async def test_what_was_booked_later_in_a_closed_year_is_found(database: Database) -> None:
    here = await database.write(a_closed_year)
    await database.write(lambda conn: conn.execute(update(group).values(books_closed_on=None)).rowcount)
    assert await flaws(database) == ["1405 is closed, and its books are open"]
    await database.write(lambda conn: earn(conn, here, LAST))
    assert await flaws(database) == [
        "the closing of 1405 did not post what that year brought",
        "it was booked in 1405 after that was closed",
        "1405 is closed, and its books are open",
    ]


async def test_savings_are_read_by_value_date(database: Database) -> None:
    here = await database.write(a_closed_year)
    moved = await database.read(lambda conn: years.savings_moved(conn, here.group))
    assert moved == {here.members[0]: ((date(2026, 4, 4), Rial.from_toman(500_000)),)}
