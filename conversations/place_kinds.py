"""Kinds of answer for places: a province, and a county within it, typed in any spelling."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from conversations.engine import Choice, Kind, Unread
from conversations.replies import Pressed, Reply, Said
from domain.codec import Json
from domain.places import Place, Places

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SeveralProvinces:
    """Names of provinces of which one was meant."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeveralCounties:
    """Counties of which one was meant."""

    counties: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class ProvinceOf(Kind[str | SeveralProvinces]):
    """A province, stored by its name; what may be several is returned as `SeveralProvinces`."""

    places: Places
    offered: tuple[str, ...] = ()
    binding: bool = False
    shares: bool = False

    @property
    def choices(self) -> tuple[Choice, ...]:
        numbers = (str(self.places.provinces.index(name)) for name in self.offered)
        return tuple(
            Choice(n, "place", {"name": name}) for n, name in zip(numbers, self.offered, strict=True)
        )

    def read(self, reply: Reply) -> Json | Unread:
        match reply:
            case Pressed(choice):
                offered = zip(self.choices, self.offered, strict=True)
                return _pressed(choice, offered, "county.province_unread")
            case Said(text):
                return _typed(self.places.provinces_near(text), "county.province_unread")
            case _:
                return Unread("county.province_unread")

    def load(self, stored: Json) -> str | SeveralProvinces | Unread:
        names = _known(stored, lambda name: name if name in self.places.provinces else None)
        match stored, names:
            case str(), (name,):
                return name
            case list(), (_, *_):
                return SeveralProvinces(names)
            case _:
                return Unread("county.province_unread")


@dataclass(frozen=True, slots=True)
class CountyOf(Kind[Place | SeveralCounties]):
    """A county of one province, stored by its code; what may be several is returned as `SeveralCounties`."""

    places: Places
    province: str
    offered: tuple[Place, ...] = ()
    binding: bool = False
    shares: bool = False

    @property
    def choices(self) -> tuple[Choice, ...]:
        return tuple(Choice(place.code, "place", {"name": place.county}) for place in self.offered)

    def read(self, reply: Reply) -> Json | Unread:
        match reply:
            case Pressed(choice):
                codes = (place.code for place in self.offered)
                return _pressed(choice, zip(self.choices, codes, strict=True), "county.county_unread")
            case Said(text):
                found = self.places.near(text, self.province)
                return _typed([place.code for place in found], "county.county_unread")
            case _:
                return Unread("county.county_unread")

    def load(self, stored: Json) -> Place | SeveralCounties | Unread:
        found = _known(stored, self._within)
        match stored, found:
            case str(), (place,):
                return place
            case list(), (_, *_):
                return SeveralCounties(found)
            case _:
                return Unread("county.county_unread")

    def _within(self, code: str) -> Place | None:
        place = self.places.by_code(code)
        return place if place is not None and place.province == self.province else None


def _pressed(choice: str, options: Iterable[tuple[Choice, str]], unread: str) -> Json | Unread:
    return next((stored for offered, stored in options if offered.data == choice), Unread(unread))


def _typed(found: Iterable[str], unread: str) -> Json | Unread:
    """Store the one that was meant, or all that may be."""
    match list(found):
        case []:
            return Unread(unread)
        case [one]:
            return one
        case several:
            return [*several]


def _known(stored: Json, find: Callable[[str], T | None]) -> tuple[T, ...]:
    """Return what still stands in the list of places: the list may have changed since."""
    names = stored if isinstance(stored, list) else [stored]
    found = (find(name) for name in names if isinstance(name, str))
    return tuple(one for one in found if one is not None)
