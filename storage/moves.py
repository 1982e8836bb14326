"""What was done with the group's money, from the treasurer's word to the second person's."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, insert, select, update

from domain.ids import EntryId, GroupId, MembershipId, MoveId, NoteId, PersonId, PictureId
from domain.money import Rial
from domain.posting import MoveKind, Way
from storage.fixed import holds
from storage.prepared import Prepared
from storage.schema import cash_move
from storage.types import named


class MoveRow(NamedTuple):
    """One move of money as it was entered, and what became of it."""

    id: MoveId
    group_id: GroupId
    kind: MoveKind
    amount: Rial
    way: Way | None
    membership_id: MembershipId | None
    note_id: NoteId | None
    picture_id: PictureId | None
    entered_by: PersonId
    entered_at: datetime
    state: str
    decided_by: PersonId | None
    decided_at: datetime | None
    entry_id: EntryId | None
    revision: int
    round_number: int | None  # of a late fine
    keeper_id: PersonId | None  # who has the cash, or had it until it was handed over


COSTS = (MoveKind.RUNNING_COST.value, MoveKind.BANK_CHARGE.value, MoveKind.CASH_SHORT.value)
_ENUMS = {"kind": MoveKind, "way": Way}
_COLUMNS = [named(column, _ENUMS[column.name]) if column.name in _ENUMS else column for column in cash_move.c]
_MOVE = select(*_COLUMNS)
_OF_GROUP = _MOVE.where(cash_move.c.group_id == bindparam("group_id"))
_BY_ID = Prepared(_MOVE.where(cash_move.c.id == bindparam("id")), MoveRow)
_OF_ENTRY = Prepared(_MOVE.where(cash_move.c.entry_id == bindparam("entry_id")), MoveRow)
_WAITING = Prepared(_OF_GROUP.where(holds(cash_move.c.state, "waiting")).order_by(cash_move.c.id), MoveRow)
_CONFIRMED = (
    _OF_GROUP.where(
        holds(cash_move.c.state, "confirmed"), cash_move.c.way.is_distinct_from(Way.SAVINGS.value)
    )
    .order_by(cash_move.c.id.desc())
    .limit(bindparam("most"))
)
_LATEST = Prepared(_CONFIRMED, MoveRow)
_COSTS = Prepared(_CONFIRMED.where(holds(cash_move.c.kind, *COSTS)), MoveRow)
_BARE = Prepared(
    _OF_GROUP.where(
        holds(cash_move.c.state, "waiting", "confirmed"),
        holds(cash_move.c.kind, MoveKind.RUNNING_COST.value),
        cash_move.c.picture_id.is_(None),
    ).order_by(cash_move.c.id),
    MoveRow,
)


def add_move(conn: Connection, **values: object) -> MoveRow:
    """Store what was entered and return it as it waits now."""
    return MoveRow(*conn.execute(insert(cash_move).values(**values).returning(*_COLUMNS)).one())


def move_by_id(conn: Connection, move_id: MoveId) -> MoveRow | None:
    """Return a move, None where there is none of that id."""
    return _BY_ID.first(conn, id=move_id)


def move_of_entry(conn: Connection, entry_id: EntryId) -> MoveRow | None:
    """Return the move an entry was made from."""
    return _OF_ENTRY.first(conn, entry_id=entry_id)


def latest_confirmed(conn: Connection, group_id: GroupId, most: int) -> tuple[MoveRow, ...]:
    """Return the moves of money entered last that stand in the books, newest first."""
    return tuple(_LATEST.all(conn, group_id=group_id, most=most))


def waiting_moves(conn: Connection, group_id: GroupId) -> tuple[MoveRow, ...]:
    """Return what waits for a second person, oldest first."""
    return tuple(_WAITING.all(conn, group_id=group_id))


def latest_costs(conn: Connection, group_id: GroupId, most: int) -> tuple[MoveRow, ...]:
    """Return what the group's money was spent for last, newest first."""
    return tuple(_COSTS.all(conn, group_id=group_id, most=most))


def bare_costs(conn: Connection, group_id: GroupId) -> tuple[MoveRow, ...]:
    """Return the costs that stand or wait and have no picture of their receipt, oldest first."""
    return tuple(_BARE.all(conn, group_id=group_id))


def update_move(conn: Connection, found: MoveRow, **values: object) -> MoveRow:
    """Change a move and return it changed; every change makes its older buttons old."""
    changed = update(cash_move).where(cash_move.c.id == found.id)
    changed = changed.values(revision=found.revision + 1, **values)
    return MoveRow(*conn.execute(changed.returning(*_COLUMNS)).one())
