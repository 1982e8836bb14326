"""The books of a group: what was decided becomes entries, chained by their hashes, with balances beside them.

Nothing is written before everything is checked, so a refusal leaves the unit as it was.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, insert, select

from domain.ids import CommandId, GroupId, InboxId, PersonId
from domain.ledger import COUNTABLE, Account, Booking, HeldBy, Line
from domain.money import Rial
from domain.refusals import Refused
from storage.entries import Booked, Frame, Place, add_entry, add_to_balances, lock_head, move_head, pay_rounds
from storage.passbooks import (
    EntryRow,
    GroupTotals,
    balance_of,
    books_as_text,
    entry_of,
    group_totals,
    member_advance,
    member_balance,
)
from storage.prepared import Prepared
from storage.schema import command

__all__ = [
    "EntryRow",
    "GroupTotals",
    "balance_of",
    "book",
    "books_as_text",
    "entry_of",
    "group_totals",
    "member_advance",
    "member_balance",
    "record_command",
]

_ADD_COMMAND = Prepared(
    insert(command).returning(command.c.id),
    CommandId,
    [column.name for column in command.c if column.name != "id"],
)


def record_command(  # noqa: PLR0913 — the columns of one row
    conn: Connection,
    kind: str,
    *,
    group_id: GroupId | None,
    actor: PersonId | None,
    parties: Sequence[PersonId],
    received_at: datetime,
    terms_hash: bytes | None = None,
    inbox_id: InboxId | None = None,
) -> CommandId:
    """Keep what was decided: by whom, whom it touches, when it reached us, and which terms they had seen."""
    return _ADD_COMMAND.one(
        conn,
        kind=kind,
        group_id=group_id,
        actor_id=actor,
        parties=json.dumps(list(parties)),
        received_at=received_at,
        terms_hash=terms_hash,
        inbox_id=inbox_id,
    )


def book(  # noqa: PLR0913 — who, when and what of an entry
    conn: Connection,
    group_id: GroupId,
    command_id: CommandId,
    bookings: Sequence[Booking],
    *,
    booked_at: datetime,
    booked_on: date,
    entered_by: PersonId | None,
    confirmed_by: PersonId | None,
    reported_at: datetime | None = None,
) -> tuple[Booked, ...]:
    """Write all entries of a command; Refused `fund_has_too_little` if cash or bank would fall below nothing.

    Refused `member_has_too_little` if what is a member's would, `books_are_closed` where that day was closed.
    `reported_at`, when the report reached us, decides who paid a round on time; without it, the command's.
    """
    head = lock_head(conn, group_id)
    if head.closed_on is not None and booked_on <= head.closed_on:
        raise Refused("books_are_closed", day=head.closed_on)
    lines = [line for booking in bookings for line in booking.lines]
    changes = _changes(lines)
    _refuse_too_little(conn, group_id, changes)
    frame = Frame(group_id, command_id, head.currency, booked_at, booked_on, entered_by, confirmed_by)
    made = []
    for number, booking in enumerate(bookings, start=1):
        entry_id, head = add_entry(conn, frame, head, number, booking)
        made.append(Booked(entry_id, head.sequence, head.hash))
    add_to_balances(conn, group_id, changes)
    pay_rounds(conn, group_id, lines, reported_at or _received_at(conn, command_id))
    move_head(conn, group_id, head)
    return tuple(made)


# What nobody can have less of than nothing: money that can be counted, and what the group owes a member.
_NEVER_BELOW = frozenset({*COUNTABLE, *(one for one in Account if one.held_by is HeldBy.MEMBERSHIP)})
_RECEIVED_AT = select(command.c.received_at).where(command.c.id == bindparam("b_command"))


def _changes(lines: Sequence[Line]) -> Mapping[Place, Rial]:
    changes: dict[Place, Rial] = {}
    for line in lines:
        place = Place(line.account, line.holder, line.purpose)
        changes[place] = changes.get(place, Rial(0)) + line.amount
    return {place: change for place, change in changes.items() if change}


def _refuse_too_little(conn: Connection, group_id: GroupId, changes: Mapping[Place, Rial]) -> None:
    """Nothing of this is below nothing after a command; within one it may be."""
    for place, change in changes.items():
        account = place.account
        taken = -account.natural(change)
        if account not in _NEVER_BELOW or taken.rials <= 0:
            continue
        there = balance_of(conn, group_id, account, place.holder, place.purpose)
        short = taken - there
        if short.rials > 0 and account in COUNTABLE:
            raise Refused("fund_has_too_little", account=account.value, there=there, short=short)
        if short.rials > 0:
            raise Refused("member_has_too_little", there=there, short=short)


def _received_at(conn: Connection, command_id: CommandId) -> datetime:
    received_at: datetime = conn.execute(_RECEIVED_AT, {"b_command": command_id}).scalar_one()
    return received_at
