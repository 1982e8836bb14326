"""A board member asks that a wrong entry be reversed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM, Line, OneOf, options
from domain.commands import AskReversal
from domain.ids import EntryId
from domain.money import Rial
from domain.posting import PaidFor


@dataclass(frozen=True, slots=True)
class Booked:
    """An entry that can be reversed, as the board may see it."""

    entry: EntryId
    number: int
    name: str
    amount: Rial
    day: date
    paid_for: PaidFor


@dataclass(frozen=True, slots=True)
class Facts:
    """The group's latest entries that stand."""

    group: str
    entries: tuple[Booked, ...]


REASON = Line(limit=200, unread="common.reason_unread")


def reversal(facts: Facts) -> Script[AskReversal | None]:
    """Ask which entry and why; a second person decides."""
    wrong = yield from ask("reversal.entry", _entries(facts), group=facts.group)
    about = {"name": wrong.name, "amount": wrong.amount, "day": wrong.day, "paid_for": wrong.paid_for}
    reason = yield from ask("reversal.reason", REASON, **about)
    sure = yield from ask("reversal.confirm", CONFIRM, number=wrong.number, reason=reason, **about)
    return AskReversal(wrong.entry, reason) if sure else None


def _entries(facts: Facts) -> OneOf[Booked]:
    return options(
        [
            (str(b.entry), "entry", {"number": b.number, "name": b.name, "amount": b.amount}, b)
            for b in facts.entries
        ]
    )
