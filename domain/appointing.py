"""Who may invite whom into a role of the programme: downwards, and within one's own province or county."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.commands import Role
from domain.places import Places

# Whom a role may invite.
BELOW: Mapping[Role, tuple[Role, ...]] = {
    Role.ADMINISTRATOR: tuple(Role),
    Role.INSTITUTE: (
        Role.WELFARE_OFFICER,
        Role.LOCAL_EXECUTOR,
        Role.MOTHER_ADVISER,
        Role.BANK_OFFICER,
        Role.ADVISER,
    ),
    Role.WELFARE_OFFICER: (Role.LOCAL_EXECUTOR,),
    Role.LOCAL_EXECUTOR: (Role.FACILITATOR, Role.ADVISER),
}
NATIONAL = frozenset({Role.ADMINISTRATOR, Role.INSTITUTE})  # never for a part of the country
PROVINCIAL = frozenset({Role.WELFARE_OFFICER, Role.MOTHER_ADVISER})  # never for a single county
ANYWHERE = NATIONAL | {Role.MOTHER_ADVISER, Role.ADVISER}  # may be for the whole country


@dataclass(frozen=True, slots=True)
class Mandate:
    """A role for a place: without a county it is the whole province, without a province the whole country."""

    role: Role
    province: str | None = None
    county: str | None = None  # its code

    def covers(self, province: str | None, county: str | None) -> bool:
        """Tell whether the place lies within this mandate's."""
        return self.province in {None, province} and self.county in {None, county}

    @property
    def fits(self) -> bool:
        """Tell whether there is such a role for such a place."""
        if self.province is None:
            return self.county is None and self.role in ANYWHERE
        return self.role not in NATIONAL and (self.county is None or self.role not in PROVINCIAL)


def names_of(mandate: Mandate, places: Places) -> tuple[str, str]:
    """Return the names of province and county; empty where it is the whole country or province."""
    place = places.by_code(mandate.county or "")
    return mandate.province or "", place.county if place else mandate.county or ""


def may_invite(held: Iterable[Mandate], wanted: Mandate) -> bool:
    """Tell whether one of the mandates held allows to invite into the one wanted."""
    above = mandates_over(held, wanted.role)
    return wanted.fits and any(mine.covers(wanted.province, wanted.county) for mine in above)


def invitable(held: Iterable[Mandate]) -> tuple[Role, ...]:
    """Return the roles these mandates may invite into, in the programme's order."""
    below = {role for mine in held for role in BELOW.get(mine.role, ())}
    return tuple(role for role in Role if role in below)


def mandates_over(held: Iterable[Mandate], role: Role) -> tuple[Mandate, ...]:
    """Return those of the mandates that may invite into the role."""
    return tuple(mine for mine in held if role in BELOW.get(mine.role, ()))
