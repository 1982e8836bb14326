"""Loans to reckon with: 10,000,000 rials in 3 months from 15 Aban 1404 on, unless something else is said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from hypothesis import strategies as st

from domain.calendar import from_jalali
from domain.loan_schedule import Instalment
from domain.loan_terms import LoanTerms, Method, Period, Rate
from domain.money import Rial

ABAN_15 = from_jalali(1404, 8, 15)
TWELVE = Rate(Fraction(12), Period.YEAR)  # 1/100 a month
rates = st.builds(Rate, st.fractions(0, 100, max_denominator=1000) | st.integers(0, 30).map(Fraction))
first_days = st.dates(from_jalali(1300, 1, 1), from_jalali(1499, 12, 29))
principals = st.integers(1, 3000) | st.integers(1, 10**10) | st.integers(1, 10**17)


def terms(
    principal: int = 10_000_000,
    method: Method = Method.ZERO,
    rate: Rate = TWELVE,
    months: int = 3,
    first_due: date = ABAN_15,
    rounding: int = 1000,
) -> LoanTerms:
    return LoanTerms(Rial(principal), method, rate, months, first_due, Rial(rounding))


def monthly(per_cent: int) -> Rate:
    return Rate(Fraction(per_cent), Period.MONTH)


def parts(made: tuple[Instalment, ...]) -> list[tuple[int, int]]:
    return [(one.principal.rials, one.fee.rials) for one in made]


@st.composite
def any_terms(draw: st.DrawFn, methods: Sequence[Method] = tuple(Method)) -> LoanTerms:
    principal = draw(principals)
    months = draw(st.integers(1, min(principal, 48)))
    share = principal // months
    rounding = draw(st.just(1) | st.just(min(1000, share)) | st.integers(1, share))
    return terms(principal, draw(st.sampled_from(methods)), draw(rates), months, draw(first_days), rounding)


def of_a_month(rate: Rate) -> Fraction:
    """i/1200 for a yearly rate, i/100 for a monthly one."""
    return rate.per_cent / {Period.YEAR: 1200, Period.MONTH: 100}[rate.period]


def nearest(exact: Fraction) -> int:
    """The half upwards, by whole division."""
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
