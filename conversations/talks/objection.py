"""A member objects to an entry of hers or a cost of the group, to a resolution, or to a round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM, Line, OneOf, one_of, options
from domain.ids import MembershipId
from domain.money import Rial
from domain.objections import About, Object
from domain.reversing import Reversible


@dataclass(frozen=True, slots=True)
class Thing:
    """What can be objected to, as she knows it: by its number in the group, its day, its sum or its words."""

    about: About
    number: int
    day: date
    amount: Rial | None = None
    words: str = ""
    what: Reversible | None = None  # how an entry is called


@dataclass(frozen=True, slots=True)
class Facts:
    """Who objects, what there is to object to, and how many days the board has for an answer."""

    subject: MembershipId
    group: str
    name: str
    served: bool
    things: tuple[Thing, ...]
    days: int


WORDS = Line(limit=300, unread="objection.unread")


def objection(facts: Facts) -> Script[Object | None]:
    """Ask what it is about and why, and say who will read it."""
    thing = yield from _thing(facts)
    words = yield from ask("objection.words", WORDS, thing=thing)
    sure = yield from ask(
        "objection.confirm",
        CONFIRM,
        group=facts.group,
        name=facts.name,
        served=facts.served,
        thing=thing,
        words=words,
        days=facts.days,
    )
    return Object(facts.subject, thing.about, thing.number, words) if sure else None


def _thing(facts: Facts) -> Script[Thing]:
    there = [about for about in About if any(thing.about is about for thing in facts.things)]
    several = len(there) > 1
    about = (yield from ask("objection.about", _kinds(there), group=facts.group)) if several else there[0]
    return (yield from ask("objection.which", _numbers(facts, about), group=facts.group, about=about))


def _kinds(there: list[About]) -> OneOf[About]:
    return one_of(*((f"about_{about.value}", about) for about in there))


def _numbers(facts: Facts, about: About) -> OneOf[Thing]:
    return options(
        [
            (str(thing.number), f"numbered_{about.value}", {"thing": thing}, thing)
            for thing in facts.things
            if thing.about is about
        ]
    )
