"""A member says that her line is not right, and what would be."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM
from conversations.parts import amount_of
from domain.ids import OpeningLineId
from domain.money import Rial, Unit
from domain.opening import NOTHING, DisputeOpeningLine


@dataclass(frozen=True, slots=True)
class Facts:
    """The line as it was shown."""

    subject: OpeningLineId
    revision: int
    name: str
    unit: Unit
    savings: Rial


def opening_claim(facts: Facts) -> Script[DisputeOpeningLine | None]:
    """Ask for the right sum, which goes back to whoever entered the other one."""
    name, savings = facts.name, facts.savings
    amount = yield from amount_of("opening_claim.amount", facts.unit, (NOTHING,), name=name, savings=savings)
    sure = yield from ask("opening_claim.confirm", CONFIRM, amount=amount, name=name, savings=savings)
    return DisputeOpeningLine(facts.subject, facts.revision, amount) if sure else None
