"""Whatever was altered about opening balances, and the loans among them, is found."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

import pytest
from sqlalchemy import Connection, text

from domain.correcting import MemberLine, write
from domain.ids import EntryId, GroupId, PersonId
from domain.ledger import Booking
from domain.loan_terms import LoanTerms, Method, Period, Rate
from domain.money import Rial
from domain.opening import opening_lines
from storage import corrections, old_loans, openings
from storage.books import book, entry_of, record_command
from storage.entries import Booked
from storage.joining import point_to
from storage.notes import add_note
from storage.openings import LineRow, OpeningRow
from storage.units import Database
from storage.verify import verify
from tests.storage.founding import SALT, START, TODAY, decide, found

OWED = LoanTerms(Rial(600), Method.FLAT, Rate(Fraction(1, 3), Period.MONTH), 3, TODAY, Rial(1))


def booked(conn: Connection) -> None:
    """Two members with a thousand each, three in the box, six hundred lent: signed by two, booked."""
    here = found(conn)
    facilitator, treasurer, other = here.facilitator, here.treasurer, here.persons[0]
    money = {"cash": Rial(3_000), "bank": Rial(0), "aid": Rial(0)}
    row = openings.add_opening(conn, group_id=here.group, as_of=TODAY, entered_by=treasurer, **money)
    for member, person in zip(here.members, here.persons, strict=True):
        of = {"opening_id": row.id, "membership_id": member, "entered_by": treasurer}
        openings.add_line(conn, savings=Rial(1_000), state="confirmed", said_by=person, **of)
    entered = {"group_id": here.group, "asked_at": START, "asked_by": treasurer}
    old_loans.enter_old_loans(conn, here.members[0], [OWED], **entered)
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
    old_loans.run_old_loans(conn, here.group, entry.id)


def put_right(conn: Connection) -> None:
    """The first member had saved nine hundred: the entry is reversed and booked anew."""
    booked(conn)
    row = openings.opening_of(conn, GroupId(1))
    assert row is not None
    line = openings.lines_of(conn, row.id)[0]
    openings.change_line(conn, line, savings=Rial(900))
    made = _booked_anew(conn, row)
    old_loans.follow(conn, EntryId(1), made.id)
    openings.change_opening(conn, row, entry_id=made.id)
    asked = {"asked_by": PersonId(2), "asked_at": START, "note_id": add_note(conn, "why", SALT).id}
    end = {"state": "booked", "signed_by": PersonId(1), "decided_by": PersonId(3), "entry_id": made.id}
    was, right = (write(MemberLine(Rial(amount), (OWED,))) for amount in (1_000, 900))
    of = {"opening_id": row.id, "membership_id": line.membership_id}
    corrections.add_correction(conn, was=was, wanted=right, **of, **asked, **end)


def _booked_anew(conn: Connection, row: OpeningRow) -> Booked:
    again = Booking("opening", TODAY, opening_lines(openings.sheet_of(conn, row)))
    command = record_command(conn, "Agree", group_id=GroupId(1), actor=None, parties=(), received_at=START)
    _, made = book(
        conn,
        GroupId(1),
        command,
        [entry_of(conn, EntryId(1)).opposite(None), again],
        booked_at=START,
        booked_on=TODAY,
        entered_by=PersonId(2),
        confirmed_by=PersonId(3),
    )
    return made


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


async def test_old_loans_are_read_as_they_were_entered_and_replaced_before_they_run(
    database: Database,
) -> None:
    def unit(conn: Connection) -> None:
        here = found(conn)
        entered = {"group_id": here.group, "asked_at": START, "asked_by": here.treasurer}
        for loans in ([OWED, OWED], [OWED]):
            old_loans.enter_old_loans(conn, here.members[0], loans, **entered)
        (row,) = old_loans.old_loans_of(conn, here.members[0])
        assert (row.fixed, row.state, row.from_paper, row.note_id) == (OWED, "brought", True, None)
        assert old_loans.old_loans_in(conn, here.group) == (row,)
        assert old_loans.old_loans_of(conn, here.members[1]) == ()

    await database.write(unit)


async def test_what_runs_is_not_replaced(database: Database) -> None:
    def unit(conn: Connection) -> list[str]:
        booked(conn)
        (row,) = old_loans.old_loans_in(conn, GroupId(1))
        old_loans.enter_old_loans(conn, row.membership_id, ())
        return [one.state for one in old_loans.old_loans_of(conn, row.membership_id)]

    assert await database.write(unit) == ["running"]


TAMPERINGS = [
    ("UPDATE opening SET cash = 4000", "are other than their entry"),
    ("UPDATE opening SET aid = 10", "are other than their entry"),
    ("UPDATE opening_line SET savings = 900 WHERE membership_id = 1", "are other than their entry"),
    ("UPDATE opening SET entry_id = NULL", "are booked and have no entry"),
    ("UPDATE opening SET entry_id = NULL", "no opening balances led to this entry"),
    ("UPDATE opening SET state = 'asked'", "are not booked and have an entry"),
    ("UPDATE opening SET signed_by = countersigned_by", "were not entered by one and signed by two"),
    ("UPDATE opening SET signed_by = entered_by", "were not entered by one and signed by two"),
    ("UPDATE loan SET principal = 500", "are other than their entry"),
    ("UPDATE loan SET principal = 500", "loan 1 is of another amount than its entry"),
    ("UPDATE loan SET principal = 500", "what is owed on loan 1 is not what replaying it leaves"),
    ("UPDATE loan SET state = 'brought'", "loan 1 is brought and has an entry"),
    ("UPDATE loan SET state = 'brought', entry_id = NULL", "no loan 1 of this group led to it"),
    ("UPDATE loan SET state = 'settled'", "loan 1 is settled, by replay running"),
    ("UPDATE loan SET entry_id = NULL", "loan 1 is running and has no entry"),
    ("UPDATE loan SET paid_by = 2", "loan 1 was entered or confirmed by others than its entry"),
    ("UPDATE loan SET first_due = NULL", "loan 1 is in the books and has no first due day"),
    ("UPDATE opening_line SET state = 'waiting' WHERE membership_id = 1", "a line that nobody confirmed"),
    ("UPDATE opening_line SET said_by = NULL WHERE membership_id = 2", "a line that nobody confirmed"),
]


@pytest.mark.parametrize(("statement", "sentence"), TAMPERINGS)
async def test_what_was_tampered_with_is_found(database: Database, statement: str, sentence: str) -> None:
    await database.write(booked)
    await database.write(partial(run, statement))
    assert [flaw for flaw in await database.read(flaws) if sentence in flaw]


async def test_what_was_honestly_put_right_has_no_flaw(database: Database) -> None:
    await database.write(put_right)
    assert await database.read(flaws) == []


CORRECTION_TAMPERINGS = [
    ("UPDATE opening_correction SET entry_id = NULL", "is booked and has no entry"),
    ("UPDATE opening_correction SET entry_id = NULL", "it reverses opening balances that nobody put right"),
    ("DELETE FROM opening_correction", "it reverses opening balances that nobody put right"),
    ("UPDATE opening_correction SET state = 'declined'", "is not booked and has an entry"),
    ("UPDATE opening_correction SET signed_by = decided_by", "was not asked for by one and signed by two"),
    ("UPDATE opening_correction SET wanted = was", "is other than its entry"),
    ("UPDATE opening SET entry_id = 1", "no opening balances led to this entry"),
]


@pytest.mark.parametrize(("statement", "sentence"), CORRECTION_TAMPERINGS)
async def test_what_was_tampered_with_of_a_correction_is_found(
    database: Database, statement: str, sentence: str
) -> None:
    await database.write(put_right)
    await database.write(partial(run, statement))
    assert [flaw for flaw in await database.read(flaws) if sentence in flaw]
