"""What one member had saved by the paper books, entered or corrected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from conversations.engine import Script
from conversations.parts import amount_of
from domain.ids import MembershipId
from domain.money import Rial, Unit
from domain.opening import NOTHING, EnterOpeningLine


@dataclass(frozen=True, slots=True)
class Facts:
    """Whose line it is, the day of the balances, and the sums that are named already."""

    subject: MembershipId
    name: str
    unit: Unit
    day: date
    entered: Rial | None = None
    claimed: Rial | None = None


def opening_line(facts: Facts) -> Script[EnterOpeningLine | None]:
    """Ask for the one sum; she confirms it herself."""
    named = tuple(amount for amount in (facts.claimed, facts.entered) if amount)
    savings = yield from amount_of(
        "opening_line.savings",
        facts.unit,
        (*named, NOTHING),
        name=facts.name,
        day=facts.day,
        entered=facts.entered,
        claimed=facts.claimed,
    )
    return EnterOpeningLine(facts.subject, savings)
