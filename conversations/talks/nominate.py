"""A member names another for an office."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM, one_of
from conversations.parts import Candidate, one_member
from domain.elections import Nominate
from domain.ids import ProposalId
from domain.offices import Office


@dataclass(frozen=True, slots=True)
class Facts:
    """The election, the offices that are up, and who can be named."""

    subject: ProposalId
    group: str
    offices: tuple[Office, ...]
    members: tuple[Candidate, ...]


def nominate(facts: Facts) -> Script[Nominate | None]:
    """Ask for the office, where there is more than one, and for the member."""
    office = facts.offices[0]
    if len(facts.offices) > 1:
        offered = one_of(*((f"office_{one.value}", one) for one in facts.offices))
        office = yield from ask("nominate.office", offered, group=facts.group)
    member = yield from ask("nominate.member", one_member(facts.members), office=office, group=facts.group)
    sure = yield from ask("nominate.confirm", CONFIRM, office=office, group=facts.group, name=member.name)
    return Nominate(facts.subject, office, member.membership) if sure else None
