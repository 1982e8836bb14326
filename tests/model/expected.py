"""The model: what each member's money must be, from nothing but who confirmed what.

It shares no code with the program. A payment fills the round it was made for, then the oldest; the rest is
kept until a round opens; a reversal takes back what its payment did, and first what stood on it.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Purse:
    """One member's money; every amount in rials."""

    dues: dict[int, int] = field(default_factory=dict)
    paid: dict[int, int] = field(default_factory=dict)
    kept: int = 0
    moments: set[tuple[int, int]] = field(default_factory=set)  # saved and kept, at any time of this step

    @property
    def saved(self) -> int:
        return sum(self.paid.values())

    def left(self, number: int) -> int:
        return max(self.dues.get(number, 0) - self.paid.get(number, 0), 0)

    def pay(self, rials: int, chosen: int) -> Movement:
        """Spread a payment; return what it did."""
        parts: dict[int, int] = {}
        for number in sorted(self.dues, key=lambda number: (number != chosen, number)):
            part = min(rials, self.left(number))
            if part:
                parts[number] = part
                rials -= part
        return self.move(Movement(parts, rials))

    def use(self, number: int) -> Movement:
        """Take what is kept into a round that has opened."""
        used = min(self.kept, self.left(number))
        return self.move(Movement({number: used}, -used))

    def move(self, movement: Movement) -> Movement:
        """Do what a movement says; nothing may ever be below nothing."""
        for number, rials in movement.parts.items():
            self.paid[number] = self.paid.get(number, 0) + rials
            assert self.paid[number] >= 0
        self.kept += movement.kept
        self.note()
        return movement

    def note(self) -> None:
        self.moments.add((self.saved, self.kept))


@dataclass(frozen=True, slots=True)
class Movement:
    """What one entry did to a purse."""

    parts: dict[int, int]
    kept: int

    @property
    def opposite(self) -> Movement:
        return Movement({number: -rials for number, rials in self.parts.items()}, -self.kept)


@dataclass
class Expected:
    """All purses, and the countable money of each group."""

    purses: dict[int, Purse] = field(default_factory=dict)
    counted: dict[tuple[int, str], int] = field(default_factory=dict)  # by group and way
    moved: dict[int, tuple[int, Movement]] = field(default_factory=dict)  # by entry: whose, and what
    after: dict[int, int] = field(default_factory=dict)  # by entry: what its member had saved then

    def purse(self, member: int) -> Purse:
        return self.purses.setdefault(member, Purse())

    def count(self, group: int, way: str, rials: int) -> None:
        """Money came in, or what came in was wrong."""
        self.counted[group, way] = self.counted.get((group, way), 0) + rials
        assert self.counted[group, way] >= 0

    def booked(self, entry: int, member: int, movement: Movement) -> None:
        """Remember what an entry did."""
        self.moved[entry] = (member, movement)
        self.after[entry] = self.purse(member).saved


def confirmers(
    what: str, facilitator: int, offices: dict[str, int], parties: frozenset[int | None]
) -> frozenset[int]:
    """Who may confirm: a payment treasurer, chair or facilitator, in this order; a reversal the board."""
    if what == "reversal" and (others := frozenset(p for p in offices.values() if p not in parties)):
        return others
    chain = [offices.get("treasurer"), offices.get("chair")] if what == "deposit" else []
    free = [person for person in (*chain, facilitator) if person is not None and person not in parties]
    return frozenset(free[:1])
