"""Whatever was altered about opening balances is found."""

from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy import Connection, text

from domain.ledger import Booking
from domain.money import Rial
from domain.opening import opening_lines
from storage import openings
from storage.books import book
from storage.joining import point_to
from storage.openings import LineRow, OpeningRow
from storage.units import Database
from storage.verify import verify
from tests.storage.founding import START, TODAY, decide, found


def booked(conn: Connection) -> None:
    """Two members with a thousand each, three in the box: entered by one, signed by two, booked."""
    here = found(conn)
    facilitator, treasurer, other = here.facilitator, here.treasurer, here.persons[0]
    money = {"cash": Rial(3_000), "bank": Rial(0), "aid": Rial(0)}
    row = openings.add_opening(conn, group_id=here.group, as_of=TODAY, entered_by=treasurer, **money)
    for member, person in zip(here.members, here.persons, strict=True):
        of = {"opening_id": row.id, "membership_id": member, "entered_by": treasurer}
        openings.add_line(conn, savings=Rial(1_000), state="confirmed", said_by=person, **of)
    lines = opening_lines(openings.sheet_of(conn, row))
    (entry,) = book(
        conn,
        here.group,
        decide(conn, here),
        [Booking("opening", TODAY, lines)],
        booked_at=START,
        booked_on=TODAY,
        entered_by=treasurer,
        confirmed_by=facilitator,
    )
    signed = {"signed_by": other, "countersigned_by": facilitator}
    openings.change_opening(conn, row, state="booked", entry_id=entry.id, **signed)


def run(statement: str, conn: Connection) -> None:
    conn.execute(text(statement))


def flaws(conn: Connection) -> list[str]:
    return [str(flaw) for flaw in verify(conn)]


async def test_honest_balances_have_no_flaw(database: Database) -> None:
    await database.write(booked)
    assert await database.read(flaws) == []


async def test_one_person_with_two_records_counts_once_while_it_is_under_way(database: Database) -> None:
    def unit(conn: Connection) -> tuple[OpeningRow | None, LineRow | None]:
        here = found(conn, members=1)
        kept, merged = here.treasurer, here.facilitator
        money = {"cash": Rial(10), "bank": Rial(0), "aid": Rial(0)}
        of = {"group_id": here.group, "as_of": TODAY, "entered_by": here.persons[0]}
        row = openings.add_opening(conn, signed_by=merged, **of, **money)
        hands = {"entered_by": merged, "witness_id": merged}
        openings.add_line(conn, opening_id=row.id, membership_id=here.members[0], savings=Rial(10), **hands)
        point_to(conn, kept, merged)
        return openings.opening_of(conn, here.group), openings.unbooked_line(conn, here.members[0])

    row, line = await database.write(unit)
    assert row is not None
    assert line is not None
    assert (row.signed_by, line.entered_by, line.witness_id) == (2, 2, 2)


TAMPERINGS = [
    ("UPDATE opening SET cash = 4000", "are other than their entry"),
    ("UPDATE opening SET aid = 10", "are other than their entry"),
    ("UPDATE opening_line SET savings = 900 WHERE membership_id = 1", "are other than their entry"),
    ("UPDATE opening SET entry_id = NULL", "are booked and have no entry"),
    ("UPDATE opening SET entry_id = NULL", "no opening balances led to this entry"),
    ("UPDATE opening SET state = 'asked'", "are not booked and have an entry"),
    ("UPDATE opening SET signed_by = countersigned_by", "were not entered by one and signed by two"),
    ("UPDATE opening SET signed_by = entered_by", "were not entered by one and signed by two"),
    ("UPDATE opening_line SET state = 'waiting' WHERE membership_id = 1", "a line that nobody confirmed"),
    ("UPDATE opening_line SET said_by = NULL WHERE membership_id = 2", "a line that nobody confirmed"),
]


@pytest.mark.parametrize(("statement", "sentence"), TAMPERINGS)
async def test_what_was_tampered_with_is_found(database: Database, statement: str, sentence: str) -> None:
    await database.write(booked)
    await database.write(partial(run, statement))
    assert [flaw for flaw in await database.read(flaws) if sentence in flaw]
