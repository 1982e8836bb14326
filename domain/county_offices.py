"""Where to ask in a county: two offices named by rule, addresses and phones as the administrator knows."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from domain.persian import fold
from domain.places import Place

COLUMNS = ["province", "county", "office", "address", "phone"]


class OfficeKind(StrEnum):
    """The two offices every county has."""

    COOPERATIVES_LABOUR_WELFARE = "cooperatives_labour_welfare"
    WELFARE = "welfare"


@dataclass(frozen=True, slots=True)
class CountyOffice:
    """One office of a county; empty where the address or the phone is not known."""

    kind: OfficeKind
    address: str = ""
    phone: str = ""


class OfficesUnreadable(ValueError):
    """A line of the list of offices cannot be used; the text names the line, counted from 1."""

    def __init__(self, line: int, flaw: str) -> None:
        super().__init__(f"offices, line {line}: {flaw}")
        self.line = line


def offices_in(text: str, place: Place) -> tuple[CountyOffice, ...]:
    """Return the county's offices in the order of `OfficeKind`, with what the list says about them."""
    wanted = (fold(place.province), fold(place.county))
    entered = {office.kind: office for where, office in read_offices(text) if where == wanted}
    return tuple(entered.get(kind, CountyOffice(kind)) for kind in OfficeKind)


def read_offices(text: str) -> Iterator[tuple[tuple[str, str], CountyOffice]]:
    """Read each line as (province, county) and office; raise OfficesUnreadable at the first that is wrong."""
    rows = csv.reader(text.removeprefix("\ufeff").splitlines())
    if (header := next(rows, [])) != COLUMNS:
        raise OfficesUnreadable(1, f"the first line must be {','.join(COLUMNS)}, not {','.join(header)!r}")
    for row in rows:
        cells = [cell.strip() for cell in row]
        if any(cells):
            yield _office(rows.line_num, cells)


def _office(line: int, cells: list[str]) -> tuple[tuple[str, str], CountyOffice]:
    if len(cells) != len(COLUMNS):
        raise OfficesUnreadable(line, f"needs {len(COLUMNS)} columns: {','.join(COLUMNS)}")
    province, county, kind, address, phone = cells
    if kind not in set(OfficeKind):
        raise OfficesUnreadable(line, f"the office must be {' or '.join(OfficeKind)}, not {kind!r}")
    return (fold(province), fold(county)), CountyOffice(OfficeKind(kind), address, phone)
