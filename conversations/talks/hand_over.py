"""Cash that somebody kept while there was no treasurer goes to the treasurer; the other side agrees."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.engine import Script, Unread, ask
from conversations.kinds import CONFIRM, OneOf, options
from conversations.limits import Limits
from conversations.parts import amount_of
from domain.ids import GroupId, PersonId
from domain.money import Rial, Unit
from domain.moves import HandOver


@dataclass(frozen=True, slots=True)
class Kept:
    """Cash under somebody's name, in rials; `holder` is that name in the books."""

    holder: PersonId
    name: str
    amount: Rial


@dataclass(frozen=True, slots=True)
class Facts:
    """The cash that may be handed over, and to whom."""

    subject: GroupId
    group: str
    unit: Unit
    treasurer: str
    kept: tuple[Kept, ...]


def hand_over(facts: Facts) -> Script[HandOver | None]:
    """Ask whose cash it is and how much of it was handed over; all of it is a button."""
    one = (
        facts.kept[0]
        if len(facts.kept) == 1
        else (yield from ask("hand_over.keeper", _kept(facts), group=facts.group))
    )
    about = {"name": one.name, "treasurer": facts.treasurer}
    shown = {"kept": one.amount, **about}
    no = Unread("hand_over.not_kept", shown)
    limits = Limits(Rial(1), one.amount, no, no)
    amount = yield from amount_of("hand_over.amount", facts.unit, (one.amount,), limits, **shown)
    sure = yield from ask("hand_over.confirm", CONFIRM, group=facts.group, amount=amount, **about)
    return HandOver(facts.subject, one.holder, amount) if sure else None


def _kept(facts: Facts) -> OneOf[Kept]:
    return options(
        [(str(one.holder), "kept_cash", {"name": one.name, "amount": one.amount}, one) for one in facts.kept]
    )
