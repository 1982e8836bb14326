"""That a member has died, and to whom what was hers is paid."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, insert, select, update

from domain.ids import DeathId, GroupId, MembershipId, NoteId, PersonId
from storage.fixed import holds
from storage.groups import MemberRow
from storage.prepared import Prepared
from storage.schema import death, note


class DeathRow(NamedTuple):
    """What one of the board said; None for an heir's name that was erased."""

    id: DeathId
    group_id: GroupId
    membership_id: MembershipId
    note_id: NoteId
    said_by: PersonId
    said_at: datetime
    state: str
    decided_by: PersonId | None
    decided_at: datetime | None
    revision: int
    heir: str | None


_DEATH = select(*death.c, note.c.text).join(note, note.c.id == death.c.note_id)
_BY_ID = Prepared(_DEATH.where(death.c.id == bindparam("id")), DeathRow)
_SAID = Prepared(
    _DEATH.where(death.c.group_id == bindparam("group_id"), holds(death.c.state, "said")).order_by(
        death.c.id
    ),
    DeathRow,
)
_STANDING = Prepared(
    _DEATH.where(
        death.c.membership_id == bindparam("membership_id"), holds(death.c.state, "said", "confirmed")
    ),
    DeathRow,
)


def add_death(conn: Connection, **values: object) -> DeathRow:
    """Store what was said."""
    made = conn.execute(insert(death).values(**values).returning(death.c.id)).scalar_one()
    return _BY_ID.one(conn, id=made)


def death_by_id(conn: Connection, death_id: DeathId) -> DeathRow | None:
    """Return what was said, None where there is nothing of that id."""
    return _BY_ID.first(conn, id=death_id)


def deaths_said(conn: Connection, group_id: GroupId) -> tuple[DeathRow, ...]:
    """Return what waits for a second person, oldest first."""
    return tuple(_SAID.all(conn, group_id=group_id))


def death_of(conn: Connection, membership_id: MembershipId) -> DeathRow | None:
    """Return what was said of a member, unless it was declined."""
    return _STANDING.first(conn, membership_id=membership_id)


def heir_of(conn: Connection, member: MemberRow) -> str | None:
    """Return who inherits from a member who has died, as it was confirmed; None from everybody else."""
    found = death_of(conn, member.id) if member.state == "left" else None
    return None if found is None or found.state != "confirmed" else found.heir or ""


def has_died(conn: Connection, member: MemberRow) -> bool:
    """Tell whether it was confirmed that a member has died."""
    return heir_of(conn, member) is not None


def decide_death(conn: Connection, found: DeathRow, state: str, by: PersonId, now: datetime) -> DeathRow:
    """Store the answer of the second person; older buttons become old."""
    values = {"state": state, "decided_by": by, "decided_at": now, "revision": found.revision + 1}
    conn.execute(update(death).where(death.c.id == found.id).values(values))
    return _BY_ID.one(conn, id=found.id)
