"""The assembly: what is voted on, what was resolved last, and the way to propose."""

from __future__ import annotations

from domain.calendar import local_day
from domain.offices import Offices
from domain.proposals import KINDS
from handlers.cards import bank_share, vote
from handlers.cards.objection import begin_button
from handlers.meetings import shown_meetings
from handlers.standing import in_group
from handlers.turn import Press, Rows, Turn
from storage import assembly
from storage.groups import MemberRow

KIND = "a"
RESOLUTIONS_SHOWN = 5


def page(turn: Turn) -> None:
    """Say how things stand, then show every open vote with its buttons."""
    member, group, offices = in_group(turn)
    running = assembly.open_proposals(turn.conn, group.id)
    resolved = assembly.latest_resolutions(turn.conn, group.id, RESOLUTIONS_SHOWN)
    turn.say_with(
        "assembly.page",
        _rows(turn, member, offices),
        group=group.name,
        **shown_meetings(turn, group.id),
        votes=sum(not KINDS[one.kind].quiet for one in running),
        resolutions=[(one.number, local_day(one.resolved_at), one.kind, one.words or "") for one in resolved],
    )
    for one in running:
        if KINDS[one.kind].quiet:
            bank_share.send_cards(turn, one, turn.me)
        else:
            vote.send_card(turn, one, member)


def _rows(turn: Turn, member: MemberRow, offices: Offices) -> Rows:
    """Return the ways to propose; chair and treasurer may share a bank loan out."""
    rows = [
        [_press(member, "propose", "propose"), begin_button(turn, member)],
        [_press(member, "rules", "open_rules"), _press(member, "elect", "elect")],
    ]
    if turn.me in (offices.chair, offices.treasurer):
        rows.append([_press(member, "share_bank_loan", "share_bank_loan")])
    return [*rows, [_press(member, "expel", "expel")]]


def _press(member: MemberRow, choice: str, word: str) -> Press:
    return Press(KIND, member.group_id, choice, 0, word)
