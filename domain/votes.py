"""How an assembly decides: who counts, what is enough, and until when.

The numbers of `VotingRules` are our proposal; a group's bylaws may say otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

from domain.calendar import local_day, moment_of

REMINDED_AT = 9  # o'clock, on the last day
MOST_AT_ONCE = 5  # open votes of a group; a vote is a message to everybody


class Vote(StrEnum):
    """What a ballot says."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


class Outcome(StrEnum):
    """What became of a vote."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    NO_QUORUM = "no_quorum"
    UNDECIDED = "undecided"  # nobody has enough votes for an office: a second ballot follows
    ENDED = "ended"  # nominations are over


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a number that must be reached, or exceeded."""

    part: Fraction
    exceeded: bool

    def needed(self, of: int) -> int:
        """Return the fewest that are enough."""
        exactly = self.part * of
        return floor(exactly) + 1 if self.exceeded else ceil(exactly)


MORE_THAN_HALF = Share(Fraction(1, 2), exceeded=True)
TWO_THIRDS = Share(Fraction(2, 3), exceeded=False)


FIRST, SECOND = 1, 2  # calls


class Majority(StrEnum):
    """Which of a group's two majorities decides."""

    ORDINARY = "ordinary"
    QUALIFIED = "qualified"


@dataclass(frozen=True, slots=True)
class VotingRules:
    """How many ballots of all electors a call asks for, how many yes of yes and no, and for how many days."""

    first_quorum: Share = TWO_THIRDS
    second_quorum: Share = MORE_THAN_HALF
    majority: Share = MORE_THAN_HALF
    qualified_majority: Share = TWO_THIRDS
    days: int = 3

    def quorum(self, call: int) -> Share:
        return self.first_quorum if call == FIRST else self.second_quorum

    def majority_of(self, kind: Majority) -> Share:
        return self.majority if kind is Majority.ORDINARY else self.qualified_majority


@dataclass(frozen=True, slots=True)
class Tally:
    """The electors fixed at the opening, and what those of them said who cast a ballot."""

    electors: int
    yes: int = 0
    no: int = 0
    abstained: int = 0

    @property
    def cast(self) -> int:
        return self.yes + self.no + self.abstained


def count(ballots: Iterable[Vote | None]) -> Tally:
    """Count one ballot for each elector; None is one that was not cast."""
    said = Counter(ballots)
    return Tally(said.total(), said[Vote.YES], said[Vote.NO], said[Vote.ABSTAIN])


def outcome(tally: Tally, quorum: Share, majority: Share) -> Outcome:
    """Decide: who abstains counts for the quorum and not for the majority; a tie is a no."""
    if tally.cast < quorum.needed(tally.electors):
        return Outcome.NO_QUORUM
    enough = tally.yes >= max(majority.needed(tally.yes + tally.no), 1)
    return Outcome.ACCEPTED if enough else Outcome.REJECTED


def closes_at(opened_at: datetime, days: int) -> datetime:
    """Return the end of the last day, in Iran: so many whole days after the one it was opened on."""
    return moment_of(local_day(opened_at) + timedelta(days=days + 1))


def reminds_at(closing: datetime) -> datetime:
    """Return when those who have not voted are reminded: in the morning of the last day."""
    return moment_of(last_day(closing), REMINDED_AT)


def last_day(closing: datetime) -> date:
    """Return the day at whose end a vote closes."""
    return local_day(closing) - timedelta(days=1)
