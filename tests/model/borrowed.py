"""What is owed on a loan, reckoned once more from `ledger.md` and the pages on loans; no code of the program.

A debt is a list of months, oldest first, in rials. Days are Jalali where a month is added, else as stored.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from math import ceil, floor

import jdatetime

HALF = Fraction(1, 2)
TEHRAN = timezone(timedelta(hours=3, minutes=30))


@dataclass(frozen=True, slots=True)
class Terms:
    """What a loan runs under; `monthly` is the part of it that a month costs."""

    principal: int
    method: str
    monthly: Fraction
    months: int
    first_due: date
    unit: int
    order: tuple[str, ...]
    fine: int


@dataclass
class Month:
    """One instalment, and what is left of it."""

    begins: date
    due: date
    principal: int
    fee: int
    fine: int = 0
    late: bool = False
    free: bool = False  # its time has been charged before

    @property
    def total(self) -> int:
        return self.principal + self.fee + self.fine


@dataclass(frozen=True, slots=True)
class Paid:
    """Money that came in."""

    day: date
    rials: int


@dataclass(frozen=True, slots=True)
class Anew:
    """What is owed on a day is paid in so many months, the first of them on its day."""

    day: date
    months: int
    first_due: date


@dataclass(frozen=True, slots=True)
class Waived:
    """The fines open on a day are owed no more."""

    day: date


Event = Paid | Anew | Waived


@dataclass(frozen=True, slots=True)
class Used:
    """What a payment was for."""

    fee: int = 0
    principal: int = 0
    fine: int = 0
    recovered: int = 0
    beyond: int = 0


@dataclass
class Debt:
    """A loan from its receipt on."""

    terms: Terms
    months: list[Month] = field(default_factory=list)
    lost: int = 0
    charged: date = date.min  # until then months were charged before they were laid out anew

    def __post_init__(self) -> None:
        begins = date.min
        for number, (principal, fee) in enumerate(plan(self.terms)):
            due = months_after(self.terms.first_due, number)
            self.months.append(Month(begins, due, principal, fee))
            begins = due + timedelta(days=1)

    @property
    def left(self) -> int:
        """Principal that has not come back."""
        return sum(month.principal for month in self.months) + self.lost

    @property
    def state(self) -> str:
        if self.months:
            return "running"
        return "written_off" if self.lost else "settled"

    def on(self, day: date) -> list[Month]:
        """The months as they stand on a day: once late, a fine is due."""
        fine = self.terms.fine
        return [
            replace(m, fine=m.fine + fine, late=True)
            if not m.late and m.due < day and m.principal + m.fee
            else m
            for m in self.months
        ]

    def settling(self, day: date) -> Used:
        """What being done with it costs on a day."""
        begun = [m for m in self.on(day) if m.begins <= day]
        principal = sum(m.principal for m in self.months)
        return Used(sum(m.fee for m in begun), principal, sum(m.fine for m in begun), self.lost)

    def anew(self, new: Anew) -> None:
        """Lay the principal out anew: fees of months begun and fines stay, no time is charged twice."""
        left = self.left
        if not left:
            return
        self.months = self.on(new.day)
        begun = [m for m in self.months if m.begins <= new.day]
        later = [m.begins - timedelta(days=1) for m in self.months if m.begins > new.day]
        self.charged = max(self.charged, *(m.due for m in begun), *later[:1])
        costs_from = months_after(self.charged, 1)
        unit = min(self.terms.unit, left)
        terms = replace(self.terms, principal=left, unit=unit, first_due=new.first_due)
        self.terms = replace(terms, months=min(new.months, left // unit))
        begins = new.day if new.first_due < costs_from else max(new.day, self.charged + timedelta(days=1))
        self.months = [replace(m, principal=0) for m in begun if m.fee + m.fine]
        for number, (principal, fee) in enumerate(plan(self.terms)):
            due = months_after(new.first_due, number)
            free = due < costs_from
            self.months.append(Month(begins, due, principal, 0 if free else fee, free=free))
            begins = due + timedelta(days=1)
        self.months.sort(key=lambda month: month.due)

    def waive(self, day: date) -> None:
        """Take away the fines that have come until a day; nothing is fined twice."""
        self.months = [m for m in (replace(m, fine=0) for m in self.on(day)) if m.total]

    def write_off(self) -> None:
        self.lost, self.months = self.left, []

    def pay(self, day: date, rials: int) -> Used:
        """Take in a payment; return what it was for."""
        cost = self.settling(day)
        whole = cost.fee + cost.principal + cost.fine + cost.recovered
        if rials >= whole:
            self.months, self.lost = [], 0
            return replace(cost, beyond=rials - whole)
        if self.lost:
            self.lost -= rials
            return Used(recovered=rials)
        self.months = self.on(day)
        paid = {"fee": 0, "principal": 0, "fine": 0}
        for month in (m for m in self.months if m.begins <= day):
            for part in self.terms.order:
                used = min(rials, getattr(month, part))
                setattr(month, part, getattr(month, part) - used)
                paid[part] += used
                rials -= used
        if rials:
            self._ahead(day, rials)
            paid["principal"] += rials
        self.months = [month for month in self.months if month.total]
        return Used(**paid)

    def _ahead(self, day: date, rials: int) -> None:
        """Principal paid before its month: the last months are struck, or level payments end earlier."""
        later = [m for m in self.months if m.begins > day]
        monthly = self.terms.monthly
        if self.terms.method == "balance-level" and monthly:
            balance, level = sum(m.principal for m in later) - rials, sum(plan(self.terms)[0])
            for month in later:
                fee = rounded(balance * monthly)
                month.fee = 0 if month.free else fee
                month.principal = balance if month is later[-1] else min(level - fee, balance)
                balance -= month.principal
            return
        for month in reversed(later):
            struck = min(rials, month.principal)
            month.principal -= struck
            rials -= struck
        if self.terms.method == "balance-equal":
            balance, exact, so_far = sum(m.principal for m in later), Fraction(0), 0
            for month in later:
                exact += balance * monthly
                month.fee, so_far = 0 if month.free else rounded(exact) - so_far, rounded(exact)
                balance -= month.principal


def plan(terms: Terms) -> list[tuple[int, int]]:
    """Principal and fee of each month."""
    if terms.method == "balance-level" and terms.monthly:
        return _level(terms)
    p, n, r = terms.principal, terms.months, terms.monthly
    part = p // n // terms.unit * terms.unit
    parts = [part] * (n - 1) + [p - part * (n - 1)]
    cost: dict[str, list[Fraction]] = {
        "fixed-fee": [p * r * (n + 1) / 2 * k / n for k in range(n + 1)],
        "balance-equal": [
            sum((Fraction(p * (n - j), n) * r for j in range(k)), Fraction(0)) for k in range(n + 1)
        ],
        "flat": [p * r * k for k in range(n + 1)],
    }
    sums = [rounded(exact) for exact in cost.get(terms.method, [Fraction(0)] * (n + 1))]
    return [(part, sums[k + 1] - sums[k]) for k, part in enumerate(parts)]


def _level(terms: Terms) -> list[tuple[int, int]]:
    growth = (1 + terms.monthly) ** terms.months
    exact = terms.principal * terms.monthly * growth / (growth - 1)
    for payment in (
        ceil(exact / terms.unit) * terms.unit,
        floor(exact / terms.unit) * terms.unit,
        rounded(exact),
    ):
        made, balance = [], terms.principal
        for _ in range(terms.months - 1):
            fee = rounded(balance * terms.monthly)
            made.append((payment - fee, fee))
            balance -= payment - fee
        made.append((balance, rounded(balance * terms.monthly)))
        if balance > 0:
            return made
    raise AssertionError("no level payment fits")


def replayed(
    terms: Terms, events: Iterable[Event], recovered: Iterable[Paid] | None
) -> tuple[Debt, list[Used]]:
    """The debt after what happened, in that order, and what each payment was for; a loss comes after it."""
    debt, used = Debt(terms), []
    for event in events:
        match event:
            case Paid():
                used.append(debt.pay(event.day, event.rials))
            case Anew():
                debt.anew(event)
            case Waived():
                debt.waive(event.day)
    if recovered is not None:
        debt.write_off()
        used += [debt.pay(one.day, one.rials) for one in recovered]
    return debt, used


def months_after(first: date, count: int) -> date:
    """The same day of the month so many months later, or the month's last."""
    begun = jdatetime.date.fromgregorian(date=first)
    month = begun.year * 12 + begun.month - 1 + count
    return min(first_of(month) + timedelta(days=begun.day - 1), first_of(month + 1) - timedelta(days=1))


def first_of(month: int) -> date:
    """The first day of a month, counted from the first of the calendar."""
    day: date = jdatetime.date(month // 12, month % 12 + 1, 1).togregorian()
    return day


def local_day(moment: datetime) -> date:
    """The day it is in Iran."""
    return moment.astimezone(TEHRAN).date()


def rounded(exact: Fraction) -> int:
    return floor(exact + HALF)
