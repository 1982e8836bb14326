"""Groups, their members and their offices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Row, Select, bindparam, insert, select, update

from domain.calendar import Rhythm
from domain.ids import CommandId, GroupId, MembershipId, PersonId
from domain.money import Rial, Unit
from domain.offices import Office, Offices
from storage.fixed import holds
from storage.schema import group, membership, office_term, person

GENESIS = bytes(32)
CURRENT = ("applied", "admitted")


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group as founded; money is in its books."""

    id: GroupId
    name: str
    county: str
    village: str
    expected_size: int
    saving: Rial
    unit: Unit
    rhythm: Rhythm
    first_saving_on: date
    grace_days: int
    code: str
    practice: bool
    facilitator_id: PersonId
    next_round_on: date | None


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One membership with the person's name; a person whose name was erased is shown as a former member."""

    id: MembershipId
    group_id: GroupId
    person_id: PersonId
    name: str | None
    state: str
    helper_id: PersonId | None
    purpose: str | None
    applied_at: datetime
    leave_wished_at: datetime | None
    decided_by: PersonId | None
    decided_at: datetime | None
    reason: str | None


_GROUP = select(group)
_GROUP_BY_ID = _GROUP.where(group.c.id == bindparam("id"))
_MEMBER = select(membership, person.c.name).join(person, membership.c.person_id == person.c.id)
_MEMBER_BY_ID = _MEMBER.where(membership.c.id == bindparam("id"))
_MEMBERS = _MEMBER.where(
    membership.c.group_id == bindparam("group_id"), membership.c.state == bindparam("state")
).order_by(membership.c.id)
_MEMBERSHIPS = _MEMBER.where(
    membership.c.person_id == bindparam("person_id"), holds(membership.c.state, *CURRENT)
).order_by(membership.c.id)
_SERVED = _MEMBER.where(
    membership.c.helper_id == bindparam("person_id"), holds(membership.c.state, "admitted")
).order_by(membership.c.id)
_OFFICES = (
    select(office_term.c.office, membership.c.person_id)
    .join(membership, office_term.c.membership_id == membership.c.id)
    .where(office_term.c.group_id == bindparam("group_id"), office_term.c.until.is_(None))
)


def group_by_id(conn: Connection, group_id: GroupId) -> GroupRow:
    """Return a group that is known to exist."""
    return _group(conn.execute(_GROUP_BY_ID, {"id": group_id}).one())


def group_by_code(conn: Connection, code: str) -> GroupRow | None:
    """Return the group, unless it was closed, that this code opens."""
    row = conn.execute(
        _GROUP.where(group.c.code == bindparam("code"), group.c.closed_at.is_(None)), {"code": code}
    ).one_or_none()
    return None if row is None else _group(row)


def code_is_taken(conn: Connection, code: str) -> bool:
    """Tell whether a group, open or closed, has this code."""
    return conn.execute(_GROUP.where(group.c.code == bindparam("code")), {"code": code}).first() is not None


def groups_of_facilitator(conn: Connection, person_id: PersonId) -> tuple[GroupRow, ...]:
    """Return the groups somebody looks after, oldest first."""
    found = _GROUP.where(
        group.c.facilitator_id == bindparam("person_id"), group.c.closed_at.is_(None)
    ).order_by(group.c.id)
    return tuple(_group(row) for row in conn.execute(found, {"person_id": person_id}))


def add_group(conn: Connection, **values: object) -> GroupId:
    """Found a group; its books begin with the hash of nothing."""
    made = insert(group).values(head_hash=GENESIS, **values).returning(group.c.id)
    return GroupId(conn.execute(made).scalar_one())


def lock_group(conn: Connection, group_id: GroupId) -> None:
    """Let nobody else decide in this group until the unit ends (SQLite has one writer anyway)."""
    if conn.dialect.name == "postgresql":
        conn.execute(select(group.c.id).where(group.c.id == group_id).with_for_update())


def member_by_id(conn: Connection, membership_id: MembershipId) -> MemberRow | None:
    """Return a membership in any state."""
    return _one(conn, _MEMBER_BY_ID, {"id": membership_id})


def members(conn: Connection, group_id: GroupId, state: str = "admitted") -> tuple[MemberRow, ...]:
    """Return the members of a group in the order of joining."""
    return tuple(_member(row) for row in conn.execute(_MEMBERS, {"group_id": group_id, "state": state}))


def memberships_of(conn: Connection, person_id: PersonId) -> tuple[MemberRow, ...]:
    """Return where a person belongs or has applied."""
    return tuple(_member(row) for row in conn.execute(_MEMBERSHIPS, {"person_id": person_id}))


def served_by(conn: Connection, person_id: PersonId) -> tuple[MemberRow, ...]:
    """Return the members without a phone whom this person helps."""
    return tuple(_member(row) for row in conn.execute(_SERVED, {"person_id": person_id}))


def add_membership(conn: Connection, **values: object) -> MembershipId:
    """Note an application, or a member taken in at once."""
    return MembershipId(
        conn.execute(insert(membership).values(**values).returning(membership.c.id)).scalar_one()
    )


def update_membership(conn: Connection, membership_id: MembershipId, **values: object) -> None:
    """Change what is kept of a membership; its money is in the books."""
    conn.execute(update(membership).where(membership.c.id == membership_id).values(**values))


def offices_of(conn: Connection, found: GroupRow) -> Offices:
    """Return who holds which office today."""
    held = {Office(row.office).value: row.person_id for row in conn.execute(_OFFICES, {"group_id": found.id})}
    return Offices(facilitator=found.facilitator_id, **held)


def appoint(
    conn: Connection,
    group_id: GroupId,
    office: Office,
    membership_id: MembershipId,
    now: datetime,
    command_id: CommandId | None = None,
) -> None:
    """Begin a term; the running one ends at the same moment."""
    end_terms(conn, now, group_id=group_id, office=office.value)
    conn.execute(
        insert(office_term).values(
            group_id=group_id,
            office=office.value,
            membership_id=membership_id,
            since=now,
            command_id=command_id,
        )
    )


def end_terms(conn: Connection, now: datetime, **of: object) -> None:
    """End the running terms that match, for instance those of one membership."""
    running = [office_term.c[name] == value for name, value in of.items()]
    conn.execute(update(office_term).where(office_term.c.until.is_(None), *running).values(until=now))


def _one(conn: Connection, query: Select[tuple[object, ...]], facts: dict[str, object]) -> MemberRow | None:
    row = conn.execute(query, facts).one_or_none()
    return None if row is None else _member(row)


def _group(row: Row[tuple[object, ...]]) -> GroupRow:
    return GroupRow(
        row.id,
        row.name,
        row.county,
        row.village,
        row.expected_size,
        row.saving,
        Unit(row.unit),
        Rhythm(row.rhythm),
        row.first_saving_on,
        row.grace_days,
        row.code,
        row.practice,
        row.facilitator_id,
        row.next_round_on,
    )


def _member(row: Row[tuple[object, ...]]) -> MemberRow:
    return MemberRow(
        row.id,
        row.group_id,
        row.person_id,
        row.name,
        row.state,
        row.helper_id,
        row.purpose,
        row.applied_at,
        row.leave_wished_at,
        row.decided_by,
        row.decided_at,
        row.reason,
    )
