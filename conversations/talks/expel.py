"""A member proposes that the membership of another ends."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM
from conversations.parts import SHORT_REASON, Candidate, Deciding, one_member
from domain.ids import GroupId
from domain.parting import Expulsion, ProposeExpulsion


@dataclass(frozen=True, slots=True)
class Facts:
    """The group, those whom it may be about, and how it would be decided."""

    subject: GroupId
    group: str
    members: tuple[Candidate, ...]
    deciding: Deciding


def expel(facts: Facts) -> Script[ProposeExpulsion | None]:
    """Ask about whom and why; all others vote, secretly."""
    chosen = yield from ask("expel.who", one_member(facts.members), group=facts.group)
    reason = yield from ask("expel.why", SHORT_REASON, name=chosen.name)
    about = {"group": facts.group, "name": chosen.name, "reason": reason, "deciding": facts.deciding}
    sure = yield from ask("expel.confirm", CONFIRM, **about)
    return ProposeExpulsion(facts.subject, Expulsion(chosen.membership), reason) if sure else None
