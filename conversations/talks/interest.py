"""Somebody wants to be called by a facilitator of her county."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM, NAME, PHONE
from conversations.parts import county_of
from domain.commands import ExpressInterest
from domain.identity import Phone
from domain.places import Places


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of her; nothing of a stranger."""

    name: str | None = None
    phone: str | None = None


def interest(facts: Facts, places: Places) -> Script[ExpressInterest | None]:
    """Ask for name, phone and county, and show them before anybody is told."""
    name = facts.name or (yield from ask("interest.name", NAME))
    phone = facts.phone or (yield from ask("interest.phone", PHONE)).e164
    place = yield from county_of(places)
    sure = yield from ask(
        "interest.confirm",
        CONFIRM,
        name=name,
        phone=Phone(phone),
        county=place.county,
        province=place.province,
    )
    if not sure:
        return None
    return ExpressInterest(name, phone, place.code)
