"""Voting secretly: the roll notes that somebody voted, the box what; nothing holds the two together."""

from __future__ import annotations

from collections.abc import Collection

from domain.elections import CastSecretBallot, EnterPapers
from domain.ids import MembershipId
from domain.proposals import Ballots
from domain.refusals import Refused
from domain.secrecy import of_member, of_paper
from domain.votes import last_day
from handlers.cards import contest, vote
from handlers.carry.assembly import still_open
from handlers.menu import menu_of
from handlers.openers.elections import papers_of
from handlers.turn import Turn
from handlers.voting import close_vote
from storage import assembly, ballot_box, traces
from storage.assembly import BallotRow, ProposalRow
from storage.groups import MemberRow

Roll = dict[MembershipId, BallotRow]


def cast(turn: Turn, command: CastSecretBallot) -> None:
    """Put a ballot into the box, or change the one that lies there; the last one closes the vote."""
    found, roll = _roll(turn, still_open(turn, command.proposal), (command.choice,))
    member = turn.member(command.membership)
    if member.person_id != turn.me:
        raise Refused("not_yours_to_enter")
    if member.state != "admitted":
        raise Refused("not_a_member")
    if member.id not in roll:
        raise Refused("not_an_elector")
    if roll[member.id].entered_by is not None:
        raise Refused("voted_on_paper")
    box = contest.box_of(turn, found.id)
    turn.record(command, found.group_id)
    ballot_box.rewrite(turn.conn, found.id, [box.sealed(of_member(member.id), command.choice)])
    assembly.cast(turn.conn, found.id, member.id, None, turn.now, None)
    last = _was_last(roll, {member.id})
    text = "contest.counted_last" if last else "contest.counted"
    facts = {**vote.matter_of(turn, found), "day": last_day(found.closes_at)}
    turn.say_with(text, [[contest.code_button(vote.KIND, found)]], **facts)
    _go_on(turn, found, last=last, first=roll[member.id].cast_at is None)


def enter_papers(turn: Turn, command: EnterPapers) -> None:
    """Enter the sealed papers of a meeting, in place of those entered before.

    Who handed one in goes into the roll; the papers, which were mixed, go into the box under slots.
    """
    found, roll = _roll(turn, still_open(turn, command.proposal), command.papers)
    if turn.me != vote.enterer_of(turn, found):
        raise Refused("not_yours_to_enter")
    may, handed_in = {m.id for m in papers_of(turn, found)}, set(command.handed_in)
    if not handed_in <= may or len(handed_in) != len(command.papers):
        raise Refused("not_yours_to_enter")
    box = contest.box_of(turn, found.id)
    turn.record(command, found.group_id)
    slots = [of_paper(slot) for slot in range(1, len(roll) + 1)]
    papers = [box.sealed(slot, paper) for slot, paper in zip(slots, command.papers, strict=False)]
    ballot_box.rewrite(turn.conn, found.id, papers, [box.ballot_of(slot) for slot in slots])
    for member in may:
        given = member in handed_in
        at, by = (turn.now, turn.me) if given else (None, None)
        assembly.cast(turn.conn, found.id, member, None, at, by)
    turn.say("contest.papers_entered", menu_of(turn), count=len(papers), **vote.matter_of(turn, found))
    awaiting = {**roll, **{one: roll[one]._replace(cast_at=None) for one in may}}
    _go_on(turn, found, last=_was_last(awaiting, handed_in), first=True)


def join(turn: Turn, staying: MemberRow, going: MemberRow) -> None:
    """Of two memberships that become one, the one that stays has the ballot: see `join_ballots`."""
    for found in assembly.open_proposals(turn.conn, going.group_id):
        if found.ballots is Ballots.SECRET:
            _join(turn, found, staying.id, going.id)


def _join(turn: Turn, found: ProposalRow, staying: MembershipId, going: MembershipId) -> None:
    found, roll = _roll(turn, found, ())
    if going not in roll or roll[going].cast_at is None or roll[going].entered_by is not None:
        return
    box, choices = contest.box_of(turn, found.id), contest.choices_of(found)
    ballot, kept = box.ballot_of(of_member(going)), []
    if staying not in roll or roll[staying].cast_at is None:
        sealed = (one for one in ballot_box.sealed_in(turn.conn, found.id) if one.id == ballot)
        opened = (box.opened(one, choices) for one in sealed)
        kept = [box.sealed(of_member(staying), one.choice) for one in opened if one is not None]
    ballot_box.rewrite(turn.conn, found.id, kept, [ballot])
    traces.leave(turn.conn, turn.now)


def _roll(turn: Turn, found: ProposalRow, choices: Collection[str]) -> tuple[ProposalRow, Roll]:
    """Return a secret vote and its roll; a refusal where it is none or has no such choices."""
    if found.ballots is not Ballots.SECRET:
        raise Refused("not_found")
    if not set(choices) <= set(contest.choices_of(found)):
        raise Refused("not_found")
    return found, {one.membership_id: one for one in assembly.ballots_of(turn.conn, found.id)}


def _was_last(roll: Roll, now: Collection[MembershipId]) -> bool:
    """Tell whether nobody is awaited once these have voted."""
    return not any(one.awaited for one in roll.values() if one.membership_id not in now)


def _go_on(turn: Turn, found: ProposalRow, *, last: bool, first: bool) -> None:
    traces.leave(turn.conn, turn.now)
    if last:
        close_vote(turn, found)
    elif first:
        vote.redraw(turn, found)
