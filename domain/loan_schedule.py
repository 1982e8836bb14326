"""The instalments of a loan, as `LoanTerms` fix them: what is due on which day, and how much of it is fee."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import assert_never

from domain.calendar import add_months, jalali
from domain.loan_terms import LoanTerms, Method
from domain.money import Rial

_HALF = Fraction(1, 2)
_Parts = list[tuple[int, int]]  # principal and fee of each instalment, in rials


@dataclass(frozen=True, slots=True)
class Instalment:
    """One due payment, and the principal that is still owed after it."""

    number: int  # from 1
    due: date
    principal: Rial
    fee: Rial
    outstanding: Rial

    @property
    def total(self) -> Rial:
        return self.principal + self.fee


def schedule(terms: LoanTerms) -> tuple[Instalment, ...]:
    """All instalments, the last of which leaves nothing owed; AmountTooLarge beyond what the books hold."""
    level = terms.method is Method.BALANCE_LEVEL and terms.rate.monthly
    left, made = terms.principal, []
    _, _, day = jalali(terms.first_due)
    for number, (principal, fee) in enumerate(_level(terms) if level else _equal(terms), start=1):
        left -= Rial(principal)
        due = add_months(terms.first_due, number - 1, day)
        made.append(Instalment(number, due, Rial(principal), Rial(fee), left))
    return tuple(made)


def _equal(terms: LoanTerms) -> _Parts:
    """Equal parts of principal, rounded down, the last with the rest; the running sum of fees is rounded."""
    unit = terms.rounding.rials
    part = terms.principal.rials // (terms.months * unit) * unit
    last = terms.principal.rials - part * (terms.months - 1)
    sums = [to_the_rial(_cumulative_fee(terms, k)) for k in range(terms.months + 1)]
    fees = [after - before for before, after in pairwise(sums)]
    return list(zip([part] * (terms.months - 1) + [last], fees, strict=True))


def _cumulative_fee(terms: LoanTerms, k: int) -> Fraction:
    """The exact fee of the first k instalments, in rials."""
    months, month = terms.months, terms.principal.rials * terms.rate.monthly
    match terms.method:
        case Method.ZERO | Method.BALANCE_LEVEL:  # what is repaid level comes here without a rate only
            return Fraction(0)
        case Method.FIXED_FEE:
            return month * (months + 1) / 2 * k / months
        case Method.BALANCE_EQUAL:
            return month * k * (2 * months - k + 1) / (2 * months)
        case Method.FLAT:
            return month * k
        case _:
            assert_never(terms.method)


def _level(terms: LoanTerms) -> _Parts:
    """Pay alike each month: rounded up to the unit, or down where that ends too early, else to the rial.

    If the nearest rial ends too early as well, its first part is at least a rial: then one rial less is fit.
    """
    growth, unit = (1 + terms.rate.monthly) ** terms.months, terms.rounding.rials
    exact = terms.principal.rials * terms.rate.monthly * growth / (growth - 1)
    nearest = to_the_rial(exact)
    payments = (ceil(exact / unit) * unit, floor(exact / unit) * unit, nearest, nearest - 1)
    return next(parts for parts in (list(_repaid(terms, payment)) for payment in payments) if _fit(parts))


def _repaid(terms: LoanTerms, payment: int) -> Iterator[tuple[int, int]]:
    """Take each payment's fee from it, on the balance before; the last pays the balance and its fee."""
    balance = terms.principal.rials
    for _ in range(terms.months - 1):
        fee = to_the_rial(balance * terms.rate.monthly)
        yield payment - fee, fee
        balance -= payment - fee
    yield balance, to_the_rial(balance * terms.rate.monthly)


def _fit(parts: _Parts) -> bool:
    """Tell whether the debt never grows and something is left for the last instalment."""
    *earlier, last = (principal for principal, _ in parts)
    return last > 0 and all(part >= 0 for part in earlier)


def to_the_rial(exact: Fraction) -> int:
    """The nearest whole rial, the half upwards."""
    return floor(exact + _HALF)
