"""A closed month is never changed, and is recounted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from domain.ids import GroupId
from storage.months import add_month_closing, decide_month, freeze_month, head_on
from storage.units import Database
from storage.verify import verify
from storage.years import shut_books
from tests.storage.founding import START, TODAY, found, save
from tests.storage.test_verify import tampered


def a_group_that_closed(conn: Connection) -> None:
    """A saving, and its day closed."""
    here = found(conn)
    save(conn, here)
    sequence, _ = head_on(conn, here.group, TODAY)
    asked = {"group_id": here.group, "last_day": TODAY, "sequence": sequence, "asked_by": here.treasurer}
    made = add_month_closing(conn, asked_at=START, **asked)
    freeze_month(
        conn, decide_month(conn, made, state="closed", decided_by=here.facilitator, decided_at=START)
    )
    shut_books(conn, here.group, TODAY)


def flaws(conn: Connection) -> list[str]:
    return [str(flaw) for flaw in verify(conn)]


async def test_an_honest_closing_has_no_flaw(database: Database) -> None:
    await database.write(a_group_that_closed)
    assert await database.read(flaws) == []


@pytest.mark.parametrize("change", ["UPDATE closed_month SET balances = '[]'", "DELETE FROM closed_month"])
async def test_a_closed_month_is_frozen(database: Database, change: str) -> None:
    await database.write(a_group_that_closed)
    with pytest.raises(DBAPIError, match="the books only grow: closed_month"):
        await database.write(lambda conn: conn.execute(text(change)))


async def test_what_is_shut_is_not_opened_by_closing_an_earlier_day(database: Database) -> None:
    def unit(conn: Connection) -> None:
        a_group_that_closed(conn)
        shut_books(conn, GroupId(1), TODAY - timedelta(days=1))

    await database.write(unit)
    assert await database.read(flaws) == []


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE closed_month SET balances = '[[101,1],[201,1]]'", "has other balances than the books"),
        ("UPDATE closed_month SET balances = 'x'", "has other balances than the books"),
        ("UPDATE closed_month SET sequence = 0", "ends with another entry than the books"),
        ("UPDATE closed_month SET last_day = '2026-04-03'", "ends with another entry than the books"),
        ("UPDATE entry SET booked_on = '2026-04-05'", "has other balances than the books"),
        ("UPDATE groups SET books_closed_on = NULL", "is not shut in the books"),
        ("UPDATE closed_month SET confirmed_by = asked_by", "was asked for and confirmed by person 2"),
        ("UPDATE month_closing SET decided_by = 3", "was not agreed to by who is said to have closed it"),
        ("UPDATE month_closing SET state = 'declined'", "was not agreed to by who is said to have closed it"),
        (
            "DELETE FROM closed_month",
            "group 1: the month that ended on 2026-04-04 was closed and is not kept",
        ),
    ],
)
async def test_what_was_tampered_with_is_found(database: Database, statement: str, sentence: str) -> None:
    await database.write(a_group_that_closed)
    await database.write(tampered(statement))
    assert [flaw for flaw in await database.read(flaws) if sentence in flaw]
