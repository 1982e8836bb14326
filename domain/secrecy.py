"""A secret vote: what can be known of it only with the key that is kept outside the database.

Who voted stands in the roll, what was voted in the ballot box. Nothing in the box leads to the roll but the
key: a ballot is found by whom it is from, and its choice stays sealed until the votes are counted.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass

from domain.codes import make_code
from domain.ids import MembershipId, ProposalId

PRINT_BYTES = 16
CODE_LENGTH = 7


@dataclass(frozen=True, slots=True)
class SealedBallot:
    """A ballot in the box: whose it is and what it says are known to the key only."""

    id: bytes
    choice: bytes


@dataclass(frozen=True, slots=True)
class CountedBallot:
    """A ballot as it was counted: its voter knows it by its code."""

    code: str
    choice: str


def of_member(membership: MembershipId) -> str:
    """Name the voter who votes in an account of her own."""
    return f"member {membership}"


def of_paper(slot: int) -> str:
    """Name a paper out of the meeting's box; which member it is from is not known."""
    return f"paper {slot}"


@dataclass(frozen=True, slots=True)
class Box:
    """The ballot box of one vote, with the key it is locked with."""

    key: bytes
    proposal: ProposalId

    def ballot_of(self, voter: str) -> bytes:
        """Return the id of a voter's ballot, the same each time she votes."""
        return self._print("ballot", voter)

    def sealed(self, voter: str, choice: str) -> SealedBallot:
        """Return her ballot as it goes into the box."""
        ballot = self.ballot_of(voter)
        return SealedBallot(ballot, self._seal(ballot, choice))

    def opened(self, ballot: SealedBallot, choices: Iterable[str]) -> CountedBallot | None:
        """Return what a ballot says; None where it was sealed with another key."""
        for choice in choices:
            if hmac.compare_digest(ballot.choice, self._seal(ballot.id, choice)):
                return CountedBallot(self.code_of(ballot.id, choice), choice)
        return None

    def code_of(self, ballot: bytes, choice: str) -> str:
        """Return the short code under which a ballot with this choice is counted."""
        return make_code(self._print("code", ballot.hex(), choice), CODE_LENGTH)

    def _seal(self, ballot: bytes, choice: str) -> bytes:
        return self._print("choice", ballot.hex(), choice)

    def _print(self, *parts: str) -> bytes:
        said = "\n".join((str(self.proposal), *parts))
        return hmac.digest(self.key, said.encode(), "sha256")[:PRINT_BYTES]
