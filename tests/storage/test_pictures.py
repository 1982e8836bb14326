from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection

from domain.ids import Platform
from storage.pictures import (
    add_made_picture,
    add_picture,
    content_of,
    fail_picture,
    mime_of,
    picture_of,
    postpone_picture,
    queued_pictures,
    store_picture,
)
from storage.units import Database

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
JPEG = b"\xff\xd8\xff\xe0 and more"


@pytest.mark.parametrize(
    ("content", "mime"),
    [
        (JPEG, "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"RIFF\x01\x02\x03\x04WEBPVP8 ", "image/webp"),
        (b"%PDF-1.7", "application/pdf"),
        (b"<svg onload=alert(1)>", "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)
def test_what_a_file_is_shows_in_its_first_bytes(content: bytes, mime: str) -> None:
    assert mime_of(content) == mime


async def test_the_same_bytes_are_kept_once(database: Database) -> None:
    def unit(conn: Connection) -> None:
        sent = add_picture(conn, Platform.BALE, "f", NOON, as_document=True)
        made = add_made_picture(conn, JPEG, NOON)
        store_picture(conn, sent, JPEG, NOON)
        first, second = picture_of(conn, sent), picture_of(conn, made)
        assert first.sha256 == second.sha256
        assert (first.as_document, second.as_document) == (True, False)
        assert first.sha256 is not None
        kept = content_of(conn, first.sha256)
        assert (kept.content, kept.mime) == (JPEG, "image/jpeg")

    await database.write(unit)


async def test_a_download_that_fails_is_tried_again_and_then_given_up(database: Database) -> None:
    def queued(conn: Connection, minutes: int) -> list[int]:
        now = NOON + timedelta(minutes=minutes)
        return [found.tries for found in queued_pictures(conn, [Platform.BALE], now, 10)]

    def unit(conn: Connection) -> None:
        picture = add_picture(conn, Platform.BALE, "f", NOON, as_document=False)
        add_picture(conn, Platform.TELEGRAM, "g", NOON, as_document=False)
        assert queued(conn, 0) == [0]
        postpone_picture(conn, picture, NOON + timedelta(minutes=5), "no answer")
        assert queued(conn, 4) == []
        assert queued(conn, 5) == [1]
        fail_picture(conn, picture, "gone")
        assert queued(conn, 5) == []
        assert not picture_of(conn, picture).waiting

    await database.write(unit)
