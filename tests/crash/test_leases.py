"""What a killed worker held: it takes it back when it starts anew, and nobody else's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.settings import Settings
from bot.wiring import worker_name
from domain.ids import Platform
from storage.inbox import Lane
from storage.lanes import lease, release_all
from storage.units import Database

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(minutes=1)
HERS, HIS = Lane(Platform.BALE, 1), Lane(Platform.BALE, 2)


async def test_a_worker_gives_its_own_chats_back(database: Database) -> None:
    await database.write(lambda conn: lease(conn, HERS, "killed", NOON, LATER))
    await database.write(lambda conn: lease(conn, HIS, "other", NOON, LATER))
    await database.write(lambda conn: release_all(conn, "killed"))
    assert await database.write(lambda conn: lease(conn, HERS, "third", NOON, LATER))
    assert not await database.write(lambda conn: lease(conn, HIS, "third", NOON, LATER))


@pytest.mark.parametrize(
    ("first", "second", "same"), [(8080, 8080, True), (8080, 8081, False), (0, 0, False)]
)
def test_a_worker_is_known_by_its_place(*, first: int, second: int, same: bool) -> None:
    names = [
        worker_name(Settings.model_validate({"listen": f"127.0.0.1:{port}"})) for port in (first, second)
    ]
    assert (names[0] == names[1]) is same
