"""Somebody wants to leave a group, or takes that wish or an application back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM
from domain.commands import Leave, Stay
from domain.ids import MembershipId


class Unsettled(StrEnum):
    """Why somebody cannot leave at once."""

    BALANCE = "balance"
    WAITING = "waiting"
    LOAN = "loan"
    OFFICE = "office"
    HELPS = "helps"


@dataclass(frozen=True, slots=True)
class Facts:
    """The membership as it stands, and what must be settled first."""

    subject: MembershipId
    group: str
    applied: bool
    wished: bool
    unsettled: tuple[Unsettled, ...]


def leave(facts: Facts) -> Script[Leave | Stay | None]:
    """Show what will happen before it does."""
    if facts.wished:
        staying = yield from ask("leave.take_back", CONFIRM, group=facts.group)
        return Stay(facts.subject) if staying else None
    if facts.applied:
        sure = yield from ask("leave.withdraw", CONFIRM, group=facts.group)
    elif facts.unsettled:
        sure = yield from ask("leave.as_a_wish", CONFIRM, group=facts.group, unsettled=facts.unsettled)
    else:
        sure = yield from ask("leave.at_once", CONFIRM, group=facts.group)
    return Leave(facts.subject) if sure else None
