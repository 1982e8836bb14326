"""The treasurer did not receive what was reported."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM
from conversations.parts import REASON
from domain.commands import RefuseDeposit
from domain.ids import DepositId
from domain.money import Rial
from domain.posting import PaidFor


@dataclass(frozen=True, slots=True)
class Facts:
    """The deposit as it was reported."""

    subject: DepositId
    revision: int
    name: str
    amount: Rial
    paid_for: PaidFor


def not_received(facts: Facts) -> Script[RefuseDeposit | None]:
    """Ask why, since the member is told."""
    about = {"name": facts.name, "amount": facts.amount, "paid_for": facts.paid_for}
    reason = yield from ask("not_received.reason", REASON, **about)
    if not (
        yield from ask("not_received.confirm", CONFIRM, name=facts.name, amount=facts.amount, reason=reason)
    ):
        return None
    return RefuseDeposit(facts.subject, facts.revision, reason)
