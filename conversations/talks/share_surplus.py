"""Somebody proposes that a surplus be shared."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.engine import Script, Unread, ask
from conversations.kinds import CONFIRM, one_of
from conversations.limits import Limits
from conversations.parts import Deciding, amount_of
from domain.bylaws import SurplusRule
from domain.ids import GroupId
from domain.money import Rial, Unit
from domain.surplus import ShareSurplus, Sharing, figures


@dataclass(frozen=True, slots=True)
class Facts:
    """The surplus there is, and the rule and the weights by which it would be shared; nobody is named."""

    subject: GroupId
    group: str
    year: int
    retained: Rial
    rule: SurplusRule
    weights: tuple[int, ...]
    rounding: Rial
    unit: Unit
    deciding: Deciding


WAY = one_of(("to_savings", True), ("pay_out", False))


def share_surplus(facts: Facts) -> Script[ShareSurplus | None]:
    """Ask how much and how, and show what that comes to."""
    amount = yield from amount_of(
        "share_surplus.amount",
        facts.unit,
        (facts.retained,),
        _limits(facts),
        retained=facts.retained,
        group=facts.group,
        year=facts.year,
    )
    to_savings = yield from ask("share_surplus.way", WAY, amount=amount)
    shared = figures(min(amount, facts.retained), dict(enumerate(facts.weights)), facts.rounding)
    sure = yield from ask(
        "share_surplus.confirm",
        CONFIRM,
        amount=amount,
        to_savings=to_savings,
        rule=facts.rule,
        shared=shared,
        deciding=facts.deciding,
        group=facts.group,
        year=facts.year,
    )
    return ShareSurplus(facts.subject, Sharing(facts.year, amount, to_savings)) if sure else None


def _limits(facts: Facts) -> Limits:
    too_little = Unread("refusals.too_little_for_everybody")
    too_much = Unread("refusals.more_than_the_surplus", {"there": facts.retained})
    return Limits(facts.rounding, facts.retained, too_little, too_much)
