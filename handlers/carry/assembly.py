"""Putting something to the vote, and voting."""

from __future__ import annotations

from domain.ids import ProposalId
from domain.proposals import Ballots, CastBallot, Propose
from domain.refusals import Refused
from domain.votes import last_day
from handlers.cards import vote
from handlers.menu import menu_of
from handlers.openers.assembly import open_kinds
from handlers.openers.groups import can_act
from handlers.turn import Turn
from handlers.voting import close_vote, open_vote
from storage import assembly, groups, notes
from storage.assembly import ProposalRow
from storage.groups import MemberRow


def propose(turn: Turn, command: Propose) -> None:
    """Open the vote."""
    groups.lock_group(turn.conn, command.group)
    group = turn.group(command.group)
    if command.kind not in open_kinds(turn, group):
        raise Refused("not_for_you")
    turn.record(command, group.id)
    words, _ = notes.add_note(turn.conn, command.words, turn.desk.random_bytes(notes.SALT_BYTES))
    found = open_vote(turn, group.id, command.kind, words, turn.me)
    turn.say("propose.opened", menu_of(turn), group=group.name, day=last_day(found.closes_at))


def cast(turn: Turn, command: CastBallot) -> None:
    """Fill a ballot; the last one closes the vote."""
    found = still_open(turn, command.proposal)
    if found.ballots is not Ballots.OPEN:
        raise Refused("not_found")
    ballots = {one.membership_id: one for one in assembly.ballots_of(turn.conn, found.id)}
    member = turn.member(command.membership)
    _refuse_hand(turn, found, member)
    if member.id not in ballots:
        raise Refused("not_an_elector")
    entered_by = None if member.person_id == turn.me else turn.me
    turn.record(command, found.group_id, (member.person_id, member.helper_id))
    assembly.cast(turn.conn, found.id, member.id, command.vote, turn.now, entered_by)
    others = [one for one in ballots.values() if one.membership_id != member.id]
    last = not any(one.awaited for one in others)
    _answer(turn, found, member, command, last=last)
    if last:
        close_vote(turn, found)
    elif ballots[member.id].vote is None:
        vote.redraw(turn, found)


def still_open(turn: Turn, proposal: ProposalId) -> ProposalRow:
    """Return a vote in which one can still vote, its group locked; a refusal where that is over."""
    found = assembly.locked_proposal(turn.conn, proposal)
    if found is None:
        raise Refused("not_found")
    if found.state != "open":
        raise Refused("vote_is_over")
    if turn.now >= found.closes_at:
        raise Refused("voting_has_ended")
    return found


def _refuse_hand(turn: Turn, found: ProposalRow, member: MemberRow) -> None:
    """Everybody votes herself; for who has no account, whoever leads the meeting writes it down."""
    if member.state != "admitted":
        raise Refused("not_a_member")
    if member.person_id != turn.me and (turn.me != vote.enterer_of(turn, found) or can_act(turn, member)):
        raise Refused("not_yours_to_enter")


def _answer(turn: Turn, found: ProposalRow, member: MemberRow, command: CastBallot, *, last: bool) -> None:
    facts = {**vote.matter_of(turn, found), "vote": command.vote, "day": last_day(found.closes_at)}
    if member.person_id == turn.me:
        turn.say("vote.counted_last" if last else "vote.counted", menu_of(turn), **facts)
        return
    turn.say("vote.entered", menu_of(turn), name=member.name or "", **facts)
    if member.helper_id != turn.me:
        me = turn.names([turn.me]).get(turn.me) or ""
        turn.tell_member(member, "vote.entered_for_you", (), None, by=me, **facts)
