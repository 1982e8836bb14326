"""Roles in the programme: who may invite, who is told of leads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, insert, select

from domain.commands import Role
from domain.ids import PersonId
from storage.prepared import Prepared
from storage.schema import programme_role
from storage.types import named


class RoleRow(NamedTuple):
    """A role held today; without a province it is the whole country, without a county the whole province."""

    person_id: PersonId
    role: Role
    province: str | None
    county: str | None


_HELD_TODAY = select(
    programme_role.c.person_id,
    named(programme_role.c.role, Role),
    programme_role.c.province,
    programme_role.c.county,
).where(programme_role.c.until.is_(None))
_OF_PERSON = Prepared(_HELD_TODAY.where(programme_role.c.person_id == bindparam("person_id")), RoleRow)
_BY_ROLE = Prepared(
    _HELD_TODAY.where(programme_role.c.role == bindparam("role")).order_by(programme_role.c.id), RoleRow
)


def roles_of(conn: Connection, person_id: PersonId) -> tuple[RoleRow, ...]:
    """Return the roles a person holds today."""
    return tuple(_OF_PERSON.all(conn, person_id=person_id))


def holders(conn: Connection, role: Role) -> tuple[RoleRow, ...]:
    """Return everybody who holds the role today."""
    return tuple(_BY_ROLE.all(conn, role=role.value))


def for_county(conn: Connection, county: str, province: str, ladder: Sequence[Role]) -> tuple[PersonId, ...]:
    """Return the holders of the first role of the ladder that anybody holds for the county."""
    for role in ladder:
        found = [
            r.person_id
            for r in holders(conn, role)
            if r.county in (county, None) and r.province in (province, None)
        ]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def grant(conn: Connection, row: RoleRow, appointed_by: PersonId | None, now: datetime) -> None:
    """Give a role from now on."""
    conn.execute(
        insert(programme_role).values(
            person_id=row.person_id,
            role=row.role.value,
            province=row.province,
            county=row.county,
            appointed_by=appointed_by,
            since=now,
        )
    )
