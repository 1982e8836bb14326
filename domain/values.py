"""Values that are shown in a way of their own, so that a template needs no filters."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """Something to be copied: Latin letters and digits, kept together in a right-to-left line."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """An address on a line of its own."""

    address: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the editor's, by its block in words.j2."""

    name: str


@dataclass(frozen=True, slots=True)
class Ordinal:
    """A number said as third, fourth."""

    number: int


@dataclass(frozen=True, slots=True)
class Moment:
    """An hour of the day in Tehran; the day is shown by giving a date."""

    hour: str
