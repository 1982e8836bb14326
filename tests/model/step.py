"""Two moments, who acted between them, and what is other than it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from tests.model.rows import Proposal
from tests.model.seen import Seen

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Step:
    """Two moments and who acted between them; nobody, where time went by."""

    before: Seen
    after: Seen
    actors: frozenset[int]

    def did(self, person: int | None, entitled: frozenset[int]) -> bool:
        """Whether this person acted and was entitled to it."""
        return person is not None and person in entitled & self.actors

    def reversed(self, entry: int | None) -> bool:
        """Whether two people have taken an entry back by now."""
        asked = [one.state for one in self.after.reversals.values() if one.entry_id == entry]
        return asked.count("done") == 1

    def parted(self, member: int) -> tuple[int, int | None] | None:
        """Who said that a membership ended now, and who confirmed it, if one did; else None."""
        for vote in self.ended("expulsion"):
            if (vote.state, vote.concerns) == ("accepted", member):
                return vote.proposed_by, None
        for number, said in self.after.deaths.items():
            was = self.before.deaths.get(number)
            if said.membership_id == member and was and (was.state, said.state) == ("said", "confirmed"):
                return said.said_by, said.decided_by
        return None

    def ended(self, *kinds: str) -> list[Proposal]:
        """The votes of these kinds that ended in this step, also if they had begun in it."""
        ended_before = {n for n, vote in self.before.proposals.items() if vote.state != "open"}
        now = ((n, v) for n, v in self.after.proposals.items() if v.kind in kinds and v.state != "open")
        return [vote for n, vote in now if n not in ended_before]


def changes(before: Mapping[int, T], after: Mapping[int, T]) -> Iterator[tuple[int, T | None, T]]:
    """What is new or other than it was; nothing ever goes."""
    assert before.keys() <= after.keys()
    yield from ((n, before.get(n), row) for n, row in after.items() if before.get(n) != row)
