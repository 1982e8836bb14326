"""Reversals that were asked for, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from domain.ids import EntryId, GroupId, NoteId, PersonId, ReversalId
from domain.ledger import Account
from domain.money import Rial
from storage.fixed import holds
from storage.passbooks import EntryRow
from storage.prepared import Prepared
from storage.schema import entry, posting, reversal


@dataclass(frozen=True, slots=True)
class ReversalRow:
    """Somebody asked that an entry be reversed."""

    id: ReversalId
    group_id: GroupId
    entry_id: EntryId
    asked_by: PersonId
    asked_at: datetime
    note_id: NoteId
    state: str
    decided_by: PersonId | None
    decided_at: datetime | None
    revision: int


_OPPOSITE = entry.alias("opposite")
_REVERSAL = select(*(reversal.c[one.name] for one in fields(ReversalRow)))
_BY_ID = Prepared(_REVERSAL.where(reversal.c.id == bindparam("id")), ReversalRow)
_ASKED = Prepared(
    _REVERSAL.where(reversal.c.group_id == bindparam("group_id"), holds(reversal.c.state, "asked")).order_by(
        reversal.c.id
    ),
    ReversalRow,
)


_TAKEN = Prepared(
    select(entry.c.sequence, posting.c.amount)
    .join_from(posting, entry, entry.c.id == posting.c.entry_id)
    .outerjoin(_OPPOSITE, _OPPOSITE.c.reverses == entry.c.id)
    .where(
        posting.c.holder == bindparam("holder"),
        posting.c.account == bindparam("account"),
        posting.c.entry_id > bindparam("entry_id"),
        posting.c.amount < Rial(0),
        entry.c.group_id == bindparam("group_id"),
        entry.c.reverses.is_(None),
        _OPPOSITE.c.id.is_(None),
    )
    .order_by(posting.c.entry_id.desc())
    .limit(bindparam("most")),
    lambda number, amount: (number, -amount),
)


def add_reversal(conn: Connection, **values: object) -> ReversalId:
    """Store that somebody asked, and return its id."""
    return ReversalId(conn.execute(insert(reversal).values(**values).returning(reversal.c.id)).scalar_one())


def reversal_by_id(conn: Connection, reversal_id: ReversalId) -> ReversalRow | None:
    """Return what was asked for, None where there is none of that id."""
    return _BY_ID.first(conn, id=reversal_id)


def asked_reversals(conn: Connection, group_id: GroupId) -> tuple[ReversalRow, ...]:
    """Return what waits for a second person, oldest first."""
    return tuple(_ASKED.all(conn, group_id=group_id))


def decide_reversal(
    conn: Connection, found: ReversalRow, state: str, decided_by: PersonId, now: datetime
) -> None:
    """Store the decision; older buttons become old."""
    values = {"state": state, "decided_by": decided_by, "decided_at": now, "revision": found.revision + 1}
    conn.execute(update(reversal).where(reversal.c.id == found.id).values(values))


def follow(conn: Connection, before: EntryId, now: EntryId) -> None:
    """Let what is asked about a payment be asked about the entry it has now: it was booked anew."""
    asked = (reversal.c.entry_id == before) & holds(reversal.c.state, "asked")
    conn.execute(update(reversal).where(asked).values(entry_id=now))


def taken_since(
    conn: Connection, wrong: EntryRow, account: Account, holder: int, most: int
) -> tuple[tuple[int, Rial], ...]:
    """Return the entries after one that took from there and stand: number and sum, newest first."""
    after = {"group_id": wrong.group_id, "entry_id": wrong.id, "account": account.value, "holder": holder}
    return tuple(_TAKEN.all(conn, **after, most=most))
