"""Somebody wants to leave a group, or takes that wish or an application back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM
from domain.commands import Leave, Stay
from domain.ids import MembershipId
from domain.money import Rial


class Unsettled(StrEnum):
    """Why somebody cannot leave at once."""

    BALANCE = "balance"
    WAITING = "waiting"
    LOAN = "loan"
    OFFICE = "office"
    HELPS = "helps"


@dataclass(frozen=True, slots=True)
class Settlement:
    """What is hers in the fund, in rials."""

    savings: Rial
    advance: Rial
    surplus: Rial  # her share of it that was not paid out yet
    settled: Rial  # payable to her already

    @property
    def total(self) -> Rial:
        return self.savings + self.advance + self.surplus + self.settled


NOTHING = Settlement(Rial(0), Rial(0), Rial(0), Rial(0))


@dataclass(frozen=True, slots=True)
class Facts:
    """The membership as it stands, and what must be settled first."""

    subject: MembershipId
    group: str
    applied: bool
    wished: bool
    unsettled: tuple[Unsettled, ...]
    hers: Settlement = NOTHING


def leave(facts: Facts) -> Script[Leave | Stay | None]:
    """Show what will happen before it does."""
    if facts.wished:
        staying = yield from ask("leave.take_back", CONFIRM, group=facts.group)
        return Stay(facts.subject) if staying else None
    if facts.applied:
        sure = yield from ask("leave.withdraw", CONFIRM, group=facts.group)
    elif facts.unsettled:
        shown = {"group": facts.group, "unsettled": facts.unsettled, "hers": facts.hers}
        sure = yield from ask("leave.as_a_wish", CONFIRM, **shown)
    else:
        sure = yield from ask("leave.at_once", CONFIRM, group=facts.group)
    return Leave(facts.subject) if sure else None
