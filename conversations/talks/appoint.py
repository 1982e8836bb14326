"""The facilitator puts a member into an office, until the group elects its own board."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM, one_of
from conversations.parts import Candidate, one_member
from domain.commands import AppointOfficer
from domain.ids import GroupId
from domain.offices import BOARD, Office

OFFICE = one_of(*((f"office_{office.value}", office) for office in BOARD))


@dataclass(frozen=True, slots=True)
class Held:
    """An office and who holds it now."""

    office: Office
    name: str


@dataclass(frozen=True, slots=True)
class Facts:
    """The group, its offices now, and the members who can be reached."""

    subject: GroupId
    group: str
    held: tuple[Held, ...]
    members: tuple[Candidate, ...]


def appoint(facts: Facts) -> Script[AppointOfficer | None]:
    """Ask for the office and the member, and say who leaves it."""
    office = yield from ask("appoint.office", OFFICE, group=facts.group, held=facts.held)
    member = yield from ask("appoint.member", one_member(facts.members), office=office, group=facts.group)
    before = next((held.name for held in facts.held if held.office is office), "")
    sure = yield from ask(
        "appoint.confirm", CONFIRM, group=facts.group, office=office, name=member.name, before=before
    )
    return AppointOfficer(facts.subject, office, member.membership) if sure else None
