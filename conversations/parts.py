"""Pieces of talk that several dialogues share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from conversations.engine import Kind, Script, ask
from conversations.kinds import (
    Amount,
    DayOf,
    Doubt,
    DoubtfulDay,
    Later,
    Line,
    OneOf,
    PictureOrLater,
    one_of,
    options,
)
from conversations.limits import Limits
from conversations.place_kinds import CountyOf, ProvinceOf, SeveralCounties, SeveralProvinces
from domain.ids import MembershipId, PictureId
from domain.money import Rial, Unit
from domain.places import Place, Places
from domain.posting import Way
from domain.votes import Share

REASON = Line(limit=200, unread="common.reason_unread")
SHORT_REASON = Line(limit=100, unread="common.reason_unread")  # it is voted on
WAY = one_of(("cash", Way.CASH), ("transfer", Way.TRANSFER))


def amount_of(
    text: str, unit: Unit, usual: tuple[Rial, ...] = (), limits: Limits | None = None, /, **facts: object
) -> Script[Rial]:
    """Ask for an amount until it is beyond doubt; a doubtful one is asked back, its readings as buttons."""
    return (yield from beyond_doubt(text, partial(Amount, unit), usual, None, limits, **facts))


def beyond_doubt(
    text: str,
    kind: Callable[[tuple[Rial, ...]], Kind[Rial | Doubt]],
    usual: tuple[Rial, ...],
    nth: str | None = None,
    limits: Limits | None = None,
    /,
    **facts: object,
) -> Script[Rial]:
    """Ask for an amount of this kind, and back while it is doubtful or lies outside the limits."""
    said = yield from ask(text, kind(usual), nth, **facts)
    key, tries = text if nth is None else f"{text}.{nth}", 0
    while True:
        tries += 1
        if isinstance(said, Doubt):
            first, offered = said.candidates[0], kind(said.candidates)
            said = yield from ask("common.amount_doubt", offered, f"{key}.{tries}", first=first)
        elif limits and (no := limits.broken_by(said)):
            said = yield from ask(no.text, kind(usual), f"{key}.{tries}", **no.facts)
        else:
            return said


def day_within(
    text: str, again: str, kind: DayOf, least: date, most: date, /, **facts: object
) -> Script[date]:
    """Ask for a day until it is beyond doubt; one that lies outside is asked for with the text `again`."""
    asked, offered, number = text, kind.offered, 1
    while True:
        match (yield from ask(asked, replace(kind, offered=offered), number, **facts)):
            case DoubtfulDay(candidates):
                asked, offered = "common.day_doubt", candidates
            case day if least <= day <= most:
                return day
            case _:
                asked, offered = again, kind.offered
        number += 1


def paid_how() -> Script[tuple[Way, PictureId | None]]:
    """Ask how money was paid, and for the picture of a transfer's receipt, which may come later."""
    way = yield from ask("saving.way", WAY)
    picture = (yield from ask("saving.receipt", PictureOrLater())) if way is Way.TRANSFER else Later()
    return way, None if isinstance(picture, Later) else picture


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
class Deciding:
    """How the assembly would decide: who votes, for how many days, which part must agree; adopted or ours."""

    voters: int
    days: int
    share: Share
    whole: bool  # whether the assembly ever voted on its bylaws; else these numbers are our proposal


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member who can be chosen, by name."""

    membership: MembershipId
    name: str


def one_member(candidates: Sequence[Candidate]) -> OneOf[Candidate]:
    """A button with the name for each; names that are the same are told apart by pressing only."""
    return options([(str(c.membership), "person", {"name": c.name}, c) for c in candidates])
