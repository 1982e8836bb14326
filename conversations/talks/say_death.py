"""One of the board says that a member has died."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM, NAME
from conversations.parts import Candidate, one_member
from domain.ids import GroupId
from domain.parting import SayDeath


@dataclass(frozen=True, slots=True)
class Facts:
    """The group and its members, but for oneself and whom one helps."""

    subject: GroupId
    group: str
    members: tuple[Candidate, ...]


def say_death(facts: Facts) -> Script[SayDeath | None]:
    """Ask who, and who inherits; say what follows."""
    who = yield from ask("say_death.who", one_member(facts.members), group=facts.group)
    heir = yield from ask("say_death.heir", NAME, name=who.name)
    sure = yield from ask("say_death.confirm", CONFIRM, group=facts.group, name=who.name, heir=heir)
    return SayDeath(who.membership, heir) if sure else None
