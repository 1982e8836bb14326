"""What the preview shows: talks as bubbles, single messages, and the words on buttons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SHORT = 16  # letters of a label that leave room for a second button beside it


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message: the bot's own bear the name of their text, a member's have none."""

    text: str
    name: str | None = None
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def shape(self) -> tuple[str | None, int]:
        """Two showings of a text differ for an editor when they have another number of lines."""
        return self.name, self.text.count("\n")


@dataclass(frozen=True, slots=True)
class Dialogue:
    """One transcript as it was played."""

    talk: str
    title: str
    bubbles: tuple[Bubble, ...]


@dataclass(frozen=True, slots=True)
class WordOnButton:
    """What stands on a button, and what people may write instead."""

    name: str
    label: str
    synonyms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """All that a run of the tests has said."""

    dialogues: tuple[Dialogue, ...]
    singles: tuple[Bubble, ...]
    words: tuple[WordOnButton, ...]

    @property
    def names(self) -> frozenset[str]:
        """The texts that are seen at least once."""
        said = {bubble.name for bubble in self._bubbles() if bubble.name is not None}
        return frozenset(said | {f"words.{word.name}" for word in self.words})

    def _bubbles(self) -> Iterator[Bubble]:
        for dialogue in self.dialogues:
            yield from dialogue.bubbles
        yield from self.singles


def rows_of(labels: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Two short labels stand side by side, a long one by itself."""
    width = 2 if all(len(label) <= SHORT for label in labels) else 1
    return tuple(tuple(labels[at : at + width]) for at in range(0, len(labels), width))
