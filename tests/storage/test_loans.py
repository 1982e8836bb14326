"""What lending reads from the books, and what verify says once a loan and its entry no longer agree."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest
from sqlalchemy import Connection

from domain import matters
from domain.bylaws import LoanPrice
from domain.calendar import local_day
from domain.ids import MembershipId
from domain.ledger import Account, Booking, Line
from domain.lending import Holdings, LoanAsked, first_due
from domain.loan_terms import Period, Rate
from domain.money import Rial
from domain.posting import Way, loan_paid_out, loan_written_off
from domain.repaying import LoanRescheduled
from storage import loan_changes, loans, repayments
from storage.books import book
from storage.loans import LoanRow
from storage.notes import add_note
from storage.units import Database
from tests.storage.founding import SALT, START, TODAY, Founded, decide, found, save, vote
from tests.storage.test_verify import flaws, tampered

RATE = Rate(Fraction(35, 2), Period.YEAR)
LENT = Rial.from_toman(300_000)


def asked(conn: Connection, here: Founded, member: int = 0, amount: Rial = LENT) -> LoanRow:
    """A loan one of the members asks for."""
    terms = {"method": "fixed-fee", "rate": RATE, "months": 3, "rounding": Rial(1_000), "bylaws": 0}
    who = {"group_id": here.group, "membership_id": here.members[member], "asked_by": here.persons[member]}
    note = add_note(conn, "two sheep", SALT)
    return loans.add_loan(
        conn, **who, **terms, note_id=note.id, principal=amount, state="asked", asked_at=START
    )


def lent(conn: Connection, here: Founded, member: int = 0, amount: Rial = LENT) -> LoanRow:
    """A loan that was paid out by the treasurer and received by the borrower."""
    row = asked(conn, here, member, amount)
    (booked,) = book(
        conn,
        here.group,
        decide(conn, here),
        [Booking("loan_paid_out", TODAY, loan_paid_out(Way.CASH, row.id, amount))],
        booked_at=START,
        booked_on=TODAY,
        entered_by=here.treasurer,
        confirmed_by=here.persons[member],
    )
    hands = {"paid_by": here.treasurer, "received_by": here.persons[member], "entry_id": booked.id}
    return loans.update_loan(conn, row, state="running", way="cash", first_due=first_due(TODAY), **hands)


def granted(conn: Connection, here: Founded, row: LoanRow) -> LoanRow:
    """The same, as the members voted for it."""
    about = LoanAsked(row.id, row.principal, LoanPrice(row.method, row.rate), row.months, row.rounding)
    closed = vote(conn, here, "yes yes", matter=matters.write(about))
    return loans.update_loan(conn, row, proposal_id=closed.id)


def a_group_that_lent(conn: Connection) -> None:
    """Entry 1 is a saving, entry 2 pays loan 1 out; loan 2 is asked for by another member."""
    here = found(conn)
    save(conn, here)
    granted(conn, here, lent(conn, here))
    asked(conn, here, 1)


async def test_a_loan_is_read_as_it_was_stored(database: Database) -> None:
    def unit(conn: Connection) -> None:
        here = found(conn)
        row = asked(conn, here)
        assert row == loans.loan_by_id(conn, row.id) == loans.locked_loan(conn, row.id)
        assert (row.rate, row.state, row.revision) == (RATE, "asked", 1)
        assert loans.loan_before_receipt(conn, row.membership_id) == row
        assert loans.undecided_of_group(conn, here.group) == (row,)
        assert loans.open_loans_of(conn, row.membership_id) == (row,)
        changed = loans.update_loan(conn, row, state="rejected", decided_at=START)
        assert changed == row._replace(state="rejected", decided_at=START, revision=2)
        assert loans.loan_before_receipt(conn, row.membership_id) is None
        assert loans.open_loans_of(conn, row.membership_id) == ()

    await database.write(unit)


async def test_one_loan_of_a_member_waits_at_a_time(database: Database) -> None:
    def unit(conn: Connection) -> None:
        here = found(conn)
        asked(conn, here)
        asked(conn, here, 1)
        asked(conn, here)

    with pytest.raises(Exception, match=r"(?i)unique"):
        await database.write(unit)


async def test_the_queue_stands_in_its_order(database: Database) -> None:
    def unit(conn: Connection) -> list[MembershipId]:
        here = found(conn, members=3)
        assert loans.places_of(conn, here.group) == (0, 0)
        for member, place in ((0, 2), (1, 3), (2, 1)):
            loans.update_loan(conn, asked(conn, here, member), state="approved", place=place)
        assert loans.places_of(conn, here.group) == (1, 3)
        return [row.membership_id for row in loans.queue_of_group(conn, here.group)]

    assert await database.write(unit) == [3, 1, 2]


async def test_what_is_due_is_found_once_its_moment_has_come(database: Database) -> None:
    def unit(conn: Connection) -> None:
        row = asked(conn, found(conn))
        loans.look_at(conn, row.id, START)
        assert loans.loans_due(conn, START - timedelta(seconds=1), 5) == ()
        assert loans.loans_due(conn, START, 5) == (row.id,)
        loans.look_at(conn, row.id, None)
        assert loans.loans_due(conn, START, 5) == ()
        assert loans.loan_by_id(conn, row.id) == row

    await database.write(unit)


def booked(conn: Connection, here: Founded, *lines: Line) -> None:
    """Whatever stands in the books, entered and confirmed."""
    book(
        conn,
        here.group,
        decide(conn, here),
        [Booking("opening", TODAY, lines)],
        booked_at=START,
        booked_on=TODAY,
        entered_by=here.persons[0],
        confirmed_by=here.treasurer,
    )


async def test_holdings_tell_the_fund_from_what_others_are_owed(database: Database) -> None:
    """Of bank loan 7 thirty are left over, of bank loan 8 more was lent on than is owed."""

    def unit(conn: Connection) -> Holdings:
        here = found(conn)
        one, other = here.members
        booked(
            conn,
            here,
            Line(Account.CASH, Rial(500)),
            Line(Account.BANK, Rial(700)),
            Line(Account.ON_LENT_BANK_MONEY, Rial(70), 7),
            Line(Account.ON_LENT_BANK_MONEY, Rial(60), 8),
            Line(Account.BANK_LOANS, Rial(-100), 7),
            Line(Account.BANK_LOANS, Rial(-50), 8),
            Line(Account.SAVINGS, Rial(-400), one),
            Line(Account.SAVINGS, Rial(-300), other),
            Line(Account.SURPLUS_PAYABLE, Rial(-10), one),
            Line(Account.PAYABLE_TO_LEAVERS, Rial(-20), other),
            Line(Account.PAID_IN_ADVANCE, Rial(-30), one, "saving"),
            Line(Account.CAPITAL_AID, Rial(-200), 3),
            Line(Account.REPAYABLE_AID, Rial(-100), 3),
            Line(Account.RESERVE, Rial(-50)),
            Line(Account.RETAINED_SURPLUS, Rial(-70)),
        )
        return loans.holdings_of(conn, here.group)

    assert await database.write(unit) == Holdings(
        cash=Rial(500), bank=Rial(700), bank_loans=Rial(30), owed=Rial(60), fund=Rial(1_020)
    )


async def test_what_a_member_owes_is_the_principal_of_her_running_loans(database: Database) -> None:
    def unit(conn: Connection) -> None:
        here = found(conn)
        save(conn, here)
        assert loans.owed_by_member(conn, here.members[0]) == Rial(0)
        first = lent(conn, here, amount=Rial.from_toman(100_000))
        lent(conn, here, amount=Rial.from_toman(50_000))
        assert loans.owed_by_member(conn, here.members[0]) == Rial.from_toman(150_000)
        assert loans.owed_by_member(conn, here.members[1]) == Rial(0)
        assert [row.id for row in loans.running_of_group(conn, here.group)] == [first.id, first.id + 1]
        assert first.entry_id is not None
        assert loans.loan_of_entry(conn, first.entry_id) == first

    await database.write(unit)


async def test_honest_loans_have_no_flaw(database: Database) -> None:
    await database.write(a_group_that_lent)
    assert await database.read(flaws) == []


TAMPERINGS = [
    ("UPDATE loan SET principal = 1 WHERE id = 1", "loan 1 is of another amount than its entry"),
    ("UPDATE loan SET entry_id = NULL WHERE id = 1", "loan 1 is running and has no entry"),
    ("UPDATE loan SET entry_id = NULL WHERE id = 1", "no loan 1 of this group led to it"),
    ("UPDATE loan SET state = 'approved' WHERE id = 1", "loan 1 is approved and has an entry"),
    ("UPDATE loan SET state = 'running' WHERE id = 2", "loan 2 is running and has no entry"),
    ("UPDATE loan SET first_due = NULL WHERE id = 1", "loan 1 is in the books and has no first due day"),
    ("UPDATE loan SET received_by = 1 WHERE id = 1", "was entered or confirmed by others than its entry"),
    ("UPDATE loan SET principal = 1 WHERE id = 1", "loan 1 is not what proposal 1 was about"),
    ("UPDATE loan SET principal = 1 WHERE id = 1", "loan 1 has terms no loan can have (principal: at least"),
    ("UPDATE loan SET months = 9 WHERE id = 1", "loan 1 is not what proposal 1 was about"),
    ("UPDATE loan SET rate = '12/year' WHERE id = 1", "loan 1 is not what proposal 1 was about"),
    ("UPDATE proposal SET state = 'rejected'", "loan 1 is running, the vote on it was rejected"),
    ("UPDATE posting SET holder = 9 WHERE entry_id = 2 AND line = 1", "no loan 9 of this group led to it"),
]


@pytest.mark.parametrize(("statement", "said"), TAMPERINGS)
async def test_a_loan_that_does_not_agree_with_the_books_is_named(
    database: Database, statement: str, said: str
) -> None:
    await database.write(a_group_that_lent)
    await database.write(tampered(statement))
    assert [flaw for flaw in await database.read(flaws) if said in flaw]


def a_group_that_lost(conn: Connection) -> None:
    """Loan 1 was received by entry 2 and written off by entry 3."""
    here = found(conn)
    save(conn, here)
    row = granted(conn, here, lent(conn, here))
    (booked,) = book(
        conn,
        here.group,
        decide(conn, here),
        [Booking("loan_written_off", TODAY, loan_written_off(row.id, LENT))],
        booked_at=START,
        booked_on=TODAY,
        entered_by=here.treasurer,
        confirmed_by=None,
    )
    lost = loans.update_loan(conn, row, state="written_off", loss_entry_id=booked.id)
    assert loans.lost_of_group(conn, here.group) == loans.open_loans_of(conn, row.membership_id) == (lost,)
    assert loans.owed_by_member(conn, row.membership_id) == Rial(0)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE loan SET state = 'running'", "loan 1 is running, by replay written_off"),
        ("UPDATE loan SET state = 'settled'", "loan 1 is settled, by replay written_off"),
        ("UPDATE loan SET loss_entry_id = NULL", "what is owed on loan 1 is not what replaying it leaves"),
        ("UPDATE loan SET loss_entry_id = 2", "loan 1 is not written off as replaying it says"),
    ],
)
async def test_a_loss_that_does_not_agree_with_the_books_is_named(
    database: Database, statement: str, said: str
) -> None:
    await database.write(a_group_that_lost)
    assert await database.read(flaws) == []
    await database.write(tampered(statement))
    assert [flaw for flaw in await database.read(flaws) if said in flaw]


def a_group_that_gave_time(conn: Connection) -> None:
    """Loan 1 is repaid in six instalments by the vote of proposal 2."""
    here = found(conn)
    save(conn, here)
    row = granted(conn, here, lent(conn, here))
    new = LoanRescheduled(row.id, LENT, 6, first_due(TODAY))
    closed = vote(conn, here, "yes yes", matter=matters.write(new))
    assert closed.closed_at is not None
    loan_changes.add_change(conn, row.id, closed.id, local_day(closed.closed_at))
    assert len(repayments.paid_on(conn, row).account.plan) == 6


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE proposal SET state = 'rejected' WHERE id = 2", "changed by proposal 2, the vote on it was"),
        ("UPDATE loan_change SET proposal_id = 1", "changed by proposal 1, it was about loan None"),
        ("UPDATE proposal SET matter = '{}' WHERE id = 2", "changed by proposal 2, it was about loan None"),
        ("UPDATE loan_change SET deposit_id = 1", "by proposal 2, behind a payment that is not on it"),
        ("UPDATE loan_change SET changed_on = '2020-01-01'", "by proposal 2, and not from its end on"),
    ],
)
async def test_a_change_that_no_vote_decided_is_named(database: Database, statement: str, said: str) -> None:
    await database.write(a_group_that_gave_time)
    assert await database.read(flaws) == []
    await database.write(tampered(statement))
    assert [flaw for flaw in await database.read(flaws) if said in flaw]
