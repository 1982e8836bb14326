"""Opening balances: the money of a group with paper books, and each member's line."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, insert, select, update

from domain.ids import EntryId, GiverId, GroupId, MembershipId, OpeningId, OpeningLineId, PersonId
from domain.money import Rial
from domain.opening import LineState, Sheet
from storage.fixed import holds
from storage.old_loans import old_loans_in
from storage.prepared import Prepared, alone
from storage.schema import giver, group, opening, opening_line
from storage.types import named


class OpeningRow(NamedTuple):
    """What a group brings along, and how far it has come."""

    id: OpeningId
    group_id: GroupId
    as_of: date
    cash: Rial
    bank: Rial
    aid: Rial
    giver_id: GiverId | None
    entered_by: PersonId
    state: str
    due_at: datetime | None
    signed_by: PersonId | None
    countersigned_by: PersonId | None
    entry_id: EntryId | None
    revision: int


class LineRow(NamedTuple):
    """What one member had saved, and what she says of it."""

    id: OpeningLineId
    opening_id: OpeningId
    membership_id: MembershipId
    savings: Rial
    claimed: Rial | None
    of_loan: bool
    state: LineState
    entered_by: PersonId
    asked_at: datetime | None
    witness_id: PersonId | None
    said_by: PersonId | None
    revision: int


_OPENING = select(opening)
_LINE = select(*(named(one, LineState) if one is opening_line.c.state else one for one in opening_line.c))
_BY_ID = Prepared(_OPENING.where(opening.c.id == bindparam("id")), OpeningRow)
_OF_GROUP = Prepared(_OPENING.where(opening.c.group_id == bindparam("group_id")), OpeningRow)
_LINE_BY_ID = Prepared(_LINE.where(opening_line.c.id == bindparam("id")), LineRow)
_LINES = Prepared(
    _LINE.where(opening_line.c.opening_id == bindparam("opening_id")).order_by(opening_line.c.membership_id),
    LineRow,
)
_LINE_OF = Prepared(
    _LINE.where(
        opening_line.c.opening_id == bindparam("opening_id"),
        opening_line.c.membership_id == bindparam("membership_id"),
    ),
    LineRow,
)
_UNBOOKED = Prepared(
    _LINE.join(opening, opening.c.id == opening_line.c.opening_id).where(
        opening_line.c.membership_id == bindparam("membership_id"),
        holds(opening.c.state, "draft", "asked"),
    ),
    LineRow,
)
_DUE = Prepared(
    select(opening.c.id)
    .where(opening.c.due_at <= bindparam("now"), opening.c.due_at.is_not(None))
    .order_by(opening.c.due_at, opening.c.id)
    .limit(bindparam("most")),
    OpeningId,
)
_ENTRIES = Prepared(select(group.c.head_sequence).where(group.c.id == bindparam("id")), int)
_GIVER: Prepared[str | None] = Prepared(select(giver.c.name).where(giver.c.id == bindparam("id")), alone)


def opening_of(conn: Connection, group_id: GroupId) -> OpeningRow | None:
    """Return what a group brings along, None where it has entered nothing."""
    return _OF_GROUP.first(conn, group_id=group_id)


def opening_by_id(conn: Connection, opening_id: OpeningId) -> OpeningRow | None:
    """Return it by its number, None where there is none."""
    return _BY_ID.first(conn, id=opening_id)


def books_are_empty(conn: Connection, group_id: GroupId) -> bool:
    """Tell whether nothing was ever booked in a group."""
    return _ENTRIES.one(conn, id=group_id) == 0


def add_opening(conn: Connection, **values: object) -> OpeningRow:
    """Begin it; one for each group, ever."""
    made = conn.execute(insert(opening).values(**values).returning(opening.c.id)).scalar_one()
    return _BY_ID.one(conn, id=made)


def change_opening(conn: Connection, found: OpeningRow, **values: object) -> OpeningRow:
    """Change it and return it changed; older buttons become old."""
    changed = update(opening).where(opening.c.id == found.id)
    conn.execute(changed.values(revision=opening.c.revision + 1, **values))
    return _BY_ID.one(conn, id=found.id)


def look_again(conn: Connection, opening_id: OpeningId, at: datetime | None) -> None:
    """Set when the tick looks at it next; never, for None."""
    conn.execute(update(opening).where(opening.c.id == opening_id).values(due_at=at))


def openings_due(conn: Connection, now: datetime, most: int) -> tuple[OpeningId, ...]:
    """Return those whose unanswered lines officers may witness by now."""
    return tuple(_DUE.all(conn, now=now, most=most))


def lines_of(conn: Connection, opening_id: OpeningId) -> tuple[LineRow, ...]:
    """Return the lines of all members, in the order of their joining."""
    return tuple(_LINES.all(conn, opening_id=opening_id))


def line_by_id(conn: Connection, line_id: OpeningLineId) -> LineRow | None:
    """Return a member's line, None where there is none of that number."""
    return _LINE_BY_ID.first(conn, id=line_id)


def line_of(conn: Connection, opening_id: OpeningId, membership_id: MembershipId) -> LineRow | None:
    """Return a member's line, signed or not; None where she has none."""
    return _LINE_OF.first(conn, opening_id=opening_id, membership_id=membership_id)


def unbooked_line(conn: Connection, membership_id: MembershipId) -> LineRow | None:
    """Return a member's line that is not in the books yet."""
    return _UNBOOKED.first(conn, membership_id=membership_id)


def add_line(conn: Connection, **values: object) -> LineRow:
    """Enter a member's line."""
    made = conn.execute(insert(opening_line).values(**values).returning(opening_line.c.id)).scalar_one()
    return _LINE_BY_ID.one(conn, id=made)


def change_line(conn: Connection, found: LineRow, **values: object) -> LineRow:
    """Change a line and return it changed; older buttons become old."""
    changed = update(opening_line).where(opening_line.c.id == found.id)
    conn.execute(changed.values(revision=opening_line.c.revision + 1, **values))
    return _LINE_BY_ID.one(conn, id=found.id)


def ask_all(conn: Connection, opening_id: OpeningId, now: datetime) -> None:
    """Every member is asked from now on."""
    asked = update(opening_line).where(opening_line.c.opening_id == opening_id)
    conn.execute(asked.values(state="waiting", asked_at=now, revision=opening_line.c.revision + 1))


def sheet_of(conn: Connection, found: OpeningRow) -> Sheet:
    """Return all of it as it would be booked."""
    savings = tuple((line.membership_id, line.savings) for line in lines_of(conn, found.id))
    loans = tuple((one.id, one.principal) for one in old_loans_in(conn, found.group_id))
    return Sheet(found.cash, found.bank, found.aid, found.giver_id, savings, loans)


def add_giver(conn: Connection, group_id: GroupId, name: str) -> GiverId:
    """Note who gave money from outside."""
    made = insert(giver).values(group_id=group_id, name=name).returning(giver.c.id)
    return GiverId(conn.execute(made).scalar_one())


def giver_name(conn: Connection, giver_id: GiverId | None) -> str:
    """Return a giver's name; nothing where there is none, or it was erased."""
    return (_GIVER.first(conn, id=giver_id) or "") if giver_id else ""
