"""The texts of messages_fa, remembering by which name and with which facts each text came about."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import UndefinedError

from texts.engine import WORDS, Texts

NEVER = ("None", "Undefined", "Rial(", "Decimal(", "datetime.", "<", "{{", "{%", "&lt;")
LONGEST = 4096


class RecordedTexts(Texts):
    """A test asks it for the name of what was heard, so that rewording a message breaks no test."""

    def __init__(self) -> None:
        super().__init__()
        self._named: dict[str, tuple[str, Mapping[str, object]]] = {}

    def render(self, name: str, facts: Mapping[str, object] | None = None) -> str:
        text = super().render(name, facts)
        if not name.startswith(f"{WORDS}."):
            _readable(name, text)
            self._named[text] = (name, dict(facts or {}))
        return text

    def plain_label(self, word: str) -> str | None:
        """Return what stands on a button that needs no facts."""
        try:
            return self.label(word)
        except UndefinedError:
            return None

    def named(self, text: str) -> tuple[str, Mapping[str, object]]:
        """Return the name and the facts of a text; a line before it may say whom it is for."""
        _, _, after = text.partition("\n")
        return self._named.get(text) or self._named[after]


def _readable(name: str, text: str) -> None:
    assert 0 < len(text) <= LONGEST, f"{name} has {len(text)} characters"
    assert not [mark for mark in NEVER if mark in text], f"{name} shows something raw: {text!r}"
