"""Groups, their members and their offices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, and_, bindparam, insert, select, update

from domain.calendar import Rhythm
from domain.ids import CommandId, GroupId, MembershipId, PersonId
from domain.money import Rial, Unit
from domain.offices import Office, Offices
from storage.fixed import holds
from storage.prepared import Prepared
from storage.schema import group, membership, office_term, person
from storage.types import named

GENESIS = bytes(32)
CURRENT = ("applied", "admitted")


class GroupRow(NamedTuple):
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
    first_number: int


class MemberRow(NamedTuple):
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


class TermRow(NamedTuple):
    """An elected term that runs, with the officer's name, its last day, and when that is still to be told."""

    office: Office
    person_id: PersonId
    name: str | None
    ends_on: date
    told_on: date | None


_GROUP = select(
    group.c.id,
    group.c.name,
    group.c.county,
    group.c.village,
    group.c.expected_size,
    group.c.saving,
    named(group.c.unit, Unit),
    named(group.c.rhythm, Rhythm),
    group.c.first_saving_on,
    group.c.grace_days,
    group.c.code,
    group.c.practice,
    group.c.facilitator_id,
    group.c.next_round_on,
    group.c.first_number,
)
_GROUP_BY_ID = Prepared(_GROUP.where(group.c.id == bindparam("id")), GroupRow)
_GROUP_BY_CODE = Prepared(
    _GROUP.where(group.c.code == bindparam("code"), group.c.closed_at.is_(None)), GroupRow
)
_GROUPS_OF_FACILITATOR = Prepared(
    _GROUP.where(group.c.facilitator_id == bindparam("person_id"), group.c.closed_at.is_(None)).order_by(
        group.c.id
    ),
    GroupRow,
)
_LOCK = Prepared(select(group.c.id).where(group.c.id == bindparam("id")).with_for_update(), GroupId)
_MEMBER = select(
    membership.c.id,
    membership.c.group_id,
    membership.c.person_id,
    person.c.name,
    membership.c.state,
    membership.c.helper_id,
    membership.c.purpose,
    membership.c.applied_at,
    membership.c.leave_wished_at,
    membership.c.decided_by,
    membership.c.decided_at,
    membership.c.reason,
).join(person, membership.c.person_id == person.c.id)
_MEMBER_BY_ID = Prepared(_MEMBER.where(membership.c.id == bindparam("id")), MemberRow)
_MEMBERS = Prepared(
    _MEMBER.where(
        membership.c.group_id == bindparam("group_id"), membership.c.state == bindparam("state")
    ).order_by(membership.c.id),
    MemberRow,
)
_MEMBERSHIPS = Prepared(
    _MEMBER.where(
        membership.c.person_id == bindparam("person_id"), holds(membership.c.state, *CURRENT)
    ).order_by(membership.c.id),
    MemberRow,
)
_SERVED = Prepared(
    _MEMBER.where(
        membership.c.helper_id == bindparam("person_id"), holds(membership.c.state, "admitted")
    ).order_by(membership.c.id),
    MemberRow,
)
_TERMS = Prepared(
    select(named(office_term.c.office, Office), person.c.id, person.c.name)
    .add_columns(office_term.c.ends_on, office_term.c.told_on)
    .join_from(office_term, membership, office_term.c.membership_id == membership.c.id)
    .join(person, membership.c.person_id == person.c.id)
    .where(
        office_term.c.group_id == bindparam("group_id"),
        office_term.c.until.is_(None),
        office_term.c.ends_on.is_not(None),
    )
    .order_by(office_term.c.id),
    TermRow,
)
_OFFICES = Prepared(
    select(office_term.c.office, membership.c.person_id)
    .join(membership, office_term.c.membership_id == membership.c.id)
    .where(office_term.c.group_id == bindparam("group_id"), office_term.c.until.is_(None)),
    lambda office, person_id: (office, person_id),
)


def group_by_id(conn: Connection, group_id: GroupId) -> GroupRow:
    """Return a group that is known to exist."""
    return _GROUP_BY_ID.one(conn, id=group_id)


def group_by_code(conn: Connection, code: str) -> GroupRow | None:
    """Return the group, unless it was closed, that this code opens."""
    return _GROUP_BY_CODE.first(conn, code=code)


def code_is_taken(conn: Connection, code: str) -> bool:
    """Tell whether a group, open or closed, has this code."""
    return conn.execute(select(group.c.id).where(group.c.code == code)).first() is not None


def groups_of_facilitator(conn: Connection, person_id: PersonId) -> tuple[GroupRow, ...]:
    """Return the groups somebody looks after, oldest first."""
    return tuple(_GROUPS_OF_FACILITATOR.all(conn, person_id=person_id))


def add_group(conn: Connection, **values: object) -> GroupId:
    """Found a group; its books begin with the hash of nothing."""
    made = insert(group).values(head_hash=GENESIS, **values).returning(group.c.id)
    return GroupId(conn.execute(made).scalar_one())


def call_group(conn: Connection, group_id: GroupId, name: str) -> None:
    """Give a group another name."""
    conn.execute(update(group).where(group.c.id == group_id).values(name=name))


def save_as_agreed(conn: Connection, group_id: GroupId, **values: object) -> None:
    """Change what is saved, and how rounds are counted, from the next round on."""
    conn.execute(update(group).where(group.c.id == group_id).values(**values))


def lock_group(conn: Connection, group_id: GroupId) -> None:
    """Let nobody else decide in this group until the unit ends (SQLite has one writer anyway)."""
    if conn.dialect.name == "postgresql":
        _LOCK.one(conn, id=group_id)


def member_by_id(conn: Connection, membership_id: MembershipId) -> MemberRow | None:
    """Return a membership in any state."""
    return _MEMBER_BY_ID.first(conn, id=membership_id)


def members(conn: Connection, group_id: GroupId, state: str = "admitted") -> tuple[MemberRow, ...]:
    """Return the members of a group in the order of joining."""
    return tuple(_MEMBERS.all(conn, group_id=group_id, state=state))


def memberships_of(conn: Connection, person_id: PersonId) -> tuple[MemberRow, ...]:
    """Return where a person belongs or has applied."""
    return tuple(_MEMBERSHIPS.all(conn, person_id=person_id))


def served_by(conn: Connection, person_id: PersonId) -> tuple[MemberRow, ...]:
    """Return the members without a phone whom this person helps."""
    return tuple(_SERVED.all(conn, person_id=person_id))


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
    return Offices(found.facilitator_id, **dict(_OFFICES.all(conn, group_id=found.id)))


def appoint(
    conn: Connection,
    group_id: GroupId,
    office: Office,
    membership_id: MembershipId,
    now: datetime,
    command_id: CommandId | None = None,
) -> None:
    """Begin a term; the running one ends at the same moment."""
    _begin_term(conn, group_id, office, membership_id, now, {"command_id": command_id})


def elect(
    conn: Connection,
    group_id: GroupId,
    office: Office,
    membership_id: MembershipId,
    now: datetime,
    ends_on: date,
    told_on: date,
) -> None:
    """Begin an elected term, with the day it ends and the day that is told of; the running one ends now."""
    ends = {"ends_on": ends_on, "told_on": told_on}
    _begin_term(conn, group_id, office, membership_id, now, ends)


def _begin_term(
    conn: Connection,
    group_id: GroupId,
    office: Office,
    membership_id: MembershipId,
    now: datetime,
    more: Mapping[str, object],
) -> None:
    end_terms(conn, now, group_id=group_id, office=office.value)
    of = {"group_id": group_id, "office": office.value, "membership_id": membership_id}
    conn.execute(insert(office_term).values(**of, since=now, **more))


def elected_offices(conn: Connection, group_id: GroupId) -> frozenset[Office]:
    """Return the offices whose holders the group elected."""
    return frozenset(term.office for term in terms_of(conn, group_id))


def terms_of(conn: Connection, group_id: GroupId) -> tuple[TermRow, ...]:
    """Return the elected terms that run in a group."""
    return tuple(_TERMS.all(conn, group_id=group_id))


def groups_to_tell(conn: Connection, today: date, most: int) -> tuple[GroupId, ...]:
    """Return groups whose officers' terms end soon and who have not been told."""
    running = and_(office_term.c.until.is_(None), office_term.c.told_on.is_not(None))
    due = select(office_term.c.group_id).where(running, office_term.c.told_on <= today)
    return tuple(conn.execute(due.distinct().limit(most)).scalars())


def note_told(conn: Connection, group_id: GroupId, today: date) -> None:
    """Note that the group was told of the terms that end soon."""
    running = (office_term.c.group_id == group_id) & office_term.c.until.is_(None)
    conn.execute(update(office_term).where(running, office_term.c.told_on <= today).values(told_on=None))


def end_terms(conn: Connection, now: datetime, **of: object) -> None:
    """End the running terms that match, for instance those of one membership."""
    running = [office_term.c[name] == value for name, value in of.items()]
    conn.execute(update(office_term).where(office_term.c.until.is_(None), *running).values(until=now))
