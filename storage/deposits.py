"""Deposits from report to decision, for savings and on loans; money moves only in the books."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, insert, select, update

from domain.ids import DepositId, EntryId, GroupId, LoanId, MembershipId, NoteId, PersonId, PictureId
from domain.money import Rial
from domain.posting import PaidFor, Way
from storage.fixed import holds
from storage.prepared import Prepared
from storage.schema import deposit, group
from storage.types import Money, named

OPEN = ("waiting", "offered")


class DepositRow(NamedTuple):
    """A payment that was reported, and what became of it."""

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
    loan_id: LoanId | None  # what is repaid; None for a saving
    keeper_id: PersonId | None  # who took the cash in, where there was no treasurer

    @property
    def is_entered(self) -> bool:
        """Tell whether an officer entered it, so that the payer answers, not another officer."""
        return self.state == "offered" and self.reported_by == self.decided_by

    @property
    def paid_for(self) -> PaidFor:
        return PaidFor.SAVING if self.loan_id is None else PaidFor.LOAN


_COLUMNS = [named(column, Way) if column is deposit.c.way else column for column in deposit.c]
_ALL = select(*_COLUMNS)
_OPEN = _ALL.where(holds(deposit.c.state, *OPEN)).order_by(deposit.c.id)
_CONFIRMED = _ALL.where(
    deposit.c.group_id == bindparam("group_id"),
    holds(deposit.c.state, "confirmed"),
    deposit.c.way != Way.SAVINGS.value,
).order_by(deposit.c.entry_id.desc())

_BY_ID = Prepared(_ALL.where(deposit.c.id == bindparam("id")), DepositRow)
_GROUP_OF = select(deposit.c.group_id).where(deposit.c.id == bindparam("id"))
_LOCK = Prepared(
    select(group.c.id).where(group.c.id == _GROUP_OF.scalar_subquery()).with_for_update(), GroupId
)
_OF_ENTRY = Prepared(_ALL.where(deposit.c.entry_id == bindparam("entry_id")), DepositRow)
_OPEN_OF_GROUP = Prepared(_OPEN.where(deposit.c.group_id == bindparam("group_id")), DepositRow)
_OPEN_OF_MEMBER = Prepared(_OPEN.where(deposit.c.membership_id == bindparam("membership_id")), DepositRow)
_LATEST_CONFIRMED = Prepared(_CONFIRMED.limit(bindparam("most")), DepositRow)
_WAITING_IN_ROUND = Prepared(
    select(deposit.c.round_number, func.sum(deposit.c.amount, type_=Money))
    .where(deposit.c.membership_id == bindparam("membership_id"), holds(deposit.c.state, *OPEN))
    .where(deposit.c.loan_id.is_(None))
    .group_by(deposit.c.round_number),
    lambda number, amount: (number, amount),
)
_ON_LOAN = _ALL.where(deposit.c.loan_id == bindparam("loan_id")).order_by(deposit.c.value_on, deposit.c.id)
_OF_LOAN = Prepared(_ON_LOAN.where(holds(deposit.c.state, "confirmed")), DepositRow)
_STANDING_ON = Prepared(_ON_LOAN.where(holds(deposit.c.state, *OPEN, "confirmed")), DepositRow)
_REPORTED = (
    "group_id",
    "membership_id",
    "round_number",
    "loan_id",
    "amount",
    "way",
    "picture_id",
    "value_on",
    "reported_by",
    "reported_at",
)
_ADD = Prepared(insert(deposit).returning(*_COLUMNS), DepositRow, _REPORTED)


def add_deposit(conn: Connection, **values: object) -> DepositRow:
    """Store a report and return it as it waits now."""
    return _ADD.one(conn, **{"loan_id": None, **values})


def deposit_by_id(conn: Connection, deposit_id: DepositId) -> DepositRow | None:
    """Return a deposit, None where there is none of that id."""
    return _BY_ID.first(conn, id=deposit_id)


def lock_group_of(conn: Connection, deposit_id: DepositId) -> None:
    """Let nobody else decide in a deposit's group until the unit ends (SQLite has one writer anyway)."""
    if conn.dialect.name == "postgresql":
        _LOCK.first(conn, id=deposit_id)


def deposit_of_entry(conn: Connection, entry_id: EntryId) -> DepositRow | None:
    """Return the deposit an entry was made from."""
    return _OF_ENTRY.first(conn, entry_id=entry_id)


def repayments_of(conn: Connection, loan_id: LoanId) -> tuple[DepositRow, ...]:
    """Return what was paid on a loan and stands in the books, by value date."""
    return tuple(_OF_LOAN.all(conn, loan_id=loan_id))


def standing_on(conn: Connection, loan_id: LoanId) -> tuple[DepositRow, ...]:
    """Return what was paid on a loan, also what nobody has confirmed yet, by value date."""
    return tuple(_STANDING_ON.all(conn, loan_id=loan_id))


def open_deposits(conn: Connection, group_id: GroupId) -> tuple[DepositRow, ...]:
    """Return what waits in a group, oldest first."""
    return tuple(_OPEN_OF_GROUP.all(conn, group_id=group_id))


def open_deposits_of(conn: Connection, membership_id: MembershipId) -> tuple[DepositRow, ...]:
    """Return what a member waits for, oldest first."""
    return tuple(_OPEN_OF_MEMBER.all(conn, membership_id=membership_id))


def waiting_in_round(conn: Connection, membership_id: MembershipId) -> dict[int, Rial]:
    """Return how much of a member's waits for confirmation, by the round she chose."""
    return dict(_WAITING_IN_ROUND.all(conn, membership_id=membership_id))


def update_deposit(conn: Connection, found: DepositRow, **values: object) -> DepositRow:
    """Change a deposit and return it changed; every change makes its older buttons old."""
    new = {f"new_{name}": value for name, value in values.items()}
    return _changing(*values).one(conn, deposit_id=found.id, **new)


def latest_confirmed(conn: Connection, group_id: GroupId, most: int) -> tuple[DepositRow, ...]:
    """Return the deposits of money confirmed last, newest first."""
    return tuple(_LATEST_CONFIRMED.all(conn, group_id=group_id, most=most))


@cache
def _changing(*names: str) -> Prepared[DepositRow]:
    """Return the statement that changes these columns."""
    new: dict[str, object] = {name: bindparam(f"new_{name}") for name in names}
    changed = update(deposit).where(deposit.c.id == bindparam("deposit_id"))
    return Prepared(changed.values(revision=deposit.c.revision + 1, **new).returning(*_COLUMNS), DepositRow)
