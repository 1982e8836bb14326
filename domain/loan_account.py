"""What is left of a loan: its payments replayed over its schedule.

A payment fills the oldest instalment first, each in the group's order. An instalment can be paid with its
full fee once its month has begun, the day after the one before was due. What is paid beyond these reduces
principal and strikes instalments from the end; settling costs the fees of the months begun. What was written
off costs no more than its principal.
"""

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
class Agreed:
    """What does not change while a loan runs: its terms, the order of a payment, the fine for being late."""

    terms: LoanTerms
    order: tuple[Part, ...]
    fine: Rial  # once for each instalment that is not paid by its due day


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that came in on a loan, by value date."""

    day: date
    amount: Rial


@dataclass(frozen=True, slots=True)
class Split:
    """What a payment was used for; `beyond` is more than settling cost."""

    parts: Parts
    beyond: Rial = NOTHING


@dataclass(frozen=True, slots=True)
class Owed:
    """What is left of one instalment."""

    number: int
    begins: date  # from this day on it can be paid with its full fee
    due: date
    left: Parts
    late: bool = False  # it was not paid by its due day

    def on(self, day: date, fine: Rial) -> Owed:
        """Return it as it stands on a day: the fine comes once, when the due day has passed."""
        if self.late or day <= self.due or not (self.left.principal or self.left.fee):
            return self
        return replace(self, left=self.left + Parts(fine=fine), late=True)


@dataclass(frozen=True, slots=True)
class LoanAccount:
    """What is owed on a loan, instalment by instalment from the oldest; nothing once it is settled."""

    agreed: Agreed
    owed: tuple[Owed, ...]
    lost: Rial = NOTHING  # principal that was written off and has not been made up for

    @property
    def principal(self) -> Rial:
        """The principal that is still owed."""
        return _sum(self.owed).principal

    @property
    def left(self) -> Rial:
        """The principal that has not come back, be it owed or written off."""
        return self.principal + self.lost

    def written_off(self) -> LoanAccount:
        """Return it without instalments: what was owed is lost; what is paid from now on makes up for it."""
        return replace(self, owed=(), lost=self.left)

    def on(self, day: date) -> LoanAccount:
        """Return it as it stands on a day, with the fines that came until then."""
        return replace(self, owed=tuple(one.on(day, self.agreed.fine) for one in self.owed))

    def due(self, day: date) -> Parts:
        """Return what should have been paid by the end of a day."""
        return _sum(one for one in self.on(day).owed if one.due <= day)

    def payable(self, day: date) -> Parts:
        """Return what instalments cost whose months have begun."""
        return _sum(one for one in self.on(day).owed if one.begins <= day)

    def settling(self, day: date) -> Parts:
        """Return what being done with it costs on a day: all principal, fees of the months begun, fines."""
        return replace(self.payable(day), principal=self.principal, recovered=self.lost)

    def late_days(self, day: date) -> int:
        """Return since how many days the oldest instalment is past due; 0 where nothing is late."""
        return max((day - self.owed[0].due).days, 0) if self.owed else 0

    def pay(self, payment: Payment) -> tuple[LoanAccount, Split]:
        """Return the account after a payment, and what it was used for."""
        cost = self.settling(payment.day)
        if payment.amount >= cost.total:
            return replace(self, owed=(), lost=NOTHING), Split(cost, payment.amount - cost.total)
        if self.lost:
            return replace(self, lost=self.lost - payment.amount), Split(Parts(recovered=payment.amount))
        filled, paid = [], Parts()
        for one in self.on(payment.day).owed:
            use = _usable(one, payment.day).filled(payment.amount - paid.total, self.agreed.order)
            filled.append(replace(one, left=one.left - use))
            paid += use
        ahead = payment.amount - paid.total
        rest = _without(filled, ahead, self.agreed.terms, payment.day) if ahead else filled
        after = replace(self, owed=tuple(one for one in rest if one.left.total))
        return after, Split(paid + Parts(principal=ahead))

    def after(self, payments: Iterable[Payment]) -> tuple[LoanAccount, tuple[Split, ...]]:
        """Return the account after payments in the order given, and what each was used for."""
        account, splits = self, []
        for payment in payments:
            account, split = account.pay(payment)
            splits.append(split)
        return account, tuple(splits)


def opened(agreed: Agreed) -> LoanAccount:
    """Return the account of a loan that was just received; its first month has begun."""
    made = schedule(agreed.terms)
    begins = [date.min, *(one.due + timedelta(days=1) for one in made)]
    return LoanAccount(agreed, tuple(_whole(one, day) for one, day in zip(made, begins, strict=False)))


def replay(agreed: Agreed, payments: Iterable[Payment]) -> tuple[LoanAccount, tuple[Split, ...]]:
    """Return the account after payments in the order of their value dates, and what each was used for."""
    return opened(agreed).after(payments)


def _whole(one: Instalment, begins: date) -> Owed:
    return Owed(one.number, begins, one.due, Parts(one.fee, one.principal))


def _sum(owed: Iterable[Owed]) -> Parts:
    return sum((one.left for one in owed), Parts())


def _usable(one: Owed, day: date) -> Parts:
    """What can be paid of an instalment: nothing before its month has begun."""
    return one.left if one.begins <= day else Parts()


def _without(owed: Sequence[Owed], ahead: Rial, terms: LoanTerms, day: date) -> list[Owed]:
    """Take principal paid ahead from the months to come; only fees on the balance are computed anew."""
    begun = [one for one in owed if one.begins <= day]
    later = [one for one in owed if one.begins > day]
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
    payment, balance, made = schedule(terms)[0].total, _sum(later).principal - ahead, []
    for one in later:
        fee = Rial(to_the_rial(balance.rials * terms.rate.monthly))
        part = balance if one is later[-1] else min(payment - fee, balance)
        made.append(_of(one, fee, part))
        balance -= part
    return made


def _of(one: Owed, fee: Rial, principal: Rial) -> Owed:
    return replace(one, left=Parts(fee, principal))
