"""How a group elects its board: one ballot for each office, a second one, and then the lot.

Quorum and calls are those of every vote (`domain.votes`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from domain.ids import GroupId, MembershipId, NominationId, ProposalId
from domain.offices import KANOON, Office
from domain.votes import Tally, Vote

ORDER = (Office.CHAIR, Office.TREASURER, Office.SECRETARY)
FIRST_BALLOT, SECOND_BALLOT = 1, 2
TOLD_DAYS_BEFORE = 30  # that a term ends


@dataclass(frozen=True, slots=True)
class Election:
    """The offices that are up."""

    offices: tuple[Office, ...]


@dataclass(frozen=True, slots=True)
class Seat:
    """An office, and who was elected to it."""

    office: Office
    who: MembershipId


@dataclass(frozen=True, slots=True)
class Contest:
    """One ballot of an election: who stands for an office, and who was elected to others before."""

    election: ProposalId
    office: Office
    candidates: tuple[MembershipId, ...]
    ballot: int = FIRST_BALLOT
    seats: tuple[Seat, ...] = ()

    @property
    def sole(self) -> bool:
        """Tell whether only one stands: then it is yes or no."""
        return len(self.candidates) == 1

    @property
    def choices(self) -> tuple[str, ...]:
        """Return all that a ballot can say."""
        if self.sole:
            return tuple(vote.value for vote in Vote)
        return (*(naming(who) for who in self.candidates), Vote.ABSTAIN.value)


@dataclass(frozen=True, slots=True)
class CallElection:
    """Begin the election of some offices of a group."""

    group: GroupId
    offices: tuple[Office, ...]


@dataclass(frozen=True, slots=True)
class Nominate:
    """Name a member for an office; whoever names herself has consented."""

    election: ProposalId
    office: Office
    membership: MembershipId


@dataclass(frozen=True, slots=True)
class AnswerNomination:
    """Consent to stand for an office, or decline."""

    nomination: NominationId
    accepted: bool


@dataclass(frozen=True, slots=True)
class NameNobodyElse:
    """Say that one has no more names for an election."""

    election: ProposalId


@dataclass(frozen=True, slots=True)
class CastSecretBallot:
    """Vote secretly, or change one's vote, in an account of one's own."""

    proposal: ProposalId
    membership: MembershipId
    choice: str


@dataclass(frozen=True, slots=True)
class EnterPapers:
    """Enter the papers of members without a phone: who handed one in, and what the mixed papers say."""

    proposal: ProposalId
    handed_in: tuple[MembershipId, ...]
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Elected:
    """Who was elected."""

    who: MembershipId
    by_lot: bool = False


@dataclass(frozen=True, slots=True)
class SecondBallot:
    """Nobody has enough; these are voted on once more."""

    candidates: tuple[MembershipId, ...]


@dataclass(frozen=True, slots=True)
class NobodyElected:
    """The office stays as it was."""


ElectionCommand = CallElection | Nominate | AnswerNomination | NameNobodyElse | CastSecretBallot | EnterPapers
Verdict = Elected | SecondBallot | NobodyElected


def naming(who: MembershipId) -> str:
    """Return what a ballot says that names this candidate."""
    return f"for_{who}"


def in_order(offices: Collection[Office]) -> tuple[Office, ...]:
    """Return offices in the order in which they are voted on."""
    return tuple(office for office in (*ORDER, *KANOON) if office in offices)


def decide(
    contest: Contest, votes: Mapping[str, int], eligible: Collection[MembershipId], drawn: int
) -> Verdict:
    """Decide a ballot that had its quorum.

    `votes` counts the ballots by what they say; ballots for who is not eligible any more name nobody. `drawn`
    is a large number drawn by chance, of which the lot is made where one is needed.
    """
    standing = [who for who in contest.candidates if who in eligible]
    if contest.sole:
        chosen = standing and votes.get(Vote.YES, 0) > votes.get(Vote.NO, 0)
        return Elected(standing[0]) if chosen else NobodyElected()
    named = {who: votes.get(naming(who), 0) for who in standing}
    total, most = sum(named.values()), max(named.values(), default=0)
    leading = [who for who in standing if named[who] == most]
    if not total:
        return NobodyElected()
    if 2 * most > total:
        return Elected(leading[0])
    if contest.ballot == FIRST_BALLOT:
        return SecondBallot(_first_two(named))
    return Elected(leading[drawn % len(leading)], by_lot=len(leading) > 1)


def _first_two(named: Mapping[MembershipId, int]) -> tuple[MembershipId, ...]:
    """Return the first two, and all who have as many votes as the second."""
    border = sorted(named.values(), reverse=True)[1]
    return tuple(who for who, votes in named.items() if votes >= border)


def figures(electors: int, votes: Mapping[str, int], elected: MembershipId | None) -> Tally:
    """Return the figures of a resolution: for whom it names, for others or against, naming nobody."""
    yes = sum(votes.get(choice, 0) for choice in won_by(elected))
    abstained = votes.get(Vote.ABSTAIN, 0)
    return Tally(electors, yes, sum(votes.values()) - yes - abstained, abstained)


def won_by(elected: MembershipId | None) -> Sequence[str]:
    """Return what ballots say that speak for the one elected, or for a proposal."""
    return (Vote.YES.value,) if elected is None else (Vote.YES.value, naming(elected))


TYPES = {kind.__name__: kind for kind in (Election, Contest, Seat, Office)}
