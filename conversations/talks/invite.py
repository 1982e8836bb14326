"""Somebody with a role in the programme invites another into a role below."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.engine import Choice, Script, ask
from conversations.kinds import CONFIRM, OneOf, Option, options
from conversations.parts import county_of, province_of
from domain.appointing import NATIONAL, PROVINCIAL, Mandate, invitable, mandates_over, names_of
from domain.commands import Invite, Role
from domain.places import Places


@dataclass(frozen=True, slots=True)
class Facts:
    """The roles held by whoever invites."""

    held: tuple[Mandate, ...]


def invite(facts: Facts, places: Places) -> Script[Invite | None]:
    """Ask for the role and, as far as it is not given by one's own, for the place."""
    role = yield from ask("invite.role", _roles(invitable(facts.held)))
    wanted = yield from _place_of(role, mandates_over(facts.held, role), places)
    province, county = names_of(wanted, places)
    if not (yield from ask("invite.confirm", CONFIRM, role=role, province=province, county=county)):
        return None
    return Invite(wanted.role, wanted.province, wanted.county)


def _place_of(role: Role, over: tuple[Mandate, ...], places: Places) -> Script[Mandate]:
    """Let the place be as narrow as the role asks, within the mandate that allows the invitation."""
    if role in NATIONAL:
        return Mandate(role)
    mine = _widest(over) or (yield from ask("invite.within", _mandates(over, places)))
    if role in PROVINCIAL:
        return Mandate(role, mine.province or (yield from province_of(places)))
    if mine.county is not None:
        return Mandate(role, mine.province, mine.county)
    place = yield from county_of(places, mine.province)
    return Mandate(role, place.province, place.code)


def _widest(over: tuple[Mandate, ...]) -> Mandate | None:
    """Return the mandate that need not be asked for: the only one, or one for the whole country."""
    return over[0] if len(over) == 1 else next((mine for mine in over if mine.province is None), None)


def _roles(roles: tuple[Role, ...]) -> OneOf[Role]:
    return OneOf(tuple(Option(Choice(role.value, f"role_{role.value}"), role) for role in roles))


def _mandates(over: tuple[Mandate, ...], places: Places) -> OneOf[Mandate]:
    named = [names_of(mine, places) for mine in over]
    return options(
        [
            (str(i), "mandate", {"province": province, "county": county}, mine)
            for i, (mine, (province, county)) in enumerate(zip(over, named, strict=True))
        ]
    )
