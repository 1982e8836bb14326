"""Deposits from report to decision; money moves only in the books."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from domain.ids import DepositId, EntryId, GroupId, MembershipId, NoteId, PersonId, PictureId
from domain.money import Rial
from domain.posting import Way
from storage.fixed import holds
from storage.schema import deposit
from storage.types import Money

OPEN = ("waiting", "offered")


@dataclass(frozen=True, slots=True)
class DepositRow:
    """A saving that was reported, and what became of it."""

    id: DepositId
    group_id: GroupId
    membership_id: MembershipId
    round_number: int
    amount: Rial
    offered: Rial | None
    way: Way
    picture_id: PictureId | None
    value_on: date
    reported_by: PersonId
    reported_at: datetime
    state: str
    decided_by: PersonId | None
    decided_at: datetime | None
    note_id: NoteId | None
    entry_id: EntryId | None
    revision: int


_ALL = select(deposit)
_BY_ID = _ALL.where(deposit.c.id == bindparam("id"))
_OPEN = _ALL.where(holds(deposit.c.state, *OPEN)).order_by(deposit.c.id)
_OPEN_OF_GROUP = _OPEN.where(deposit.c.group_id == bindparam("group_id"))
_OPEN_OF_MEMBER = _OPEN.where(deposit.c.membership_id == bindparam("membership_id"))

_WAITING_IN_ROUND = (
    select(deposit.c.round_number, func.sum(deposit.c.amount, type_=Money))
    .where(deposit.c.membership_id == bindparam("of_member"), holds(deposit.c.state, *OPEN))
    .group_by(deposit.c.round_number)
)


def add_deposit(conn: Connection, **values: object) -> DepositId:
    """Store a report and return its id."""
    return DepositId(conn.execute(insert(deposit).values(**values).returning(deposit.c.id)).scalar_one())


def deposit_by_id(conn: Connection, deposit_id: DepositId) -> DepositRow | None:
    """Return a deposit, None where there is none of that id."""
    row = conn.execute(_BY_ID, {"id": deposit_id}).one_or_none()
    return None if row is None else _deposit(row)


def deposit_of_entry(conn: Connection, entry_id: EntryId) -> DepositRow | None:
    """Return the deposit an entry was made from."""
    row = conn.execute(_ALL.where(deposit.c.entry_id == entry_id)).one_or_none()
    return None if row is None else _deposit(row)


def open_deposits(conn: Connection, group_id: GroupId) -> tuple[DepositRow, ...]:
    """Return what waits in a group, oldest first."""
    return tuple(_deposit(row) for row in conn.execute(_OPEN_OF_GROUP, {"group_id": group_id}))


def open_deposits_of(conn: Connection, membership_id: MembershipId) -> tuple[DepositRow, ...]:
    """Return what a member waits for, oldest first."""
    return tuple(_deposit(row) for row in conn.execute(_OPEN_OF_MEMBER, {"membership_id": membership_id}))


def waiting_in_round(conn: Connection, membership_id: MembershipId) -> dict[int, Rial]:
    """Return how much of a member's waits for confirmation, by the round she chose."""
    return dict(tuple(row) for row in conn.execute(_WAITING_IN_ROUND, {"of_member": membership_id}))


def update_deposit(conn: Connection, found: DepositRow, **values: object) -> None:
    """Change a deposit; every change makes its older buttons old."""
    conn.execute(
        update(deposit).where(deposit.c.id == found.id).values(revision=found.revision + 1, **values)
    )


def latest_confirmed(conn: Connection, group_id: GroupId, most: int) -> tuple[DepositRow, ...]:
    """Return the deposits confirmed last, newest first."""
    confirmed = _ALL.where(deposit.c.group_id == group_id, holds(deposit.c.state, "confirmed"))
    return tuple(
        _deposit(row) for row in conn.execute(confirmed.order_by(deposit.c.entry_id.desc()).limit(most))
    )


def _deposit(row: Row[tuple[object, ...]]) -> DepositRow:
    return DepositRow(**(row._asdict() | {"way": Way(row.way)}))
