"""An applicant is not admitted, and is told why."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM
from conversations.parts import REASON
from domain.commands import DeclineApplicant
from domain.ids import MembershipId


@dataclass(frozen=True, slots=True)
class Facts:
    """Who applied, and where."""

    subject: MembershipId
    name: str
    group: str


def decline_applicant(facts: Facts) -> Script[DeclineApplicant | None]:
    """Ask why, since the applicant is told in these words."""
    reason = yield from ask("decline_applicant.reason", REASON, name=facts.name, group=facts.group)
    sure = yield from ask(
        "decline_applicant.confirm", CONFIRM, name=facts.name, group=facts.group, reason=reason
    )
    return DeclineApplicant(facts.subject, reason) if sure else None
