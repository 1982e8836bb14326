"""Somebody wants to leave a group, or takes that wish or an application back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from conversations.engine import Choice, Script, ask
from conversations.kinds import CONFIRM, OneOf, Option
from domain.commands import Leave, Stay
from domain.ids import MembershipId
from domain.money import Rial

NO_MONEY = Rial(0)


class Unsettled(StrEnum):
    """Why somebody cannot leave at once."""

    BALANCE = "balance"
    WAITING = "waiting"
    LOAN = "loan"
    FINE = "fine"
    KEEPS = "keeps"
    OFFICE = "office"
    HELPS = "helps"


@dataclass(frozen=True, slots=True)
class Settlement:
    """What is hers in the fund, what settling her loans costs today, and her fines, in rials."""

    savings: Rial
    advance: Rial
    surplus: Rial  # her share of it that was not paid out yet
    settled: Rial  # payable to her already
    debt: Rial = NO_MONEY
    fines: Rial = NO_MONEY  # for saving late

    @property
    def owed(self) -> Rial:
        return self.debt + self.fines

    @property
    def hers(self) -> Rial:
        return self.savings + self.advance + self.surplus + self.settled

    @property
    def covered(self) -> bool:
        """Whether her savings settle what she owes."""
        return self.owed <= self.savings

    @property
    def missing(self) -> Rial:
        """At least this is to be paid of it before her savings cover the rest."""
        return max(self.owed - self.savings, NO_MONEY)

    @property
    def total(self) -> Rial:
        """What she gets; nothing while her savings do not cover what she owes."""
        return self.hers - self.owed if self.covered else NO_MONEY

    @property
    def evens_out(self) -> bool:
        """Whether she owes exactly what is hers: nothing is paid to her."""
        return bool(self.owed) and self.covered and not self.total


NOTHING = Settlement(NO_MONEY, NO_MONEY, NO_MONEY, NO_MONEY)


@dataclass(frozen=True, slots=True)
class Facts:
    """The membership as it stands, and what must be settled first."""

    subject: MembershipId
    group: str
    applied: bool
    wished: bool
    unsettled: tuple[Unsettled, ...]
    hers: Settlement = NOTHING
    sets_off: bool = False  # her savings can settle what she owes
    agreed: bool = True  # once she wished to leave: she agreed to what she gets, or must wait
    helped: str = ""  # whose membership it is, where she has no phone and her helper speaks for her


DECIDE: OneOf[str] = OneOf(
    tuple(Option(Choice(word, word), word) for word in ("settle_and_go", "stay_after_all", "cancel")),
    binding=True,
)


def leave(facts: Facts) -> Script[Leave | Stay | None]:
    """Show what will happen before it does."""
    about = {"group": facts.group, "helped": facts.helped}
    if facts.wished:
        return (yield from _wished(facts))
    shown = {"hers": facts.hers, "sets_off": facts.sets_off}
    if facts.applied:
        sure = yield from ask("leave.withdraw", CONFIRM, group=facts.group)
    elif facts.unsettled:
        sure = yield from ask("leave.as_a_wish", CONFIRM, unsettled=facts.unsettled, **about, **shown)
    else:
        sure = yield from ask("leave.at_once", CONFIRM, **about, **shown)
    return _leaves(facts) if sure else None


def _wished(facts: Facts) -> Script[Leave | Stay | None]:
    """She may stay; or agree to what is hers now, where it could not be said before."""
    about = {"group": facts.group, "helped": facts.helped}
    if facts.agreed:
        staying = yield from ask("leave.take_back", CONFIRM, **about)
        return Stay(facts.subject) if staying else None
    decided = yield from ask("leave.can_settle", DECIDE, hers=facts.hers, **about)
    if decided == "settle_and_go":
        return _leaves(facts)
    return Stay(facts.subject) if decided == "stay_after_all" else None


def _leaves(facts: Facts) -> Leave:
    return Leave(facts.subject, facts.sets_off, facts.sets_off and facts.hers.evens_out)
