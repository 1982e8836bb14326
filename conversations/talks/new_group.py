"""A facilitator founds a group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM, YES_NO, DayOf, Line, Whole, one_of
from conversations.parts import amount_of, county_of, day_within
from domain.calendar import Rhythm
from domain.commands import CreateGroup
from domain.money import Rial, Unit
from domain.persian import clean_group_name
from domain.places import Places

LEAST, MOST = 3, 60
USUAL = range(10, 26)
FARTHEST = timedelta(days=366)

NAME = Line(limit=60, unread="new_group.name_unread", clean=clean_group_name)
SIZE = Whole(least=LEAST, most=MOST)
VILLAGE = Line(limit=60, unread="new_group.village_unread")
RHYTHM = one_of(*((f"rhythm_{rhythm.value}", rhythm) for rhythm in Rhythm))


@dataclass(frozen=True, slots=True)
class Facts:
    """The day it is, usual savings, and days that are often chosen for the first one."""

    today: date
    usual: tuple[Rial, ...]
    first_days: tuple[date, ...]


def new_group(facts: Facts, places: Places) -> Script[CreateGroup | None]:
    """Ask what the group is called, where it is, and what it means to save."""
    name = yield from ask("new_group.name", NAME)
    place = yield from county_of(places)
    village = yield from ask("new_group.village", VILLAGE)
    size = yield from _size()
    saving = yield from amount_of("new_group.saving", Unit.TOMAN, facts.usual)
    rhythm = yield from ask("new_group.rhythm", RHYTHM)
    first = yield from _first_day(facts)
    sure = yield from ask(
        "new_group.confirm",
        CONFIRM,
        name=name,
        province=place.province,
        county=place.county,
        village=village,
        size=size,
        saving=saving,
        rhythm=rhythm,
        first=first,
    )
    return CreateGroup(name, place.code, village, size, saving, rhythm, first) if sure else None


def _size() -> Script[int]:
    """A group far from the usual size is asked about, never refused."""
    number = 1
    while True:
        size = yield from ask("new_group.size", SIZE, number)
        if size in USUAL or (yield from ask("new_group.size_unusual", YES_NO, number, size=size)):
            return size
        number += 1


def _first_day(facts: Facts) -> Script[date]:
    """Rounds are counted from this day, so it lies neither behind us nor out of sight."""
    kind = DayOf(facts.today, facts.first_days)
    texts = ("new_group.first_day", "new_group.first_day_again")
    return (yield from day_within(*texts, kind, facts.today, facts.today + FARTHEST))
