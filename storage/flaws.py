"""What can be wrong with the books."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is not as it must be, and where."""

    sentence: str
    group: int | None = None
    sequence: int | None = None
    entry: int | None = None

    def __str__(self) -> str:
        places = {"group": self.group, "sequence": self.sequence, "entry": self.entry}
        named = ", ".join(f"{name} {number}" for name, number in places.items() if number is not None)
        return f"{named}: {self.sentence}" if named else self.sentence
