"""What stands in a ballot box says nothing without its key."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.ids import MembershipId, ProposalId
from domain.secrecy import Box, CountedBallot, of_member, of_paper

CHOICES = ("for_1", "for_2", "abstain")
BOX = Box(b"k" * 32, ProposalId(7))
OTHER_KEY = Box(b"x" * 32, ProposalId(7))
OTHER_VOTE = Box(b"k" * 32, ProposalId(8))
VOTERS = [*(of_member(MembershipId(number)) for number in range(1, 41)), *map(of_paper, range(1, 10))]

voters = st.sampled_from(VOTERS)
choices = st.sampled_from(CHOICES)


@given(voters, choices)
def test_a_ballot_is_read_with_its_key_only(voter: str, choice: str) -> None:
    ballot = BOX.sealed(voter, choice)
    assert BOX.opened(ballot, CHOICES) == CountedBallot(BOX.code_of(ballot.id, choice), choice)
    assert OTHER_KEY.opened(ballot, CHOICES) is None
    assert OTHER_VOTE.opened(ballot, CHOICES) is None


@given(voters, choices, choices)
def test_a_voter_finds_her_ballot_again_and_her_code_changes_with_her_vote(
    voter: str, first: str, second: str
) -> None:
    assert BOX.sealed(voter, first).id == BOX.sealed(voter, second).id == BOX.ballot_of(voter)
    ballot = BOX.ballot_of(voter)
    assert (BOX.code_of(ballot, first) == BOX.code_of(ballot, second)) == (first == second)


def test_ballots_and_codes_differ_from_voter_to_voter_and_from_vote_to_vote() -> None:
    ballots = {box.sealed(voter, "abstain") for box in (BOX, OTHER_VOTE, OTHER_KEY) for voter in VOTERS}
    assert len({one.id for one in ballots}) == len({one.choice for one in ballots}) == 3 * len(VOTERS)
    said = [(voter, choice) for voter in VOTERS for choice in CHOICES]
    assert len({BOX.code_of(BOX.ballot_of(voter), choice) for voter, choice in said}) == len(said)


def test_ballots_of_votes_that_are_open_already_stay_valid() -> None:
    """Whoever voted before a new version came finds her ballot and her code as they were."""
    ballot = BOX.sealed(of_member(MembershipId(1)), "for_1")
    assert (ballot.id.hex(), ballot.choice.hex()) == (
        "2256c2815e0c25fdb5bf44d1c028c8b6",
        "ab13673fe3979109c52ddacb8d02c565",
    )
    assert BOX.code_of(ballot.id, "for_1") == "4NNAM44"


def test_equal_votes_do_not_look_equal() -> None:
    assert len({BOX.sealed(voter, "for_1").choice for voter in VOTERS}) == len(VOTERS)
