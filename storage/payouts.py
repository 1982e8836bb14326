"""What the group owes a member and pays her, from the day it is due to her word that she has it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, insert, select, update

from domain.ids import EntryId, GroupId, MembershipId, PayoutId, PersonId
from domain.money import Rial
from domain.posting import Owed, Way
from storage.fixed import holds
from storage.prepared import Prepared
from storage.schema import payout
from storage.types import named

OPEN = ("due", "paid")


class PayoutRow(NamedTuple):
    """A sum that a member is to get."""

    id: PayoutId
    group_id: GroupId
    membership_id: MembershipId
    kind: Owed
    amount: Rial
    set_off: Rial  # of what she owes, with her savings, before she gets the rest; to which she agreed
    due_at: datetime
    state: str
    way: Way | None
    paid_by: PersonId | None
    paid_at: datetime | None
    received_by: PersonId | None
    received_at: datetime | None
    entry_id: EntryId | None
    revision: int


_KINDS = {"kind": Owed, "way": Way}
_COLUMNS = [named(column, _KINDS[column.name]) if column.name in _KINDS else column for column in payout.c]
_PAYOUT = select(*_COLUMNS)
_OPEN = _PAYOUT.where(holds(payout.c.state, *OPEN)).order_by(payout.c.id)
_BY_ID = Prepared(_PAYOUT.where(payout.c.id == bindparam("id")), PayoutRow)
_OF_ENTRY = Prepared(_PAYOUT.where(payout.c.entry_id == bindparam("entry_id")), PayoutRow)
_LATEST = Prepared(
    _PAYOUT.where(payout.c.group_id == bindparam("group_id"), holds(payout.c.state, "received"))
    .order_by(payout.c.id.desc())
    .limit(bindparam("most")),
    PayoutRow,
)
_OPEN_OF_GROUP = Prepared(_OPEN.where(payout.c.group_id == bindparam("group_id")), PayoutRow)
_OPEN_OF_MEMBER = Prepared(_OPEN.where(payout.c.membership_id == bindparam("membership_id")), PayoutRow)


def add_payout(conn: Connection, **values: object) -> PayoutRow:
    """Store what is due."""
    return PayoutRow(*conn.execute(insert(payout).values(**values).returning(*_COLUMNS)).one())


def payout_by_id(conn: Connection, payout_id: PayoutId) -> PayoutRow | None:
    """Return a payout, None where there is none of that id."""
    return _BY_ID.first(conn, id=payout_id)


def payout_of_entry(conn: Connection, entry_id: EntryId) -> PayoutRow | None:
    """Return the payout an entry was made from."""
    return _OF_ENTRY.first(conn, entry_id=entry_id)


def latest_received(conn: Connection, group_id: GroupId, most: int) -> tuple[PayoutRow, ...]:
    """Return the payouts due last that were received, newest first."""
    return tuple(_LATEST.all(conn, group_id=group_id, most=most))


def open_payouts(conn: Connection, group_id: GroupId) -> tuple[PayoutRow, ...]:
    """Return what a group still has to pay to its members, oldest first."""
    return tuple(_OPEN_OF_GROUP.all(conn, group_id=group_id))


def open_payouts_of(conn: Connection, membership_id: MembershipId) -> tuple[PayoutRow, ...]:
    """Return what a member is still to get, oldest first."""
    return tuple(_OPEN_OF_MEMBER.all(conn, membership_id=membership_id))


def update_payout(conn: Connection, found: PayoutRow, **values: object) -> PayoutRow:
    """Change a payout and return it changed; every change makes its older buttons old."""
    of_it = update(payout).where(payout.c.id == found.id)
    changed = of_it.values(revision=found.revision + 1, **values).returning(*_COLUMNS)
    return PayoutRow(*conn.execute(changed).one())
