"""Pictures and files: a platform's name for them, and their bytes, fetched later and kept by hash."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, insert, or_, select, update

from domain.ids import PictureId, Platform
from storage.fixed import holds
from storage.inbox import new_rows
from storage.prepared import Prepared
from storage.schema import file, picture

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

MADE_HERE = ""  # the platform of a file that is our own
LONGEST_REASON = 300

_MAGIC = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"%PDF-", "application/pdf"),
    (b"\xef\xbb\xbf", "text/plain"),  # the mark that texts made here begin with
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as delivery needs it: its id is good on its own platform, its bytes everywhere."""

    platform: str
    file_id: str
    as_document: bool
    waiting: bool
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a file and what they are."""

    content: bytes
    mime: str


@dataclass(frozen=True, slots=True)
class Queued:
    """A picture whose bytes are still to be fetched."""

    id: PictureId
    platform: Platform
    file_id: str
    tries: int


_ADD = Prepared(
    insert(picture).returning(picture.c.id), PictureId, ("platform", "file_id", "as_document", "created_at")
)
_BY_ID = Prepared(
    select(
        picture.c.platform,
        picture.c.file_id,
        picture.c.as_document,
        holds(picture.c.state, "queued"),
        picture.c.sha256,
    ).where(picture.c.id == bindparam("id")),
    Picture,
)


def add_picture(
    conn: Connection, platform: Platform, file_id: str, created_at: datetime, *, as_document: bool
) -> PictureId:
    """Note a picture somebody sent and queue its download."""
    row = {"platform": platform.value, "file_id": file_id, "as_document": as_document}
    return _ADD.one(conn, **row, created_at=created_at)


def add_made_picture(conn: Connection, content: bytes, created_at: datetime) -> PictureId:
    """Keep a file made here, such as a poster."""
    digest = _keep(conn, content, created_at)
    row = {
        "platform": MADE_HERE,
        "file_id": "",
        "as_document": False,
        "state": "stored",
        "sha256": digest,
        "created_at": created_at,
    }
    return PictureId(conn.execute(insert(picture).values(row).returning(picture.c.id)).scalar_one())


def store_picture(conn: Connection, picture_id: PictureId, content: bytes, now: datetime) -> None:
    """Keep the bytes that were fetched."""
    digest = _keep(conn, content, now)
    conn.execute(update(picture).where(picture.c.id == picture_id).values(state="stored", sha256=digest))


def _keep(conn: Connection, content: bytes, created_at: datetime) -> str:
    digest = sha256(content).hexdigest()
    row = {
        "sha256": digest,
        "content": content,
        "mime": mime_of(content),
        "size": len(content),
        "created_at": created_at,
    }
    conn.execute(new_rows(conn, file).values(row).on_conflict_do_nothing())
    return digest


def mime_of(content: bytes) -> str:
    """Tell by the first bytes what a file is; never by what somebody calls it."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((mime for magic, mime in _MAGIC if content.startswith(magic)), "application/octet-stream")


def give_up_elsewhere(conn: Connection, platforms: Collection[Platform]) -> None:
    """Give up on pictures of platforms that are not served any more, so that no message waits for them."""
    elsewhere = update(picture).where(holds(picture.c.state, "queued"), picture.c.platform.not_in(platforms))
    conn.execute(elsewhere.values(state="failed", reason="this platform is not served"))


def queued_pictures(
    conn: Connection, platforms: Sequence[Platform], now: datetime, limit: int
) -> tuple[Queued, ...]:
    """Return pictures whose download is due, oldest first."""
    due = (
        select(picture.c.id, picture.c.platform, picture.c.file_id, picture.c.tries)
        .where(
            holds(picture.c.state, "queued"),
            picture.c.platform.in_(platforms),
            or_(picture.c.not_before.is_(None), picture.c.not_before <= now),
        )
        .order_by(picture.c.id)
        .limit(limit)
    )
    return tuple(
        Queued(PictureId(row.id), Platform(row.platform), row.file_id, row.tries) for row in conn.execute(due)
    )


def postpone_picture(conn: Connection, picture_id: PictureId, until: datetime, reason: str) -> None:
    """Count a failed download and try again later."""
    values = {"tries": picture.c.tries + 1, "not_before": until, "reason": reason[:LONGEST_REASON]}
    conn.execute(update(picture).where(picture.c.id == picture_id).values(values))


def fail_picture(conn: Connection, picture_id: PictureId, reason: str) -> None:
    """Give a download up; on its own platform the picture can still be shown."""
    values = {"state": "failed", "tries": picture.c.tries + 1, "reason": reason[:LONGEST_REASON]}
    conn.execute(update(picture).where(picture.c.id == picture_id).values(values))


def picture_of(conn: Connection, picture_id: PictureId) -> Picture:
    """Return what is known of a picture."""
    return _BY_ID.one(conn, id=picture_id)


def content_of(conn: Connection, digest: str) -> Content:
    """Return the bytes of a stored file."""
    row = conn.execute(select(file.c.content, file.c.mime).where(file.c.sha256 == digest)).one()
    return Content(bytes(row.content), row.mime)
