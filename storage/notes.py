"""Free text that can be erased: the books keep its salted hash, which says nothing once the note is gone."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, bindparam, insert, select, update

from domain.ids import NoteId
from domain.ledger import NoteRef
from storage.prepared import Prepared, alone
from storage.schema import note

SALT_BYTES = 16
_ADD: Prepared[NoteId] = Prepared(insert(note).returning(note.c.id), NoteId, ("salt", "text", "hash"))
_TEXT: Prepared[str | None] = Prepared(select(note.c.text).where(note.c.id == bindparam("id")), alone)
_HASH: Prepared[bytes] = Prepared(select(note.c.hash).where(note.c.id == bindparam("id")), alone)


def salted_hash(text: str, salt: bytes) -> bytes:
    """SHA-256 over the salt and the text; without the salt the text cannot be guessed."""
    return hashlib.sha256(salt + text.encode()).digest()


def add_note(conn: Connection, text: str, salt: bytes) -> NoteRef:
    """Keep a text; the salt is sixteen bytes of chance or more, ValueError for less."""
    if len(salt) < SALT_BYTES:
        raise ValueError("a salt that short can be guessed")
    printed = salted_hash(text, salt)
    return NoteRef(_ADD.one(conn, salt=salt, text=text, hash=printed), printed)


def note_text(conn: Connection, note_id: NoteId) -> str | None:
    """Return the text, or None once it was erased."""
    return _TEXT.one(conn, id=note_id)


def note_hash(conn: Connection, note_id: NoteId) -> bytes:
    """Return what an entry keeps of the note."""
    return _HASH.one(conn, id=note_id)


def erase_note(conn: Connection, note_id: NoteId) -> None:
    """Forget text and salt for good; the hash stays, and no longer leads back to them."""
    conn.execute(update(note).where(note.c.id == note_id).values(text=None, salt=b""))
