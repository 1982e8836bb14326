"""Somebody asks where in her county one can ask about the programme."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.engine import Script
from conversations.parts import county_of
from domain.commands import FindOffices
from domain.places import Places


@dataclass(frozen=True, slots=True)
class Facts:
    """Nothing has to be known beforehand."""


def where(_facts: Facts, places: Places) -> Script[FindOffices | None]:
    """Ask for the county; its two offices are shown at once."""
    place = yield from county_of(places)
    return FindOffices(place.code)
