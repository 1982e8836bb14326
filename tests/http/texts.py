"""The texts of the bot, remembered, so that what arrives on a phone can be called by its name."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tests.recorded import RecordedTexts

MARKS = re.compile(r"[\s*_`\[\]]+")  # what the platforms drop, add or turn into emphasis


class NamedTexts(RecordedTexts):
    """Knows a text again after a platform has shown it."""

    def __init__(self) -> None:
        super().__init__()
        self._arrived: dict[str, str] = {}

    def render(self, name: str, facts: Mapping[str, object] | None = None) -> str:
        text = super().render(name, facts)
        if "." in name and not name.startswith("words."):
            self._arrived[bare(text)] = name
        return text

    def name_of(self, text: str) -> str:
        """The name of what stands in a bubble; a line before it may say whom it is for."""
        _, _, after = text.partition("\n")
        return self._arrived.get(bare(text)) or self._arrived.get(bare(after)) or f"unknown: {text}"

    def button(self, word_or_label: str) -> str:
        """What stands on a button."""
        known = f"words.{word_or_label}" in self.names
        return (known and self.plain_label(word_or_label)) or word_or_label


def bare(text: str) -> str:
    return MARKS.sub("", text)
