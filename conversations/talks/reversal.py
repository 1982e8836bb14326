"""A board member asks that a wrong entry be reversed: a payment, a move of money, or what was paid out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM, OneOf, one_of, options
from conversations.parts import REASON
from domain.commands import AskReversal
from domain.ids import EntryId
from domain.money import Rial
from domain.reversing import Reversible, Sort, sort_of


@dataclass(frozen=True, slots=True)
class Booked:
    """An entry that can be reversed, as the board may see it; no name where it is the group's own."""

    entry: EntryId
    number: int
    name: str
    amount: Rial
    day: date
    what: Reversible


@dataclass(frozen=True, slots=True)
class Facts:
    """The group's latest entries that stand."""

    group: str
    entries: tuple[Booked, ...]


def reversal(facts: Facts) -> Script[AskReversal | None]:
    """Ask which entry and why; a second person decides."""
    wrong = yield from ask("reversal.entry", _entries((yield from _sought(facts))), group=facts.group)
    about = {"name": wrong.name, "amount": wrong.amount, "day": wrong.day, "what": wrong.what}
    reason = yield from ask("reversal.reason", REASON, **about)
    sure = yield from ask("reversal.confirm", CONFIRM, number=wrong.number, reason=reason, **about)
    return AskReversal(wrong.entry, reason) if sure else None


def _sought(facts: Facts) -> Script[tuple[Booked, ...]]:
    """Ask among what it is looked for, where there is more than one sort of entries."""
    sorts = [sort for sort in Sort if any(sort_of(one.what) is sort for one in facts.entries)]
    if len(sorts) == 1:
        return facts.entries
    chosen = yield from ask(
        "reversal.sort", one_of(*((f"reverse_{sort.value}", sort) for sort in sorts)), group=facts.group
    )
    return tuple(one for one in facts.entries if sort_of(one.what) is chosen)


def _entries(entries: tuple[Booked, ...]) -> OneOf[Booked]:
    def about(one: Booked) -> dict[str, object]:
        return {"number": one.number, "name": one.name, "what": one.what, "amount": one.amount}

    return options([(str(one.entry), "entry", about(one), one) for one in entries])
