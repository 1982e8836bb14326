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
from domain.values import Code
from storage.prepared import Prepared, nothing
from storage.schema import balance, entry, group, posting, round_line, saving_round
from storage.types import Moment

HASH_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Head:
    """Where a group's chain ends."""

    sequence: int
    hash: bytes
    currency: str
    closed_on: date | None = None  # nothing is booked on this day or before


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
class Booked:
    """An entry as it stands in the chain now."""

    id: EntryId
    sequence: int
    hash: bytes

    @property
    def print(self) -> Code:
        return print_of(self.hash)


@dataclass(frozen=True, slots=True)
class Place:
    """A sub-account within a group."""

    account: Account
    holder: int
    purpose: str


_HEAD = Prepared(
    select(group.c.head_sequence, group.c.head_hash, group.c.currency, group.c.books_closed_on)
    .where(group.c.id == bindparam("group_id"))
    .with_for_update(key_share=True),
    Head,
)
_MOVE_HEAD = Prepared(
    update(group)
    .where(group.c.id == bindparam("group_id"))
    .values(head_sequence=bindparam("sequence"), head_hash=bindparam("hash")),
    nothing,
)
_ADD_ENTRY = Prepared(
    insert(entry).returning(entry.c.id),
    EntryId,
    [column.name for column in entry.c if column.name not in ("id", "meeting")],
)
_ADD_POSTING = Prepared(insert(posting), nothing, posting.c.keys())
_ADD_TO_BALANCE = {
    name: Prepared(
        added.on_conflict_do_update(
            index_elements=list(balance.primary_key),
            set_={"amount": balance.c.amount + added.excluded.amount},
        ),
        nothing,
        balance.c.keys(),
    )
    for name, added in (("sqlite", sqlite.insert(balance)), ("postgresql", postgresql.insert(balance)))
}
_PAID = round_line.c.paid + bindparam("part")
_ROUND = select(saving_round.c.id).where(
    saving_round.c.group_id == bindparam("group_id"), saving_round.c.number == bindparam("number")
)
_PAID_AT = func.coalesce(round_line.c.paid_at, bindparam("at", type_=Moment))
_PAY_ROUND = Prepared(
    update(round_line)
    .where(
        round_line.c.membership_id == bindparam("holder"), round_line.c.round_id == _ROUND.scalar_subquery()
    )
    .values(paid=_PAID, paid_at=case((round_line.c.due <= _PAID, _PAID_AT), else_=None)),
    nothing,
)


def print_of(printed: bytes) -> Code:
    """Return the first letters of a hash, as they stand on receipts."""
    return Code(printed[:HASH_SHOWN].hex())


def lock_head(conn: Connection, group_id: GroupId) -> Head:
    """Until the unit ends nobody else books in this group; SQLite has one writer anyway.

    Not a full FOR UPDATE: rows that refer to the group share its key, and two who wrote some would deadlock.
    """
    return _HEAD.one(conn, group_id=group_id)


def move_head(conn: Connection, group_id: GroupId, head: Head) -> None:
    """The chain ends here now."""
    _MOVE_HEAD.run(conn, group_id=group_id, sequence=head.sequence, hash=head.hash)


def add_entry(
    conn: Connection, frame: Frame, head: Head, number: int, booking: Booking
) -> tuple[EntryId, Head]:
    """Write one entry after the head, and return where the chain ends then."""
    values, moved = entry_values(frame, head, number, booking)
    entry_id = _ADD_ENTRY.one(conn, **values)
    _ADD_POSTING.run_many(conn, posting_values(entry_id, booking))
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
        _ADD_TO_BALANCE[conn.dialect.name].run_many(conn, rows)


def pay_rounds(conn: Connection, group_id: GroupId, lines: Iterable[Line], at: datetime) -> None:
    """A round's line is what its postings say; LookupError when nobody asked the member for that round."""
    for line in (line for line in lines if line.round_number is not None):
        paid = _PAY_ROUND.run(
            conn, group_id=group_id, number=line.round_number, holder=line.holder, part=-line.amount, at=at
        )
        if paid != 1:
            raise LookupError(f"membership {line.holder} has no line in round {line.round_number}")
