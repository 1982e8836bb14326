"""Provinces and counties, read from the text of places/counties.csv, and the tolerant search for them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import MappingProxyType

from domain.persian import fold

COLUMNS = ["code", "province", "county"]
CODE = re.compile(r"[0-9]{2}-[0-9]{2,3}")
ARABIC_LETTERS = re.compile("[\u0643\u0649\u064a]")
SUGGESTIONS = 5
SLIP = 0.85  # difflib's ratio for a letter too many, too few or wrong
LIKENESS = 0.7


@dataclass(frozen=True, slots=True)
class Place:
    """A county within its province; the code never changes, the names may."""

    code: str
    province: str
    county: str


class PlacesUnreadable(ValueError):
    """A line of the list of places cannot be used; the text names the line, counted from 1."""

    def __init__(self, line: int, flaw: str) -> None:
        super().__init__(f"places, line {line}: {flaw}")
        self.line = line


@dataclass(frozen=True, slots=True)
class Places:
    """All counties in the order of the file."""

    all: tuple[Place, ...]
    _by_code: Mapping[str, Place] = field(repr=False, compare=False)

    @classmethod
    def from_csv(cls, text: str) -> Places:
        """Read the list; raise PlacesUnreadable at the first line that is wrong."""
        by_code: dict[str, Place] = {}
        names: set[tuple[str, str]] = set()
        for line, place in _lines(text):
            name = (fold(place.province), fold(place.county))
            if place.code in by_code or name in names:
                raise PlacesUnreadable(line, f"{place.code} or {place.county} is there already")
            by_code[place.code] = place
            names.add(name)
        return cls(tuple(by_code.values()), MappingProxyType(by_code))

    @property
    def provinces(self) -> tuple[str, ...]:
        """Each province once, in the order of the file."""
        return tuple(dict.fromkeys(place.province for place in self.all))

    def counties(self, province: str) -> tuple[Place, ...]:
        """The counties of a province named exactly; none when there is no such province."""
        return tuple(place for place in self.all if place.province == province)

    def by_code(self, code: str) -> Place | None:
        """The county with this code, if the list still has it."""
        return self._by_code.get(code)

    def find_province(self, text: str) -> str | None:
        """The one province that was meant, or nothing when none or several could be."""
        found = self.provinces_near(text)
        return found[0] if len(found) == 1 else None

    def provinces_near(self, text: str) -> tuple[str, ...]:
        """The provinces that could be meant, best first, about five; one named exactly stands alone."""
        return tuple(_meant(text, self.provinces))

    def near(self, text: str, province: str | None = None) -> tuple[Place, ...]:
        """The counties that could be meant, best first, about five; a county named exactly stands alone."""
        among = self.all if province is None else self.counties(province)
        names = _meant(text, tuple(dict.fromkeys(place.county for place in among)))
        return tuple(place for name in names for place in among if place.county == name)


def _meant(text: str, names: Sequence[str]) -> list[str]:
    """The names meant by a text, best first: the exact one alone, else those containing it or like it."""
    by_key = {fold(name): name for name in names}
    whole, rest = _readings(text)
    keys = (
        [key for key in (whole,) if key in by_key]
        or get_close_matches(whole, by_key, n=SUGGESTIONS, cutoff=SLIP)
        or [key for key in (rest,) if key in by_key]
        or _resembling(whole, by_key)
        or _resembling(rest, by_key)
    )
    return [by_key[key] for key in keys[:SUGGESTIONS]]


def _readings(text: str) -> tuple[str, str]:
    """The text as a key, and again without its first word, which may only say "province" or "county"."""
    _, _, rest = text.strip().partition(" ")
    return fold(text), fold(rest)


def _resembling(typed: str, keys: Iterable[str]) -> list[str]:
    if not typed:
        return []
    containing = [key for key in keys if typed in key]
    return containing or get_close_matches(typed, keys, n=SUGGESTIONS, cutoff=LIKENESS)


def _lines(text: str) -> Iterator[tuple[int, Place]]:
    """Each line with its number; a spreadsheet's byte order mark and empty lines are passed over."""
    rows = csv.reader(text.removeprefix("\ufeff").splitlines())
    if (header := next(rows, [])) != COLUMNS:
        raise PlacesUnreadable(1, f"the first line must be {','.join(COLUMNS)}, not {','.join(header)!r}")
    for row in rows:
        cells = [cell.strip() for cell in row]
        if any(cells):
            yield rows.line_num, _place(rows.line_num, cells)


def _place(line: int, cells: list[str]) -> Place:
    if len(cells) != len(COLUMNS) or not all(cells):
        raise PlacesUnreadable(line, f"needs {len(COLUMNS)} filled columns: {','.join(COLUMNS)}")
    if not CODE.fullmatch(cells[0]):
        raise PlacesUnreadable(line, f"the code {cells[0]!r} is not like 07-12")
    if ARABIC_LETTERS.search(",".join(cells)):
        raise PlacesUnreadable(line, "has the Arabic forms of kaf or yeh; write the Persian ones")
    return Place(*cells)
