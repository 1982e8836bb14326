"""When a group meets by what it resolved last."""

from __future__ import annotations

from collections.abc import Mapping

from domain import matters
from domain.ids import GroupId
from domain.meetings import Meetings, next_meeting
from domain.proposals import ProposalKind
from handlers.turn import Turn
from storage import assembly


def meetings_of(turn: Turn, group_id: GroupId) -> Meetings | None:
    """Return when and where a group meets; None where it has not decided."""
    stored = assembly.matter_in_force(turn.conn, group_id, ProposalKind.MEETINGS)
    return None if stored is None else matters.carried(stored, Meetings)


def shown_meetings(turn: Turn, group_id: GroupId) -> Mapping[str, object]:
    """Return what pages say of the meetings: their days in words, and the next one."""
    plan = meetings_of(turn, group_id)
    if plan is None:
        return {"meetings": "", "next_meeting": None}
    words = turn.desk.texts.render("meetings.words", {"plan": plan})
    return {"meetings": words, "next_meeting": next_meeting(plan, turn.now)}
