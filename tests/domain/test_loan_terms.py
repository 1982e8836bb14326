from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from domain.calendar import from_jalali
from domain.loan_schedule import schedule
from domain.loan_terms import ImpossibleTerms, LoanTerms, Period, Rate
from tests.domain.loans import monthly, parts, terms


def test_two_per_cent_a_month_is_twenty_four_a_year() -> None:
    assert monthly(2).monthly == Rate(Fraction(24), Period.YEAR).monthly == Fraction(1, 50)
    assert Rate(Fraction("17.5"), Period.YEAR).monthly == Fraction(175, 12_000)


@pytest.mark.parametrize("written", ["12/year", "2/month", "35/2/year", "0/month"])
def test_a_rate_is_written_without_loss(written: str) -> None:
    assert Rate.read(written).written == written


IMPOSSIBLE: list[tuple[Callable[[], LoanTerms], str]] = [
    (lambda: terms(0), "principal: at least 1 rial"),
    (lambda: terms(-5), "principal: at least 1 rial"),
    (lambda: terms(rate=monthly(-1)), "rate: not below 0"),
    (lambda: terms(months=0), "months: between 1 and 360"),
    (lambda: terms(months=361), "months: between 1 and 360"),
    (lambda: terms(first_due=from_jalali(1500, 1, 1)), "first-due: in the Jalali years 1300 to 1499"),
    (lambda: terms(first_due=from_jalali(1299, 12, 29)), "first-due: in the Jalali years 1300 to 1499"),
    (lambda: terms(2), "principal: at least one rial for each of 3 months"),
    (lambda: terms(2999), "rounding: between 1 and 999 rials, an equal share of the principal"),
    (lambda: terms(rounding=0), "rounding: between 1 and 3333333 rials, an equal share of the principal"),
]


@pytest.mark.parametrize(("made", "said"), IMPOSSIBLE)
def test_terms_no_loan_can_have_say_what_would_do(made: Callable[[], LoanTerms], said: str) -> None:
    with pytest.raises(ImpossibleTerms) as refused:
        made()
    assert str(refused.value) == said


def test_terms_at_the_edge_are_possible() -> None:
    assert parts(schedule(terms(3000))) == [(1000, 0)] * 3
    assert len(schedule(terms(360, months=360, rounding=1))) == 360
    for first in (from_jalali(1300, 1, 1), from_jalali(1499, 12, 29)):
        assert schedule(terms(first_due=first))[0].due == first
