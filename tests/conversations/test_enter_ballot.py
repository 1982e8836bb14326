"""The secretary writes down the vote of a member without a phone."""

from __future__ import annotations

from conversations.parts import Candidate
from conversations.talks.enter_ballot import Facts
from domain.ids import MembershipId, ProposalId
from domain.proposals import CastBallot, ProposalKind
from domain.votes import Vote
from tests.conversations.play import Play

SOGHRA = Candidate(MembershipId(9), "ننه صغری")
GOLNAZ = Candidate(MembershipId(12), "گلناز")
FACTS = Facts(ProposalId(4), ProposalKind.RESOLUTION, "صندوق یک دفتر نو بخرد", (SOGHRA, GOLNAZ))


def test_a_vote_is_written_down(play: Play) -> None:
    """
    bot: enter_ballot.member
    member: [person:9]
    bot: enter_ballot.vote
    member: [vote_yes]
    bot: enter_ballot.confirm
    member: [confirm]
    """
    assert play(FACTS) == CastBallot(ProposalId(4), SOGHRA.membership, Vote.YES)


def test_a_slip_is_taken_back(play: Play) -> None:
    """
    bot: enter_ballot.member
    member: [person:12]
    bot: enter_ballot.vote
    member: [vote_no]
    bot: enter_ballot.confirm
    member: /back
    bot: enter_ballot.vote
    member: شاید
    bot: common.choose
    bot: enter_ballot.vote
    member: [vote_abstain]
    bot: enter_ballot.confirm
    member: [confirm]
    """
    assert play(FACTS) == CastBallot(ProposalId(4), GOLNAZ.membership, Vote.ABSTAIN)


def test_a_no_at_the_end_writes_nothing(play: Play) -> None:
    """
    bot: enter_ballot.member
    member: [person:9]
    bot: enter_ballot.vote
    member: [vote_yes]
    bot: enter_ballot.confirm
    member: [cancel]
    """
    assert play(FACTS) is None
