"""Whoever leads the meeting writes down the vote of a member without a phone."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM, one_of
from conversations.parts import Candidate, one_member
from domain.ids import ProposalId
from domain.proposals import CastBallot, ProposalKind
from domain.votes import Vote


@dataclass(frozen=True, slots=True)
class Facts:
    """The proposal, and those who cannot vote in an account of their own."""

    subject: ProposalId
    kind: ProposalKind
    words: str
    members: tuple[Candidate, ...]


VOTE = one_of(*((f"vote_{vote.value}", vote) for vote in Vote))


def enter_ballot(facts: Facts) -> Script[CastBallot | None]:
    """Ask whose vote it is and what she said."""
    about = {"kind": facts.kind, "words": facts.words}
    who = yield from ask("enter_ballot.member", one_member(facts.members), **about)
    vote = yield from ask("enter_ballot.vote", VOTE, name=who.name, **about)
    sure = yield from ask("enter_ballot.confirm", CONFIRM, name=who.name, vote=vote, **about)
    return CastBallot(facts.subject, who.membership, vote) if sure else None
