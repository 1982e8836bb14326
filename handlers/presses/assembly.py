"""Taps on the card of a vote, and on the assembly's page."""

from __future__ import annotations

from collections.abc import Mapping

from domain.ids import GroupId, MembershipId, ProposalId
from domain.proposals import CastBallot
from domain.refusals import Refused
from domain.votes import Vote
from handlers.cards import vote as card
from handlers.cards.matter import explanation
from handlers.carry_out import carry_out
from handlers.turn import Turn
from handlers.views import rules
from storage import assembly, groups
from storage.assembly import ProposalRow

VOTES: Mapping[str, Vote] = {vote.value: vote for vote in Vote}


def on_vote(turn: Turn, number: int, choice: str, revision: int) -> str | None:  # noqa: ARG001 — every press is called alike
    """Cast one's ballot, or name the talk that enters somebody else's."""
    if choice in VOTES:
        _cast(turn, ProposalId(number), VOTES[choice])
        return None
    if choice == "read":
        _read(turn, _found(turn, ProposalId(number)))
    return "enter_ballot" if choice == "enter" else None


def on_page(turn: Turn, number: int, choice: str, revision: int) -> str | None:  # noqa: ARG001 — as above
    """Show the rules of the group, or name the talk to begin."""
    if choice == "rules":
        rules.page(turn, GroupId(number))
    return choice if choice == "propose" else None


def _cast(turn: Turn, proposal_id: ProposalId, vote: Vote) -> None:
    """Cast it; a vote that is over shows its result."""
    try:
        carry_out(turn, CastBallot(proposal_id, _own(turn, _found(turn, proposal_id)), vote))
    except Refused as refused:
        if refused.name != "vote_is_over":
            raise
        turn.say("vote.over")
        closed = _found(turn, proposal_id)
        turn.say(card.text_of(closed), **card.facts_of(turn, closed))


def _read(turn: Turn, found: ProposalRow) -> None:
    """Show once more what is to be read before the vote, to those it is for."""
    _own(turn, found)
    for page in explanation(turn, found):
        turn.say(page.text, None, page.file, **page.facts)


def _found(turn: Turn, proposal_id: ProposalId) -> ProposalRow:
    found = assembly.proposal_by_id(turn.conn, proposal_id)
    if found is None:
        raise Refused("not_found")
    return found


def _own(turn: Turn, found: ProposalRow) -> MembershipId:
    """Return the membership in which this person votes."""
    for member in groups.memberships_of(turn.conn, turn.me):
        if member.group_id == found.group_id and member.state == "admitted":
            return member.id
    raise Refused("not_a_member")
