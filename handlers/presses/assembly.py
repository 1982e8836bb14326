"""Taps on the card of a vote, and on the assembly's page."""

from __future__ import annotations

from domain.ids import MembershipId, ProposalId
from domain.proposals import CastBallot
from domain.refusals import Refused
from domain.votes import Vote
from handlers.cards import vote
from handlers.carry_out import carry_out
from handlers.turn import Turn
from storage import assembly, groups
from storage.assembly import ProposalRow


def on_vote(turn: Turn, number: int, choice: str, revision: int) -> str | None:  # noqa: ARG001 — every press is called alike
    """Cast one's ballot, or name the talk that enters another's; a vote that is over shows its result."""
    found = assembly.proposal_by_id(turn.conn, ProposalId(number))
    if found is None:
        raise Refused("not_found")
    if found.state != "open":
        _show_result(turn, found)
        return None
    if choice == "enter":
        return "enter_ballot"
    try:
        carry_out(turn, CastBallot(found.id, _own(turn, found), Vote(choice)))
    except Refused as refused:
        closed = assembly.proposal_by_id(turn.conn, found.id)
        if refused.name != "vote_is_over" or closed is None:
            raise
        _show_result(turn, closed)
    return None


def on_page(turn: Turn, number: int, choice: str, revision: int) -> str | None:  # noqa: ARG001 — as above
    """Name the talk to begin."""
    return choice if choice == "propose" else None


def _show_result(turn: Turn, found: ProposalRow) -> None:
    turn.say("vote.over")
    turn.say(vote.text_of(found), **vote.facts_of(turn, found))


def _own(turn: Turn, found: ProposalRow) -> MembershipId:
    """Return the membership in which this person votes."""
    for member in groups.memberships_of(turn.conn, turn.me):
        if member.group_id == found.group_id and member.state == "admitted":
            return member.id
    raise Refused("not_a_member")
