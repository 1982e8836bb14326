"""What is left of the instalments of a loan, and how they change when principal is paid ahead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import accumulate, pairwise

from domain.bylaws import Part
from domain.loan_schedule import Instalment, schedule, to_the_rial
from domain.loan_terms import LoanTerms, Method
from domain.money import Rial

NOTHING = Rial(0)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Parts:
    """A sum on a loan, in rials, by what it is for."""

    fee: Rial = NOTHING
    principal: Rial = NOTHING
    fine: Rial = NOTHING
    recovered: Rial = NOTHING  # of what was written off

    @property
    def total(self) -> Rial:
        return self.fee + self.principal + self.fine + self.recovered

    def of(self, part: Part) -> Rial:
        return {Part.FEE: self.fee, Part.PRINCIPAL: self.principal, Part.FINE: self.fine}[part]

    def filled(self, amount: Rial, order: Iterable[Part]) -> Parts:
        """Return what an amount pays of it when it is used in this order; what is left over is not in it."""
        paid = dict.fromkeys(Part, NOTHING)
        for part in order:
            paid[part] = min(amount, self.of(part))
            amount -= paid[part]
        return Parts(paid[Part.FEE], paid[Part.PRINCIPAL], paid[Part.FINE])

    def __add__(self, other: Parts) -> Parts:
        fee, principal, fine = self.fee + other.fee, self.principal + other.principal, self.fine + other.fine
        return Parts(fee, principal, fine, self.recovered + other.recovered)

    def __sub__(self, other: Parts) -> Parts:
        fee, principal, fine = self.fee - other.fee, self.principal - other.principal, self.fine - other.fine
        return Parts(fee, principal, fine, self.recovered - other.recovered)


@dataclass(frozen=True, slots=True)
class Owed:
    """What is left of one instalment."""

    number: int  # from 1; 0 for what was owed before the loan was rescheduled
    begins: date  # from this day on it can be paid with its full fee
    due: date
    left: Parts
    late: bool = False  # it was not paid by its due day

    def on(self, day: date, fine: Rial) -> Owed:
        """Return it as it stands on a day: the fine comes once, when the due day has passed."""
        if self.late or day <= self.due or not (self.left.principal or self.left.fee):
            return self
        return replace(self, left=self.left + Parts(fine=fine), late=True)

    def without_fee(self) -> Owed:
        """Return it as it is where its month has been charged already."""
        return replace(self, left=Parts(principal=self.left.principal))


def planned(terms: LoanTerms, begins: date) -> tuple[Owed, ...]:
    """Return all instalments of a schedule whose first month begins on a day."""
    made = schedule(terms)
    days = [begins, *(one.due + ONE_DAY for one in made)]
    return tuple(_whole(one, day) for one, day in zip(made, days, strict=False))


def total_of(owed: Iterable[Owed]) -> Parts:
    """Return what they come to."""
    return sum((one.left for one in owed), Parts())


def by_month(owed: Iterable[Owed], day: date) -> tuple[list[Owed], list[Owed]]:
    """Return those whose months have begun by a day, and the others."""
    begun, later = list[Owed](), list[Owed]()
    for one in owed:
        (begun if one.begins <= day else later).append(one)
    return begun, later


def without(owed: Sequence[Owed], ahead: Rial, terms: LoanTerms, day: date) -> list[Owed]:
    """Take principal paid ahead from the months to come; only fees on the balance are computed anew."""
    begun, later = by_month(owed, day)
    match terms.method:
        case Method.BALANCE_LEVEL if terms.rate.monthly:
            return begun + _level(later, ahead, terms)
        case Method.BALANCE_EQUAL:
            return begun + _fees_on_the_balance(_struck(later, ahead), terms)
        case _:
            return begun + _struck(later, ahead)


def _struck(later: Sequence[Owed], ahead: Rial) -> list[Owed]:
    """Strike principal from the end."""
    kept = []
    for one in reversed(later):
        struck = min(ahead, one.left.principal)
        ahead -= struck
        kept.append(replace(one, left=one.left - Parts(principal=struck)))
    return kept[::-1]


def _fees_on_the_balance(later: Sequence[Owed], terms: LoanTerms) -> list[Owed]:
    """Each month costs its part of the balance before it; the running sum is rounded."""
    balances = list(accumulate(one.left.principal.rials for one in reversed(later)))[::-1]
    exact = accumulate((balance * terms.rate.monthly for balance in balances), initial=Fraction(0))
    fees = [Rial(after - before) for before, after in pairwise(map(to_the_rial, exact))]
    return [_of(one, fee, one.left.principal) for one, fee in zip(later, fees, strict=True)]


def _level(later: Sequence[Owed], ahead: Rial, terms: LoanTerms) -> list[Owed]:
    """Go on paying alike each month, until what is left is paid."""
    payment, balance, made = schedule(terms)[0].total, total_of(later).principal - ahead, []
    for one in later:
        fee = Rial(to_the_rial(balance.rials * terms.rate.monthly))
        part = balance if one is later[-1] else min(payment - fee, balance)
        made.append(_of(one, fee, part))
        balance -= part
    return made


def _whole(one: Instalment, begins: date) -> Owed:
    return Owed(one.number, begins, one.due, Parts(one.fee, one.principal))


def _of(one: Owed, fee: Rial, principal: Rial) -> Owed:
    return replace(one, left=Parts(fee, principal))
