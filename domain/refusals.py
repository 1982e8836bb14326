"""The rules say no: a sentence, the facts it is said with, and the question it returns to."""

from __future__ import annotations

from collections.abc import Mapping


class Refused(Exception):
    """A command the rules do not allow; shown kindly at one place as `refusals.<name>`."""

    def __init__(self, name: str, *, back_to: str | None = None, **facts: object) -> None:
        super().__init__(name)
        self.name = name
        self.back_to = back_to
        self.facts: Mapping[str, object] = facts
