"""Somebody calls the election of the board, of the representatives in the kanoon, or of one office."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM, one_of
from domain.elections import ORDER, CallElection
from domain.ids import GroupId
from domain.offices import KANOON


@dataclass(frozen=True, slots=True)
class Facts:
    """The group, how many members are asked, and for how many days names are gathered, as adopted or ours."""

    subject: GroupId
    group: str
    voters: int
    days: int
    whole: bool  # whether the assembly ever voted on its bylaws


OFFICES = one_of(
    ("whole_board", ORDER),
    *((f"office_{office.value}", (office,)) for office in ORDER),
    ("representatives", KANOON),
    *((f"office_{office.value}", (office,)) for office in KANOON),
)


def elect(facts: Facts) -> Script[CallElection | None]:
    """Ask which offices are up, and say what follows."""
    offices = yield from ask("elect.offices", OFFICES, group=facts.group)
    about = {"group": facts.group, "offices": offices, "voters": facts.voters}
    sure = yield from ask("elect.confirm", CONFIRM, **about, days=facts.days, whole=facts.whole)
    return CallElection(facts.subject, offices) if sure else None
