"""Facts for proposing that a membership ends, and for saying that a member has died."""

from __future__ import annotations

from conversations.parts import Candidate
from conversations.talks import expel as expelling
from conversations.talks import say_death as dying
from domain.ids import GroupId
from domain.proposals import ProposalKind
from domain.refusals import Refused
from domain.votes import Majority
from handlers.cards import contest
from handlers.openers.assembly import deciding_of, open_kinds
from handlers.turn import Turn
from storage import assembly, deaths, groups


def say_death(turn: Turn, subject: int | None) -> dying.Facts:
    """Everybody of whom one of the board may say it; `subject` is the group."""
    group = turn.group(GroupId(subject or 0))
    if turn.me not in groups.offices_of(turn.conn, group).board:
        raise Refused("not_for_you")
    members = tuple(
        Candidate(m.id, m.name or "")
        for m in groups.members(turn.conn, group.id)
        if turn.me not in (m.person_id, m.helper_id) and deaths.death_of(turn.conn, m.id) is None
    )
    if not members:
        raise Refused("no_members_yet", group=group.name)
    return dying.Facts(group.id, group.name, members)


def expel(turn: Turn, subject: int | None) -> expelling.Facts:
    """Everybody but oneself whom no such vote is about already; `subject` is the group."""
    contest.ballot_key(turn)
    group = turn.group(GroupId(subject or 0))
    open_kinds(turn, group)
    running = assembly.open_proposals(turn.conn, group.id)
    voted = {one.concerns for one in running if one.kind is ProposalKind.EXPULSION}
    members = tuple(
        Candidate(m.id, m.name or "")
        for m in groups.members(turn.conn, group.id)
        if turn.me not in (m.person_id, m.helper_id) and m.id not in voted
    )
    if not members:
        raise Refused("no_members_yet", group=group.name)
    return expelling.Facts(group.id, group.name, members, deciding_of(turn, group, Majority.QUALIFIED))
