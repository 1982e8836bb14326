"""What a year brought, what of it is kept back, and how the rest is shared: never more than there is.

All sums are whole rials; who gets a share is named by a number of the caller's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby
from math import floor
from typing import TypeVar

from domain.bylaws import SurplusRule
from domain.calendar import jalali
from domain.ids import GroupId, YearClosingId
from domain.ledger import Account, Kind
from domain.money import Rial
from domain.payouts import PayoutCommand

H = TypeVar("H", bound=int)
NOTHING = Rial(0)


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the books when it is closed; sums are positive as people expect them."""

    year: int  # Jalali
    sums: tuple[tuple[Account, Rial], ...]  # income and costs booked in it, by account
    reserve_per_cent: int
    retained: Rial  # the surplus of earlier years that was not shared

    @property
    def incomes(self) -> tuple[tuple[Account, Rial], ...]:
        return tuple(one for one in self.sums if one[0].kind is Kind.INCOME)

    @property
    def costs(self) -> tuple[tuple[Account, Rial], ...]:
        return tuple(one for one in self.sums if one[0].kind is Kind.EXPENSE)

    @property
    def income(self) -> Rial:
        return sum((amount for _, amount in self.incomes), NOTHING)

    @property
    def cost(self) -> Rial:
        return sum((amount for _, amount in self.costs), NOTHING)

    @property
    def result(self) -> Rial:
        return self.income - self.cost

    @property
    def loss(self) -> Rial:
        """How much more was spent than earned; nothing in a good year."""
        return max(-self.result, NOTHING)

    @property
    def reserve(self) -> Rial:
        """What is set aside: nothing of a loss, and rounded down to the rial."""
        return Rial(max(self.result.rials, 0) * self.reserve_per_cent // 100)

    @property
    def kept(self) -> Rial:
        """What is retained once the year is closed."""
        return self.retained + self.result - self.reserve

    @property
    def short_before(self) -> Rial:
        """How much more the years before have lost than brought; nothing where some of it is left."""
        return max(-self.retained, NOTHING)

    @property
    def short(self) -> Rial:
        """The same with this year."""
        return max(-self.kept, NOTHING)


def year_to_close(first_booked: date | None, last_closed: int | None, today: date) -> int | None:
    """Return the oldest Jalali year of the books that is over and not closed; None where there is none."""
    if first_booked is None:
        return None
    year = jalali(first_booked)[0] if last_closed is None else last_closed + 1
    return year if year < jalali(today)[0] else None


def pool(retained: Rial, named: Rial) -> Rial:
    """Return what may be shared of what a resolution names: never more than is retained, never below 0."""
    return max(min(retained, named), NOTHING)


def saving_time(moved: Iterable[tuple[date, Rial]], first: date, last: date) -> int:
    """Return the rial days of a year: her savings at the end of each day, summed.

    `moved` is what her savings grew by and on which value date, also before the year.
    """
    return sum(amount.rials * ((last - max(day, first)).days + 1) for day, amount in moved if day <= last)


def weights(
    rule: SurplusRule, moved: Mapping[H, Sequence[tuple[date, Rial]]], first: date, last: date
) -> dict[H, int]:
    """Return everybody's weight by the rule; `moved` is as for `saving_time`, of each who shares."""
    saved = {sum((amount for day, amount in hers if day <= last), NOTHING) for hers in moved.values()}
    if rule is SurplusRule.EQUAL or (rule is SurplusRule.AS_SAVED and len(saved) <= 1):
        return dict.fromkeys(moved, 1)
    return {holder: saving_time(hers, first, last) for holder, hers in moved.items()}


def applied(rule: SurplusRule, weighed: Mapping[H, int]) -> SurplusRule:
    """Return which way of sharing a rule comes to with these weights."""
    if rule is not SurplusRule.AS_SAVED:
        return rule
    return SurplusRule.EQUAL if len(set(weighed.values())) <= 1 else SurplusRule.SAVING_TIME


def shares(of: Rial, weights: Mapping[H, int], unit: Rial) -> dict[H, Rial]:
    """Return everybody's share in the order given: rounded down to the unit, the rest by largest remainder.

    Where the units that are left do not suffice for all who tie, none of them gets one, nor does anybody
    whose remainder is smaller. Who has no weight gets nothing; what remains is not shared.
    """
    weighed = {holder: max(weight, 0) for holder, weight in weights.items()}
    total = sum(weighed.values()) or 1
    exact = {holder: Fraction(of.rials * weight, total * unit.rials) for holder, weight in weighed.items()}
    units = {holder: floor(part) for holder, part in exact.items()}
    left = of.rials // unit.rials - sum(units.values())
    remainders = {holder: part % 1 for holder, part in exact.items() if part % 1}
    for _, tied in groupby(sorted(remainders, key=remainders.__getitem__, reverse=True), remainders.get):
        equals = list(tied)
        if len(equals) > left:
            break
        left -= len(equals)
        units |= {holder: units[holder] + 1 for holder in equals}
    return {holder: unit * count for holder, count in units.items()}


@dataclass(frozen=True, slots=True)
class Shared:
    """What a sharing comes to, nobody named."""

    members: int
    least: Rial
    most: Rial
    total: Rial
    remains: Rial  # of the sum to be shared; stays in the retained surplus


def figures(of: Rial, weights: Mapping[H, int], unit: Rial) -> Shared:
    """Return what sharing a sum comes to; all nothing where nobody is there to share it."""
    made = shares(of, weights, unit).values()
    total = sum(made, NOTHING)
    return Shared(len(made), min(made, default=NOTHING), max(made, default=NOTHING), total, of - total)


@dataclass(frozen=True, slots=True)
class Sharing:
    """A resolution on the surplus: of which closed year, how much at most, and whether it becomes savings."""

    year: int  # Jalali; the days of which savings are weighed
    amount: Rial
    to_savings: bool


@dataclass(frozen=True, slots=True)
class ShareSurplus:
    """Put to the vote that a surplus be shared."""

    group: GroupId
    sharing: Sharing


@dataclass(frozen=True, slots=True)
class CloseYear:
    """Ask that a Jalali year of a group's books be closed."""

    group: GroupId
    year: int


@dataclass(frozen=True, slots=True)
class AnswerYearClosing:
    """Confirm or decline the closing of a year that somebody else asked for."""

    closing: YearClosingId
    revision: int
    agreed: bool


YearCommand = CloseYear | AnswerYearClosing | ShareSurplus | PayoutCommand
