"""Somebody proposes how much everybody saves, and how often."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM, YES_NO, one_of
from conversations.parts import Deciding, amount_of
from domain.bylaws import SavingsAgreement
from domain.calendar import Rhythm
from domain.ids import GroupId
from domain.money import Rial, Unit
from domain.proposals import ProposeRules

FAR = 3
RHYTHM = one_of(*((f"rhythm_{rhythm.value}", rhythm) for rhythm in Rhythm))


@dataclass(frozen=True, slots=True)
class Facts:
    """The group, what is saved so far, and how it would be decided."""

    subject: GroupId
    group: str
    now: SavingsAgreement
    unit: Unit
    usual: tuple[Rial, ...]
    deciding: Deciding


def savings_agreement(facts: Facts) -> Script[ProposeRules | None]:
    """Ask for amount and rhythm; an amount far from what is saved now is asked about once more."""
    amount = yield from amount_of(
        "savings_agreement.amount", facts.unit, facts.usual, group=facts.group, now=facts.now
    )
    if not _near(amount, facts.now.amount) and not (
        yield from ask("savings_agreement.unusual", YES_NO, amount=amount, now=facts.now)
    ):
        return None
    rhythm = yield from ask("savings_agreement.rhythm", RHYTHM, now=facts.now)
    sure = yield from ask(
        "savings_agreement.confirm",
        CONFIRM,
        group=facts.group,
        amount=amount,
        rhythm=rhythm,
        deciding=facts.deciding,
    )
    agreed = SavingsAgreement(amount, rhythm)
    return ProposeRules(facts.subject, agreed) if sure else None


def _near(amount: Rial, now: Rial) -> bool:
    return amount <= FAR * now and now <= FAR * amount
