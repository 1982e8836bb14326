"""Corrections of opening balances that were signed, and what became of them."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, insert, select, update

from domain import correcting
from domain.correcting import Part
from domain.ids import CorrectionId, EntryId, MembershipId, NoteId, OpeningId, PersonId
from storage.fixed import holds
from storage.prepared import Prepared
from storage.schema import opening_correction as correction

OPEN = ("waiting", "confirmed")


class CorrectionRow(NamedTuple):
    """Somebody says that a part of what was signed is not right, and what is."""

    id: CorrectionId
    opening_id: OpeningId
    membership_id: MembershipId | None
    was: str
    wanted: str
    note_id: NoteId
    asked_by: PersonId
    asked_at: datetime
    state: str
    said_by: PersonId | None
    signed_by: PersonId | None
    decided_by: PersonId | None
    entry_id: EntryId | None
    revision: int

    @property
    def before(self) -> Part:
        """What was signed."""
        return correcting.read(self.was)

    @property
    def right(self) -> Part:
        """What is to stand in its place."""
        return correcting.read(self.wanted)


_ALL = select(correction)
_BY_ID = Prepared(_ALL.where(correction.c.id == bindparam("id")), CorrectionRow)
_OPEN = Prepared(
    _ALL.where(correction.c.opening_id == bindparam("opening_id"), holds(correction.c.state, *OPEN)),
    CorrectionRow,
)
_OF_MEMBER = Prepared(
    _ALL.where(correction.c.membership_id == bindparam("membership_id"), holds(correction.c.state, *OPEN)),
    CorrectionRow,
)


def correction_by_id(conn: Connection, correction_id: CorrectionId) -> CorrectionRow | None:
    """Return a correction, None where there is none of that id."""
    return _BY_ID.first(conn, id=correction_id)


def open_correction(conn: Connection, opening_id: OpeningId) -> CorrectionRow | None:
    """Return the one that is under way."""
    return _OPEN.first(conn, opening_id=opening_id)


def open_correction_of(conn: Connection, membership_id: MembershipId) -> CorrectionRow | None:
    """Return the one that is under way, where it is about a member's line."""
    return _OF_MEMBER.first(conn, membership_id=membership_id)


def add_correction(conn: Connection, **values: object) -> CorrectionRow:
    """Store what is not right, and what is."""
    made = conn.execute(insert(correction).values(**values).returning(correction.c.id)).scalar_one()
    return _BY_ID.one(conn, id=made)


def change_correction(conn: Connection, found: CorrectionRow, **values: object) -> CorrectionRow:
    """Change a correction and return it changed; older buttons become old."""
    of_it = update(correction).where(correction.c.id == found.id)
    conn.execute(of_it.values(revision=correction.c.revision + 1, **values))
    return _BY_ID.one(conn, id=found.id)
