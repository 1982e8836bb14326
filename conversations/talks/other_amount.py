"""The treasurer counted another amount than was reported."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM
from conversations.parts import amount_of
from domain.commands import OfferAmount
from domain.ids import DepositId
from domain.money import Rial, Unit


@dataclass(frozen=True, slots=True)
class Facts:
    """The deposit as it was reported."""

    subject: DepositId
    revision: int
    name: str
    reported: Rial
    unit: Unit


def other_amount(facts: Facts) -> Script[OfferAmount | None]:
    """Ask what was counted; the payer is asked whether that is right."""
    counted = yield from amount_of(
        "other_amount.counted", facts.unit, name=facts.name, reported=facts.reported
    )
    if not (
        yield from ask(
            "other_amount.confirm", CONFIRM, name=facts.name, reported=facts.reported, counted=counted
        )
    ):
        return None
    return OfferAmount(facts.subject, facts.revision, counted)
