"""What a proposal carries is read back only as what is expected of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from domain import matters
from domain.agreements import reminds_at
from domain.bylaws import Bylaws, LoanPrice, LoanRules, SavingsAgreement, amended
from domain.calendar import Rhythm, local_day
from domain.ids import LoanId
from domain.loan_terms import Method, Period, Rate
from domain.money import Rial
from domain.repaying import LoanLost

LOST = LoanLost(LoanId(3), Rial(7_000))
AGREED = SavingsAgreement(Rial(5_000_000), Rhythm.MONTHLY)
FREE = LoanPrice(Method.ZERO, Rate(Fraction(0), Period.YEAR))
TERMS = LoanRules(FREE, 2, 40, 6)


def test_a_matter_is_read_as_what_it_is() -> None:
    assert matters.carried(matters.write(LOST), LoanLost) == LOST
    for rules in (AGREED, TERMS, Bylaws(reserve_per_cent=20)):
        assert matters.rules_of(matters.write(rules)) == rules


@pytest.mark.parametrize("stored", [None, matters.write(AGREED)])
def test_a_matter_of_another_kind_is_none(stored: str | None) -> None:
    with pytest.raises(TypeError):
        matters.carried(stored, LoanLost)


def test_what_is_no_rule_is_not_adopted() -> None:
    with pytest.raises(TypeError):
        matters.rules_of(matters.write(LOST))


def test_bylaws_are_adopted_whole_and_terms_of_loans_among_what_holds() -> None:
    held, other = Bylaws(reserve_per_cent=20), Bylaws(board_months=6)
    assert amended(held, other) == other
    after = amended(held, TERMS)
    assert (after.reserve_per_cent, after.loan_fund_per_cent) == (20, 40)
    assert after.loan_price is not None
    assert after.loan_price.method is Method.ZERO


def test_who_has_not_accepted_is_reminded_on_the_third_morning() -> None:
    reminded = reminds_at(datetime(2026, 4, 4, 20, 0, tzinfo=UTC))  # 23:30 in Tehran
    assert local_day(reminded) == date(2026, 4, 7)
    assert reminded == datetime(2026, 4, 7, 5, 30, tzinfo=UTC)
