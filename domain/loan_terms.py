"""What is agreed about a loan: how much, at which price, for how long, from which day, how rounded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from domain.calendar import jalali
from domain.dates import YEARS
from domain.money import Rial

MOST_MONTHS = 360
MONTHS_OF_A_YEAR = 12


class Method(StrEnum):
    """How a loan is priced: P is the principal, r the part of it that a month costs, n the instalments."""

    ZERO = "zero"  # nothing, whatever the rate
    FIXED_FEE = "fixed-fee"  # P·r·(n+1)/2 in all, spread evenly
    BALANCE_LEVEL = "balance-level"  # r of the balance; all payments alike
    BALANCE_EQUAL = "balance-equal"  # r of the balance; equal parts of principal
    FLAT = "flat"  # P·r each month


FEE_FIXED = (Method.FIXED_FEE, Method.FLAT)  # by what was lent, whatever is left of it


class Period(StrEnum):
    """The time a rate is for."""

    YEAR = "year"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Rate:
    """A price in per cent for a period."""

    per_cent: Fraction
    period: Period

    @property
    def monthly(self) -> Fraction:
        """The part of the sum that a month costs: 1/100 for 12 per cent a year."""
        months = MONTHS_OF_A_YEAR if self.period is Period.YEAR else 1
        return self.per_cent / (100 * months)

    @property
    def written(self) -> str:
        """The rate as text, exactly: 12/year, 3/2/month."""
        return f"{self.per_cent}/{self.period.value}"

    @classmethod
    def read(cls, written: str) -> Rate:
        """Read `written` back; ValueError for anything else."""
        per_cent, _, period = written.rpartition("/")
        return cls(Fraction(per_cent), Period(period))


def rate_of_fee(method: Method, principal: Rial, months: int, fee: Rial) -> Rate:
    """Return the rate at which each instalment costs this fee; ValueError where it falls with the balance."""
    if method not in FEE_FIXED:
        raise ValueError(f"{method} has no fee that is the same each month")
    times = Fraction(2 * months, months + 1) if method is Method.FIXED_FEE else 1
    return Rate(Fraction(fee.rials, principal.rials) * 100 * times, Period.MONTH)


class ImpossibleTerms(ValueError):
    """Terms no loan can have; the text names the first of them and says what would do."""


@dataclass(frozen=True, slots=True)
class LoanTerms:
    """Terms from which a schedule follows, to the rial and to the day; ImpossibleTerms for any others."""

    principal: Rial
    method: Method
    rate: Rate
    months: int  # one instalment each
    first_due: date
    rounding: Rial  # parts of principal, or level payments, are multiples of it

    def __post_init__(self) -> None:
        if flaw := next(self._flaws(), None):
            raise ImpossibleTerms(flaw)

    def _flaws(self) -> Iterator[str]:
        if self.principal < Rial(1):
            yield "principal: at least 1 rial"
        if self.rate.per_cent < 0:
            yield "rate: not below 0"
        if not 1 <= self.months <= MOST_MONTHS:
            yield f"months: between 1 and {MOST_MONTHS}"
        if jalali(self.first_due)[0] not in YEARS:
            yield f"first-due: in the Jalali years {YEARS[0]} to {YEARS[-1]}"
        share = self.principal // self.months
        if not share:
            yield f"principal: at least one rial for each of {self.months} months"
        if not Rial(1) <= self.rounding <= share:
            yield f"rounding: between 1 and {share.rials} rials, an equal share of the principal"
