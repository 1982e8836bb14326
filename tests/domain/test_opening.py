"""Opening balances: what is posted, who signs, when officers may witness."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import GiverId, LoanId, MembershipId, PersonId
from domain.ledger import Account, Line, NotAnEntry
from domain.money import Rial
from domain.offices import Offices
from domain.opening import Sheet, enters_opening, may_sign, opening_lines, two_officers, witnessed_from

FACILITATOR, CHAIR, SECRETARY, TREASURER, MEMBER = map(PersonId, range(1, 6))
FULL = Offices(FACILITATOR, CHAIR, SECRETARY, TREASURER)
MARYAM, ZAHRA = MembershipId(7), MembershipId(9)
SUMS = st.integers(0, 10**12).map(Rial)


def test_what_there_is_stands_against_whose_it_is() -> None:
    sheet = Sheet(Rial(300), Rial(1_200), Rial(200), GiverId(4), ((MARYAM, Rial(700)), (ZAHRA, Rial(500))))
    assert opening_lines(sheet) == (
        Line(Account.CASH, Rial(300)),
        Line(Account.BANK, Rial(1_200)),
        Line(Account.SAVINGS, Rial(-700), MARYAM),
        Line(Account.SAVINGS, Rial(-500), ZAHRA),
        Line(Account.CAPITAL_AID, Rial(-200), GiverId(4)),
        Line(Account.RETAINED_SURPLUS, Rial(-100)),
    )


def test_nothing_is_no_line() -> None:
    sheet = Sheet(Rial(500), Rial(0), Rial(0), None, ((MARYAM, Rial(500)), (ZAHRA, Rial(0))))
    assert opening_lines(sheet) == (
        Line(Account.CASH, Rial(500)),
        Line(Account.SAVINGS, Rial(-500), MARYAM),
    )


def test_what_is_left_of_loans_is_the_groups_as_well() -> None:
    loans = ((LoanId(1), Rial(400)), (LoanId(2), Rial(250)))
    sheet = Sheet(Rial(300), Rial(0), Rial(0), None, ((MARYAM, Rial(700)), (ZAHRA, Rial(200))), loans)
    assert (sheet.lent, sheet.rest) == (Rial(650), Rial(50))
    assert opening_lines(sheet) == (
        Line(Account.CASH, Rial(300)),
        Line(Account.INTERNAL_LOANS, Rial(400), LoanId(1)),
        Line(Account.INTERNAL_LOANS, Rial(250), LoanId(2)),
        Line(Account.SAVINGS, Rial(-700), MARYAM),
        Line(Account.SAVINGS, Rial(-200), ZAHRA),
        Line(Account.RETAINED_SURPLUS, Rial(-50)),
    )


def test_more_owed_than_there_is_cannot_be_posted() -> None:
    with pytest.raises(ValueError, match="more is owed"):
        opening_lines(Sheet(Rial(499), Rial(0), Rial(0), None, ((MARYAM, Rial(500)),)))


def test_aid_that_nobody_gave_cannot_be_posted() -> None:
    with pytest.raises(NotAnEntry, match="holder 0"):
        opening_lines(Sheet(Rial(500), Rial(0), Rial(200), None, ((MARYAM, Rial(300)),)))


@given(cash=SUMS, bank=SUMS, aid=SUMS, savings=st.lists(SUMS, max_size=25), left=st.lists(SUMS, max_size=9))
def test_every_sheet_that_is_covered_balances(
    cash: Rial, bank: Rial, aid: Rial, savings: list[Rial], left: list[Rial]
) -> None:
    of = tuple((MembershipId(number), amount) for number, amount in enumerate(savings, start=1))
    loans = tuple((LoanId(number), amount) for number, amount in enumerate(left, start=1))
    sheet = Sheet(cash, bank, aid, GiverId(1), of, loans)
    if sheet.rest < Rial(0):
        return
    lines = opening_lines(sheet)
    assert sum(line.amount.rials for line in lines) == 0
    assert sheet.cash + sheet.bank + sheet.lent == sheet.saved + sheet.aid + sheet.rest
    assert all(line.amount.rials > 0 for line in lines if line.account in (Account.CASH, Account.BANK))


def test_the_treasurer_enters_and_until_there_is_one_the_facilitator() -> None:
    assert enters_opening(FULL) == TREASURER
    assert enters_opening(Offices(FACILITATOR, CHAIR)) == FACILITATOR


OFFICERS = [
    (FULL, {TREASURER}, (CHAIR, SECRETARY)),
    (FULL, {FACILITATOR}, (CHAIR, SECRETARY, TREASURER)),
    (Offices(FACILITATOR, CHAIR, None, TREASURER), {TREASURER}, (CHAIR, FACILITATOR)),
    (Offices(FACILITATOR, CHAIR), {FACILITATOR}, (CHAIR,)),
    (FULL, {TREASURER, SECRETARY, FACILITATOR}, (CHAIR,)),
]


@pytest.mark.parametrize(("offices", "parties", "two"), OFFICERS)
def test_who_witnesses_and_signs(offices: Offices, parties: set[PersonId], two: tuple[PersonId, ...]) -> None:
    assert two_officers(offices, frozenset(parties)) == two


SIGNERS = (CHAIR, SECRETARY, FACILITATOR)
NEXT = [
    (CHAIR, CHAIR, None, True),
    (SECRETARY, CHAIR, None, True),
    (MEMBER, CHAIR, None, False),
    (CHAIR, CHAIR, CHAIR, False),
    (SECRETARY, CHAIR, CHAIR, True),
    (FACILITATOR, CHAIR, SECRETARY, False),
    (CHAIR, CHAIR, SECRETARY, True),
    (FACILITATOR, TREASURER, SECRETARY, True),
    (FACILITATOR, None, SECRETARY, True),
]


@pytest.mark.parametrize(("person", "chair", "signed", "may"), NEXT)
def test_each_signs_once_and_the_chair_is_one_of_the_two(
    person: PersonId, chair: PersonId | None, signed: PersonId | None, may: bool
) -> None:
    assert may_sign(person, SIGNERS, chair, signed) is may


def test_she_has_seven_whole_days() -> None:
    asked = datetime(2026, 4, 4, 8, tzinfo=UTC)
    assert witnessed_from(asked) == datetime(2026, 4, 11, 20, 30, tzinfo=UTC)
