"""The assembly: what is voted on, what was resolved last, and the way to propose."""

from __future__ import annotations

from domain.calendar import local_day
from domain.proposals import ProposalKind
from handlers.cards import vote
from handlers.cards.objection import begin_button
from handlers.standing import in_group
from handlers.turn import Press, Turn
from storage import assembly

KIND = "a"
RESOLUTIONS_SHOWN = 5


def page(turn: Turn) -> None:
    """Say how things stand, then show every open vote with its buttons."""
    member, group, _ = in_group(turn)
    running = assembly.open_proposals(turn.conn, group.id)
    meetings = assembly.latest_of_kind(turn.conn, group.id, ProposalKind.MEETINGS)
    resolved = assembly.latest_resolutions(turn.conn, group.id, RESOLUTIONS_SHOWN)
    turn.say_with(
        "assembly.page",
        [
            [Press(KIND, group.id, "propose", 0, "propose"), begin_button(turn, member)],
            [Press(KIND, group.id, "rules", 0, "open_rules"), Press(KIND, group.id, "elect", 0, "elect")],
        ],
        group=group.name,
        meetings=(meetings.words or "") if meetings else "",
        votes=len(running),
        resolutions=[(one.number, local_day(one.resolved_at), one.kind, one.words or "") for one in resolved],
    )
    for found in running:
        vote.send_card(turn, found, member)
