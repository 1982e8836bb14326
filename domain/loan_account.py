"""What is left of a loan: its payments replayed over its schedule.

A payment fills the oldest instalment first, each in the group's order. An instalment can be paid with its
full fee once its month has begun, the day after the one before was due. What is paid beyond these reduces
principal and strikes instalments from the end; settling costs the fees of the months begun. What was written
off costs no more than its principal. A rescheduling gives the principal a new schedule; a waiver takes fines
away.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from domain.bylaws import Part
from domain.calendar import add_months, jalali
from domain.loan_owed import NOTHING, ONE_DAY, Owed, Parts, by_month, planned, total_of, without
from domain.loan_terms import LoanTerms
from domain.money import Rial


@dataclass(frozen=True, slots=True)
class Agreed:
    """The terms of the schedule that holds, the order of a payment, the fine for being late."""

    terms: LoanTerms
    order: tuple[Part, ...]
    fine: Rial  # once for each instalment that is not paid by its due day


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that came in on a loan, by value date."""

    day: date
    amount: Rial


@dataclass(frozen=True, slots=True)
class Rescheduling:
    """What is owed on a day is paid in so many instalments, the first of them on its day."""

    day: date
    months: int
    first_due: date


@dataclass(frozen=True, slots=True)
class Waiver:
    """The fines that are open on a day are owed no more."""

    day: date


Event = Payment | Rescheduling | Waiver


@dataclass(frozen=True, slots=True)
class Split:
    """What a payment was used for; `beyond` is more than settling cost."""

    parts: Parts
    beyond: Rial = NOTHING


@dataclass(frozen=True, slots=True)
class LoanAccount:
    """What is owed on a loan, instalment by instalment from the oldest; nothing once it is settled."""

    agreed: Agreed
    owed: tuple[Owed, ...]
    lost: Rial = NOTHING  # principal that was written off and has not been made up for
    charged: date = date.min  # until then the fees of months begun were asked, when it was rescheduled

    @property
    def principal(self) -> Rial:
        """The principal that is still owed."""
        return total_of(self.owed).principal

    @property
    def left(self) -> Rial:
        """The principal that has not come back, be it owed or written off."""
        return self.principal + self.lost

    @property
    def plan(self) -> tuple[tuple[date, Rial], ...]:
        """The days and sums of its instalments."""
        return tuple((one.due, one.left.total) for one in self.owed if one.number)

    @property
    def standing(self) -> Rial:
        """What was owed before it was rescheduled, and still is: fees of months begun, fines."""
        return total_of(one for one in self.owed if not one.number).total

    def written_off(self) -> LoanAccount:
        """Return it without instalments: what was owed is lost; what is paid from now on makes up for it."""
        return replace(self, owed=(), lost=self.left)

    def on(self, day: date) -> LoanAccount:
        """Return it as it stands on a day, with the fines that came until then."""
        return replace(self, owed=tuple(one.on(day, self.agreed.fine) for one in self.owed))

    def due(self, day: date) -> Parts:
        """Return what should have been paid by the end of a day."""
        return total_of(one for one in self.on(day).owed if one.due <= day)

    def payable(self, day: date) -> Parts:
        """Return what instalments cost whose months have begun."""
        return total_of(one for one in self.on(day).owed if one.begins <= day)

    def settling(self, day: date) -> Parts:
        """Return what being done with it costs on a day: all principal, fees of the months begun, fines."""
        return replace(self.payable(day), principal=self.principal, recovered=self.lost)

    def fines(self, day: date) -> Rial:
        """Return the fines that are open on a day."""
        return total_of(self.on(day).owed).fine

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
        rest = without(filled, ahead, self.agreed.terms, payment.day) if ahead else filled
        after = replace(self, owed=tuple(one for one in rest if one.left.total))
        return after, Split(paid + Parts(principal=ahead))

    def rescheduled(self, new: Rescheduling) -> LoanAccount:
        """Return it with a new schedule over its principal; fees of months begun, and fines, stay owed.

        An instalment has a fee of its own only if a month lies between what was charged and its due day.
        """
        if not self.principal:
            return self
        begun, later = by_month(self.on(new.day).owed, new.day)
        ends = [*(one.due for one in begun), *(one.begins - ONE_DAY for one in later[:1])]
        charged, terms = max(self.charged, *ends), _over(self.principal, self.agreed.terms, new)
        a_month_on = add_months(charged, 1, jalali(charged)[2])
        begins = new.day if new.first_due < a_month_on else max(new.day, charged + ONE_DAY)
        made = (one if one.due >= a_month_on else one.without_fee() for one in planned(terms, begins))
        kept = (replace(one, number=0, left=replace(one.left, principal=NOTHING)) for one in begun)
        owed = sorted((one for one in (*kept, *made) if one.left.total), key=lambda one: one.due)
        return replace(self, agreed=replace(self.agreed, terms=terms), owed=tuple(owed), charged=charged)

    def without_fines(self, day: date) -> LoanAccount:
        """Return it without the fines that are open on a day; no instalment is fined a second time."""
        left = [replace(one, left=replace(one.left, fine=NOTHING)) for one in self.on(day).owed]
        return replace(self, owed=tuple(one for one in left if one.left.total))

    def after(self, events: Iterable[Event]) -> tuple[LoanAccount, tuple[Split, ...]]:
        """Return the account after events in the order given, and what each payment was used for."""
        account, splits = self, []
        for event in events:
            match event:
                case Payment():
                    account, split = account.pay(event)
                    splits.append(split)
                case Rescheduling():
                    account = account.rescheduled(event)
                case Waiver():
                    account = account.without_fines(event.day)
        return account, tuple(splits)


def opened(agreed: Agreed) -> LoanAccount:
    """Return the account of a loan that was just received; its first month has begun."""
    return LoanAccount(agreed, planned(agreed.terms, date.min))


def replay(agreed: Agreed, events: Iterable[Event]) -> tuple[LoanAccount, tuple[Split, ...]]:
    """Return the account after events by value date, and what each payment was used for, in that order.

    Those of one day count in the order given, as they came.
    """
    return opened(agreed).after(sorted(events, key=lambda one: one.day))


def _over(principal: Rial, before: LoanTerms, new: Rescheduling) -> LoanTerms:
    """The same price for what is owed; fewer instalments where each would be less than a unit."""
    unit = min(before.rounding, principal)
    months = min(new.months, principal.rials // unit.rials)
    return replace(before, principal=principal, months=months, first_due=new.first_due, rounding=unit)


def _usable(one: Owed, day: date) -> Parts:
    """What can be paid of an instalment: nothing before its month has begun."""
    return one.left if one.begins <= day else Parts()
