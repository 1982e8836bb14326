from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, func, select

from domain.ids import InboxId, Platform
from storage.inbox import (
    Incoming,
    Lane,
    count_try,
    finish,
    first_pending,
    keep,
    pending_lanes,
    set_aside,
    sweep_inbox,
)
from storage.lanes import lease, release
from storage.schema import inbox
from storage.units import Database

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LANE = Lane(Platform.BALE, 5)


def one(number: int, lane: Lane = LANE) -> Incoming:
    return Incoming(lane, 7, number, bytes([number]), f'{{"update_id":{number}}}')


def first(conn: Connection) -> InboxId:
    pending = first_pending(conn, LANE)
    assert pending is not None
    return pending.id


async def test_the_oldest_of_a_chat_comes_first_and_is_done_once(database: Database) -> None:
    def unit(conn: Connection) -> None:
        keep(conn, [one(2), one(1)], NOON)
        row = first(conn)
        assert finish(conn, row, NOON)
        assert not finish(conn, row, NOON)
        pending = first_pending(conn, LANE)
        assert pending is not None
        assert pending.body == '{"update_id":1}'
        assert conn.execute(select(inbox.c.body).where(inbox.c.id == row)).scalar() is None

    await database.write(unit)


async def test_chats_that_wait_longest_are_named_first(database: Database) -> None:
    other = Lane(Platform.TELEGRAM, 5)

    def unit(conn: Connection) -> None:
        keep(conn, [one(1, other), one(2), one(3, other)], NOON)
        assert pending_lanes(conn, list(Platform), 10) == (other, LANE)
        assert pending_lanes(conn, [Platform.BALE], 10) == (LANE,)

    await database.write(unit)


async def test_tries_are_counted_and_the_body_of_one_set_aside_is_kept(database: Database) -> None:
    def unit(conn: Connection) -> None:
        keep(conn, [one(1)], NOON)
        row = first(conn)
        assert [count_try(conn, row) for _ in range(3)] == [1, 2, 3]
        assert set_aside(conn, row, "why", NOON)
        assert not set_aside(conn, row, "again", NOON)
        assert conn.execute(select(inbox.c.body, inbox.c.reason)).one() == ('{"update_id":1}', "why")

    await database.write(unit)


async def test_seen_is_forgotten_after_a_week_and_what_was_set_aside_after_a_month(
    database: Database,
) -> None:
    def unit(conn: Connection) -> None:
        keep(conn, [one(1), one(2), one(3)], NOON)
        finish(conn, first(conn), NOON)
        set_aside(conn, first(conn), "why", NOON)
        left = []
        for days in (6, 8, 31):
            sweep_inbox(conn, NOON + timedelta(days=days))
            left.append(conn.execute(select(func.count()).select_from(inbox)).scalar_one())
        assert left == [3, 2, 1]

    await database.write(unit)


async def test_a_lane_has_one_worker_until_its_lease_ends(database: Database) -> None:
    later = NOON + timedelta(minutes=1)

    def unit(conn: Connection) -> None:
        assert lease(conn, LANE, "one", NOON, later)
        assert not lease(conn, LANE, "two", NOON, later)
        assert lease(conn, LANE, "one", NOON, later)
        assert lease(conn, LANE, "two", later, later + timedelta(minutes=1))
        release(conn, LANE, "one")
        assert not lease(conn, LANE, "one", later, later)
        release(conn, LANE, "two")
        assert lease(conn, LANE, "one", later, later)

    await database.write(unit)
