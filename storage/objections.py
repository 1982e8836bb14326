"""Objections from the first word to the last."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    column,
    func,
    insert,
    literal_column,
    or_,
    select,
    union,
    update,
)

from domain.ids import EntryId, GroupId, MembershipId, NoteId, ObjectionId, PersonId
from domain.ledger import Account
from domain.objections import About, State
from storage.fixed import holds
from storage.groups import MemberRow
from storage.moves import COSTS
from storage.prepared import Prepared
from storage.schema import cash_move, deposit, group, loan, posting
from storage.schema import objection as table
from storage.types import named


class ObjectionRow(NamedTuple):
    """What a member objected to, and how it stands."""

    id: ObjectionId
    group_id: GroupId
    membership_id: MembershipId
    about: About
    number: int
    note_id: NoteId
    state: State
    objected_at: datetime
    due_at: datetime
    answer_id: NoteId | None
    answered_by: PersonId | None
    last_id: NoteId | None
    settled_by: PersonId | None
    settled_at: datetime | None
    revision: int


_ENUMS = {"about": About, "state": State}
_ALL = select(*(named(one, _ENUMS[one.name]) if one.name in _ENUMS else one for one in table.c))
_UNSETTLED = _ALL.where(holds(table.c.state, "open", "answered", "carried")).order_by(table.c.id)
_BY_ID = Prepared(_ALL.where(table.c.id == bindparam("id")), ObjectionRow)
_GROUP_OF = select(table.c.group_id).where(table.c.id == bindparam("id"))
_LOCK = Prepared(
    select(group.c.id).where(group.c.id == _GROUP_OF.scalar_subquery()).with_for_update(), GroupId
)
_IN_GROUP = Prepared(_UNSETTLED.where(table.c.group_id == bindparam("group_id")), ObjectionRow)
_OF_MEMBER = Prepared(_UNSETTLED.where(table.c.membership_id == bindparam("membership_id")), ObjectionRow)
_DUE = Prepared(
    select(table.c.id)
    .where(table.c.due_at <= bindparam("now"), holds(table.c.state, "open"))
    .order_by(table.c.due_at, table.c.id)
    .limit(bindparam("most")),
    ObjectionId,
)
_HERS: list[ColumnElement[int]] = [
    literal_column(str(account.value))
    for account in (
        Account.SAVINGS,
        Account.SURPLUS_PAYABLE,
        Account.PAYABLE_TO_LEAVERS,
        Account.PAID_IN_ADVANCE,
    )
]
_LENT: ColumnElement[int] = literal_column(str(Account.INTERNAL_LOANS.value))
_HER_LOANS = select(loan.c.id).where(loan.c.membership_id == bindparam("membership_id"))
_ENTRIES = (
    union(
        select(posting.c.entry_id).where(
            posting.c.holder == bindparam("membership_id"), posting.c.account.in_(_HERS)
        ),
        select(posting.c.entry_id).where(posting.c.holder.in_(_HER_LOANS), posting.c.account == _LENT),
        select(deposit.c.entry_id).where(deposit.c.loan_id.in_(_HER_LOANS), deposit.c.entry_id.is_not(None)),
        select(cash_move.c.entry_id).where(
            cash_move.c.group_id == bindparam("group_id"),
            cash_move.c.entry_id.is_not(None),
            or_(cash_move.c.membership_id == bindparam("membership_id"), holds(cash_move.c.kind, *COSTS)),
        ),
    )
    .order_by(column("entry_id").desc())
    .limit(bindparam("most"))
)


def entries_concerning(conn: Connection, member: MemberRow, most: int) -> tuple[EntryId, ...]:
    """Return the latest entries of her money and her loans, and of what the group spent, newest first."""
    values = {"membership_id": member.id, "group_id": member.group_id, "most": most}
    return tuple(map(EntryId, conn.execute(_ENTRIES, values).scalars()))


def add_objection(conn: Connection, **values: object) -> ObjectionRow:
    """Store an objection and return it as it is open now."""
    made = conn.execute(insert(table).values(**values).returning(table.c.id)).scalar_one()
    return _BY_ID.one(conn, id=made)


def objection_by_id(conn: Connection, objection_id: ObjectionId) -> ObjectionRow | None:
    """Return an objection, None where there is none of that id."""
    return _BY_ID.first(conn, id=objection_id)


def locked_objection(conn: Connection, objection_id: ObjectionId) -> ObjectionRow | None:
    """Return an objection, its group locked against other decisions until the unit ends."""
    if conn.dialect.name == "postgresql":
        _LOCK.first(conn, id=objection_id)
    return _BY_ID.first(conn, id=objection_id)


def unsettled_in(conn: Connection, group_id: GroupId) -> tuple[ObjectionRow, ...]:
    """Return the objections of a group that have not come to an end, oldest first."""
    return tuple(_IN_GROUP.all(conn, group_id=group_id))


def unsettled_of(conn: Connection, membership_id: MembershipId) -> tuple[ObjectionRow, ...]:
    """Return a member's objections that have not come to an end, oldest first."""
    return tuple(_OF_MEMBER.all(conn, membership_id=membership_id))


def objections_due(conn: Connection, now: datetime, most: int) -> tuple[ObjectionId, ...]:
    """Return objections the board has left without an answer, the oldest first."""
    return tuple(_DUE.all(conn, now=now, most=most))


def change_objection(conn: Connection, found: ObjectionRow, **values: object) -> ObjectionRow:
    """Change an objection and return it changed; every change makes its older buttons old."""
    changed = update(table).where(table.c.id == found.id)
    conn.execute(changed.values(revision=table.c.revision + 1, **values))
    return _BY_ID.one(conn, id=found.id)


def times_objected(conn: Connection, membership_id: MembershipId) -> int:
    """Return how often a member has objected."""
    counted = select(func.count()).select_from(table).where(table.c.membership_id == membership_id)
    return conn.execute(counted).scalar_one()
