"""Rows of the books: entries with their postings, the balances they move, the rounds they pay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, case, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from domain.ids import CommandId, EntryId, GroupId, PersonId
from domain.ledger import VERSION, Account, Booking, Line, Sealed, entry_hash
from domain.money import Rial
from storage.schema import balance, entry, group, posting, round_line, saving_round
from storage.types import Moment


@dataclass(frozen=True, slots=True)
class Head:
    """Where a group's chain ends."""

    sequence: int
    hash: bytes
    currency: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What all entries of one command share."""

    group: GroupId
    command: CommandId
    currency: str
    booked_at: datetime
    booked_on: date
    entered_by: PersonId | None
    confirmed_by: PersonId | None


@dataclass(frozen=True, slots=True)
class Place:
    """A sub-account within a group."""

    account: Account
    holder: int
    purpose: str


_HEAD = (
    select(group.c.head_sequence, group.c.head_hash, group.c.currency)
    .where(group.c.id == bindparam("b_group"))
    .with_for_update(key_share=True)
)
_MOVE_HEAD = (
    update(group)
    .where(group.c.id == bindparam("b_group"))
    .values(head_sequence=bindparam("b_sequence"), head_hash=bindparam("b_hash"))
)
_ADD_ENTRY = insert(entry).returning(entry.c.id)
_ADD_POSTINGS = insert(posting)
_SQLITE_BALANCE = sqlite.insert(balance)
_POSTGRES_BALANCE = postgresql.insert(balance)
_ADD_TO_BALANCE = {
    "sqlite": _SQLITE_BALANCE.on_conflict_do_update(
        index_elements=list(balance.primary_key),
        set_={"amount": balance.c.amount + _SQLITE_BALANCE.excluded.amount},
    ),
    "postgresql": _POSTGRES_BALANCE.on_conflict_do_update(
        index_elements=list(balance.primary_key),
        set_={"amount": balance.c.amount + _POSTGRES_BALANCE.excluded.amount},
    ),
}
_PAID = round_line.c.paid + bindparam("b_paid")
_ROUND = select(saving_round.c.id).where(
    saving_round.c.group_id == bindparam("b_group"), saving_round.c.number == bindparam("b_round")
)
_PAY_ROUND = (
    update(round_line)
    .where(
        round_line.c.membership_id == bindparam("b_holder"), round_line.c.round_id == _ROUND.scalar_subquery()
    )
    .values(
        paid=_PAID,
        paid_at=case(
            (round_line.c.due <= _PAID, func.coalesce(round_line.c.paid_at, bindparam("b_at", type_=Moment))),
            else_=None,
        ),
    )
)


def lock_head(conn: Connection, group_id: GroupId) -> Head:
    """Until the unit ends nobody else books in this group; SQLite has one writer anyway.

    Not a full FOR UPDATE: rows that refer to the group share its key, and two who wrote some would deadlock.
    """
    return Head(*conn.execute(_HEAD, {"b_group": group_id}).one())


def move_head(conn: Connection, group_id: GroupId, head: Head) -> None:
    """The chain ends here now."""
    conn.execute(_MOVE_HEAD, {"b_group": group_id, "b_sequence": head.sequence, "b_hash": head.hash})


def add_entry(
    conn: Connection, frame: Frame, head: Head, number: int, booking: Booking
) -> tuple[EntryId, Head]:
    """Write one entry after the head, and return where the chain ends then."""
    values, moved = entry_values(frame, head, number, booking)
    entry_id = EntryId(conn.execute(_ADD_ENTRY, values).scalar_one())
    conn.execute(_ADD_POSTINGS, posting_values(entry_id, booking))
    return entry_id, moved


def entry_values(frame: Frame, head: Head, number: int, booking: Booking) -> tuple[dict[str, object], Head]:
    """Return the row of an entry that follows the head, without its id, and where the chain ends then."""
    sealed = _sealed(frame, head.sequence + 1, number, booking)
    printed = entry_hash(VERSION, sealed, head.hash)
    values = {
        "group_id": sealed.group,
        "sequence": sealed.sequence,
        "command_id": sealed.command,
        "number": sealed.number,
        "kind": sealed.kind,
        "currency": sealed.currency,
        "booked_on": sealed.booked_on,
        "booked_at": sealed.booked_at,
        "value_on": sealed.value_on,
        "entered_by": sealed.entered_by,
        "confirmed_by": sealed.confirmed_by,
        "reverses": sealed.reverses,
        "note_id": booking.note.id if booking.note else None,
        "note_hash": sealed.note_hash,
        "version": VERSION,
        "previous": head.hash,
        "hash": printed,
    }
    return values, Head(sealed.sequence, printed, head.currency)


def posting_values(entry_id: EntryId, booking: Booking) -> list[dict[str, object]]:
    """Return the rows of an entry's postings."""
    return [_posting(entry_id, at, line) for at, line in enumerate(booking.lines, start=1)]


def _sealed(frame: Frame, sequence: int, number: int, booking: Booking) -> Sealed:
    return Sealed(
        group=frame.group,
        sequence=sequence,
        command=frame.command,
        number=number,
        kind=booking.kind,
        currency=frame.currency,
        booked_on=frame.booked_on,
        booked_at=frame.booked_at,
        value_on=booking.value_on,
        entered_by=frame.entered_by,
        confirmed_by=frame.confirmed_by,
        meeting=None,
        reverses=booking.reverses,
        note_hash=booking.note.hash if booking.note else None,
        lines=tuple(line.cells for line in booking.lines),
    )


def _posting(entry_id: EntryId, at: int, line: Line) -> dict[str, object]:
    return {
        "entry_id": entry_id,
        "line": at,
        "account": line.account.value,
        "holder": line.holder,
        "purpose": line.purpose,
        "round_number": line.round_number,
        "amount": line.amount,
    }


def add_to_balances(conn: Connection, group_id: GroupId, changes: Mapping[Place, Rial]) -> None:
    """Move the balances by these debits and credits."""
    rows = [
        {
            "group_id": group_id,
            "account": p.account.value,
            "holder": p.holder,
            "purpose": p.purpose,
            "amount": change,
        }
        for p, change in changes.items()
    ]
    if rows:
        conn.execute(_ADD_TO_BALANCE[conn.dialect.name], rows)


def pay_rounds(conn: Connection, group_id: GroupId, lines: Iterable[Line], at: datetime) -> None:
    """A round's line is what its postings say; LookupError when nobody asked the member for that round."""
    for line in (line for line in lines if line.round_number is not None):
        values = {
            "b_group": group_id,
            "b_round": line.round_number,
            "b_holder": line.holder,
            "b_paid": -line.amount,
        }
        if conn.execute(_PAY_ROUND, {**values, "b_at": at}).rowcount != 1:
            raise LookupError(f"membership {line.holder} has no line in round {line.round_number}")
