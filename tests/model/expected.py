"""The model of the books: what each entry must have been, from nothing but what people decided.

It shares no code with the program. A payment fills the round it was made for, then the oldest; the rest is
kept until a round opens; a reversal takes back what its entry did. What is owed on loans is in `borrowed.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import jdatetime

from tests.model.rows import Entry, Lines, Place, Post
from tests.model.seen import Seen

CASH, BANK, KEPT, LENT = 101, 102, 103, 111
SAVINGS, SHARES, LEAVERS, IN_ADVANCE = 201, 203, 204, 205
RESERVE, RETAINED = 302, 303
LOAN_INCOME, FINES, PROFIT, OTHER, RECOVERED = 401, 403, 404, 405, 406
CHARGES, COSTS, LOSSES = 502, 503, 504
ACCOUNTS = {"cash": CASH, "transfer": BANK}
# What a move debits and credits; None is cash or bank, as it was paid.
MOVED: Mapping[str, tuple[int | None, int | None]] = {
    "banked": (BANK, CASH),
    "drawn": (CASH, BANK),
    "bank_charge": (CHARGES, BANK),
    "bank_profit": (BANK, PROFIT),
    "running_cost": (COSTS, None),
    "entry_fee": (None, OTHER),
    "late_fine": (None, FINES),
    "handed_over": (CASH, KEPT),
    "cash_short": (COSTS, CASH),
    "cash_over": (CASH, OTHER),
}
Moment = tuple[int, int]  # saved and kept in advance


def at(account: int, holder: int = 0, purpose: str = "", number: int | None = None) -> Post:
    return account, holder, purpose, number


def opposite(lines: Lines) -> Lines:
    return {post: -rials for post, rials in lines.items()}


def without_nothing(lines: Lines) -> Lines:
    return {post: rials for post, rials in lines.items() if rials}


@dataclass
class Expected:
    """The books of all groups as the model has them, in rials."""

    stands: Counter[Place] = field(default_factory=Counter)
    rounds: Counter[tuple[int, int]] = field(default_factory=Counter)  # paid by membership and round
    booked: dict[int, Lines] = field(default_factory=dict)  # by entry
    after: dict[int, Moment] = field(default_factory=dict)  # by entry: what its member had then
    moments: dict[int, set[Moment]] = field(default_factory=dict)  # by membership, within this step
    earned: Counter[tuple[int, int, int]] = field(default_factory=Counter)  # group, Jalali year, account

    def begin(self, seen: Seen) -> None:
        """Take what stands before the first step as given."""
        self.stands.update(seen.balances)
        self.rounds.update({line: paid for line, (_, paid) in seen.dues.items()})
        for number, entry in seen.entries.items():
            self._remember(number, entry, seen.lines[number])

    def book(self, number: int, entry: Entry, lines: Lines) -> None:
        """Put an entry into the books."""
        for (account, holder, purpose, round_number), rials in lines.items():
            self.stands[entry.group_id, account, holder, purpose] += rials
            if account == SAVINGS and round_number is not None:
                self.rounds[holder, round_number] -= rials
        self._remember(number, entry, lines)

    def _remember(self, number: int, entry: Entry, lines: Lines) -> None:
        self.booked[number] = lines
        year = jalali_year(entry.booked_on)
        for (account, holder, *_), rials in lines.items():
            if account > RETAINED and not entry.kind.endswith("_closed"):
                self.earned[entry.group_id, year, account] += rials
            if account in (SAVINGS, IN_ADVANCE, SHARES, LEAVERS):
                self.after[number] = self.moment(entry.group_id, holder)
                self.moments.setdefault(holder, set()).add(self.after[number])

    def moment(self, group: int, member: int) -> Moment:
        """What a member has saved, and what is kept for her."""
        saved = -self.stands[group, SAVINGS, member, ""]
        return saved, -self.stands[group, IN_ADVANCE, member, "saving"]

    def total(self, group: int, account: int) -> int:
        """What stands on an account, debit positive."""
        return sum(r for (of, which, *_), r in self.stands.items() if (of, which) == (group, account))

    def lendable(self, group: int) -> int:
        """Cash and bank without what belongs to somebody who will take it."""
        owed = sum(self.total(group, account) for account in (SHARES, LEAVERS, IN_ADVANCE))
        return max(self.total(group, CASH) + self.total(group, BANK) + owed, 0)

    def spread(
        self, dues: Mapping[int, int], member: int, rials: int, chosen: int, *, voluntary: bool
    ) -> Lines:
        """What a saving is for: the round it was made for, then the oldest, then an advance."""
        lines: dict[Post, int] = {}
        for number in sorted(dues, key=lambda number: (number != chosen, number)):
            part = min(rials, max(dues[number] - self.rounds[member, number], 0))
            lines[at(SAVINGS, member, "", number)] = -part
            rials -= part
        rest = at(SAVINGS, member) if voluntary else at(IN_ADVANCE, member, "saving")
        return lines | {rest: -rials}


def in_units(there: int, unit: int, weights: Mapping[int, int]) -> dict[int, int]:
    """Whole units by weight; those left over by largest remainder, while they suffice for all who tie."""
    whole = sum(weights.values()) * unit or 1
    given = {of: there * weight // whole for of, weight in weights.items()}
    rests = {of: there * weight % whole for of, weight in weights.items()}
    for rest in sorted({*rests.values()} - {0}, reverse=True):
        tied = [of for of in rests if rests[of] == rest]
        if len(tied) > there // unit - sum(given.values()):
            break
        given |= {of: given[of] + 1 for of in tied}
    return {of: units * unit for of, units in given.items()}


def jalali_year(day: date) -> int:
    return int(jdatetime.date.fromgregorian(date=day).year)
