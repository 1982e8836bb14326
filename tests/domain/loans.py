"""Loans to reckon with: 10,000,000 rials in 3 months from 15 Aban 1404 on, unless something else is said."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from domain.calendar import from_jalali
from domain.loan_schedule import Instalment
from domain.loan_terms import LoanTerms, Method, Period, Rate
from domain.money import Rial

ABAN_15 = from_jalali(1404, 8, 15)
TWELVE = Rate(Fraction(12), Period.YEAR)  # 1/100 a month


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
