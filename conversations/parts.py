"""Pieces of talk that several dialogues share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from conversations.engine import Script, ask
from conversations.kinds import Amount, Doubt, OneOf, one_of, options
from conversations.place_kinds import CountyOf, ProvinceOf, SeveralCounties, SeveralProvinces
from domain.ids import MembershipId
from domain.money import Rial, Unit
from domain.places import Place, Places
from domain.posting import Way

WAY = one_of(("cash", Way.CASH), ("transfer", Way.TRANSFER))


def amount_of(text: str, unit: Unit, usual: tuple[Rial, ...] = (), **facts: object) -> Script[Rial]:
    """Ask for an amount until it is beyond doubt; a doubtful one is asked back, its readings as buttons."""
    said = yield from ask(text, Amount(unit, usual), **facts)
    tries = 0
    while isinstance(said, Doubt):
        tries += 1
        said = yield from ask(
            "common.amount_doubt", Amount(unit, said.candidates), f"{text}.{tries}", first=said.candidates[0]
        )
    return said


def county_of(places: Places, province: str | None = None) -> Script[Place]:
    """Ask for the county, and first for its province where that is open; several meant become buttons."""
    province = province or (yield from province_of(places))
    said = yield from ask("county.county", CountyOf(places, province), province=province)
    tries = 0
    while isinstance(said, SeveralCounties):
        tries += 1
        said = yield from ask("county.county_doubt", CountyOf(places, province, said.counties), tries)
    return said


def province_of(places: Places) -> Script[str]:
    """Ask for a province until it is beyond doubt."""
    said = yield from ask("county.province", ProvinceOf(places))
    tries = 0
    while isinstance(said, SeveralProvinces):
        tries += 1
        said = yield from ask("county.province_doubt", ProvinceOf(places, said.names), tries)
    return said


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member who can be chosen, by name."""

    membership: MembershipId
    name: str


def one_member(candidates: Sequence[Candidate]) -> OneOf[Candidate]:
    """A button with the name for each; names that are the same are told apart by pressing only."""
    return options([(str(c.membership), "person", {"name": c.name}, c) for c in candidates])
