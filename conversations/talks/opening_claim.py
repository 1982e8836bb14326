"""A member says that her line is not right, her savings or what is left of her loans, and what would be."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM, one_of
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
    owed: Rial = NOTHING  # what is left of her loans by the paper book


WHICH = one_of(("claim_savings", False), ("claim_loan", True))


def opening_claim(facts: Facts) -> Script[DisputeOpeningLine | None]:
    """Ask what is not right, and for the right sum, which goes back to whoever entered the other one."""
    of_loan = bool(facts.owed) and (yield from ask("opening_claim.which", WHICH, name=facts.name))
    entered, usual = (facts.owed, (facts.owed, NOTHING)) if of_loan else (facts.savings, (NOTHING,))
    of: dict[str, object] = {"name": facts.name, "of_loan": of_loan, "entered": entered}
    amount = yield from amount_of("opening_claim.amount", facts.unit, usual, **of)
    sure = yield from ask("opening_claim.confirm", CONFIRM, amount=amount, **of)
    return DisputeOpeningLine(facts.subject, facts.revision, amount, of_loan) if sure else None
