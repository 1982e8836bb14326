"""Taps on the card of a vote, and on the assembly's page."""

from __future__ import annotations

from collections.abc import Mapping

from domain.bank_loans import AnswerBankShare
from domain.elections import CastSecretBallot
from domain.ids import GroupId, MembershipId, ProposalId
from domain.proposals import Ballots, CastBallot
from domain.refusals import Refused
from domain.votes import Vote
from handlers.cards import bank_share, contest
from handlers.cards import vote as card
from handlers.cards.matter import explanation
from handlers.carry_out import carry_out
from handlers.turn import Turn
from handlers.views import rules
from storage import assembly, groups
from storage.assembly import ProposalRow

TALKS = frozenset({"propose", "elect", "expel", "share_bank_loan"})
VOTES: Mapping[str, Vote] = {vote.value: vote for vote in Vote}


def on_vote(turn: Turn, number: int, choice: str, revision: int) -> str | None:  # noqa: ARG001 — every press is called alike
    """Cast one's ballot, or name the talk that enters somebody else's."""
    found = found_of(turn, ProposalId(number))
    secret = found.ballots is Ballots.SECRET
    if choice == "enter":
        return "enter_papers" if secret else "enter_ballot"
    if choice == "read":
        _read(turn, found)
    elif choice == "code" and secret:
        contest.say_code(turn, found, membership_of(turn, found))
    elif secret:
        _carried(turn, CastSecretBallot(found.id, membership_of(turn, found), choice), found)
    elif choice in VOTES:
        _carried(turn, CastBallot(found.id, membership_of(turn, found), VOTES[choice]), found)
    return None


def on_page(turn: Turn, number: int, choice: str, revision: int) -> str | None:  # noqa: ARG001 — as above
    """Show the rules of the group, or name the talk to begin."""
    if choice == "rules":
        rules.page(turn, GroupId(number))
    return choice if choice in TALKS else None


def on_bank_share(turn: Turn, number: int, choice: str, revision: int) -> None:  # noqa: ARG001 — as above
    """Agree to one's share of a bank loan, or that of whom one helps, or decline."""
    membership, agreed = bank_share.named(choice)
    carry_out(turn, AnswerBankShare(ProposalId(number), membership, agreed))


def _carried(turn: Turn, ballot: CastBallot | CastSecretBallot, found: ProposalRow) -> None:
    """Cast it; a vote that is over shows its result."""
    try:
        carry_out(turn, ballot)
    except Refused as refused:
        if refused.name != "vote_is_over":
            raise
        turn.say("vote.over")
        turn.say(card.text_of(found), **card.facts_of(turn, found))


def _read(turn: Turn, found: ProposalRow) -> None:
    """Show once more what is to be read before the vote, to those it is for."""
    membership_of(turn, found)
    for page in explanation(turn, found):
        turn.say(page.text, None, page.file, **page.facts)


def found_of(turn: Turn, proposal_id: ProposalId) -> ProposalRow:
    """Return a proposal that a button names."""
    found = assembly.proposal_by_id(turn.conn, proposal_id)
    if found is None:
        raise Refused("not_found")
    return found


def membership_of(turn: Turn, found: ProposalRow) -> MembershipId:
    """Return the membership in which this person votes."""
    for member in groups.memberships_of(turn.conn, turn.me):
        if member.group_id == found.group_id and member.state == "admitted":
            return member.id
    raise Refused("not_a_member")
