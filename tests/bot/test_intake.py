"""Anything may come in: it is stored, counted once, and set aside where it is no update."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import Connection, select

from bot.intake import Intake, chat_of
from bot.platforms.raw import JsonObject
from bot.platforms.telegram import Telegram
from bot.polling import next_offset
from bot.updates import Updates
from domain.ids import Platform
from storage.inbox import Lane, first_pending, pending_lanes
from storage.schema import inbox, outbox
from storage.units import Database
from tests.bot.conftest import NOON, Echo, Hand

TOKEN = "123456789:AAF-abcdefghijklmnopqrstuvwxyz012345"


@pytest.fixture
def telegram() -> Telegram:
    return Telegram(TOKEN, "https://telegram.example")


@pytest.fixture
def intake(database: Database) -> Intake:
    return Intake(database, lambda: NOON, lambda lanes: None)


def update(number: int, chat: int = 5, text: str = "hello") -> JsonObject:
    return {
        "update_id": number,
        "message": {"message_id": 1, "date": 0, "text": text, "chat": {"id": chat, "type": "private"}},
    }


async def inbox_states(database: Database) -> list[tuple[str, int]]:
    def read(conn: Connection) -> list[tuple[str, int]]:
        return [(row.state, row.chat_id) for row in conn.execute(select(inbox).order_by(inbox.c.id))]

    return await database.read(read)


async def test_a_repetition_is_known_by_number_and_body(
    database: Database, intake: Intake, telegram: Telegram
) -> None:
    await intake.take(telegram, [update(1), update(1), update(2)])
    await intake.take(telegram, [update(2), update(2, text="same number, other words")])
    assert await inbox_states(database) == [("pending", 5)] * 3


async def test_what_is_no_update_is_kept_aside(
    database: Database, intake: Intake, telegram: Telegram
) -> None:
    await intake.take(telegram, [[], {"update_id": "x"}, 7, None, {"update_id": 10**30}])
    assert {state for state, _ in await inbox_states(database)} == {"aside"}


async def test_an_update_the_library_cannot_read_is_set_aside(
    database: Database, intake: Intake, telegram: Telegram, hand: Hand
) -> None:
    await intake.take(telegram, [{"update_id": 1, "message": {"chat": {"id": 5}}}, update(2)])
    worker = Updates(telegram, database, Echo(), hand.machine())
    await worker.start()
    lane = Lane(Platform.TELEGRAM, 5)
    while (pending := await database.read(lambda conn: first_pending(conn, lane))) is not None:
        await worker.work(pending, lambda _conn: None)
    await worker.stop()
    assert await inbox_states(database) == [("aside", 5), ("done", 5)]
    assert await database.read(lambda conn: pending_lanes(conn, [Platform.TELEGRAM], 10)) == ()


async def test_two_who_work_on_one_update_do_it_once(
    database: Database, intake: Intake, telegram: Telegram, hand: Hand
) -> None:
    echo = Echo()
    await intake.take(telegram, [update(1)])
    worker = Updates(telegram, database, echo, hand.machine())
    await worker.start()
    lane = Lane(Platform.TELEGRAM, 5)
    pending = await database.read(lambda conn: first_pending(conn, lane))
    assert pending is not None
    await asyncio.gather(worker.work(pending, lambda _conn: None), worker.work(pending, lambda _conn: None))
    await worker.stop()
    assert await database.read(_said) == ["echo hello"]


def _said(conn: Connection) -> list[str | None]:
    return list(conn.execute(select(outbox.c.text)).scalars())


@pytest.mark.parametrize(
    ("raw", "chat"),
    [
        (update(1, chat=9), 9),
        ({"update_id": 1, "callback_query": {"from": {"id": 3}, "message": {"chat": {"id": 4}}}}, 4),
        ({"update_id": 1, "callback_query": {"from": {"id": 3}}}, 3),
        ({"update_id": 1, "pre_checkout_query": {"from": {"id": 3}}}, 3),
        ({"update_id": 1, "my_chat_member": {"chat": {"id": 8}, "from": {"id": 3}}}, 8),
        ({"update_id": 1}, 0),
        ({"update_id": 1, "message": {"chat": "x", "from": []}}, 0),
    ],
)
def test_the_chat_is_found_in_any_kind_of_update(raw: JsonObject, chat: int) -> None:
    assert chat_of(raw) == chat


def test_numbers_may_begin_anew(telegram: Telegram) -> None:
    assert next_offset([update(4), update(2), "junk"]) == 5
    assert next_offset([]) is None


async def test_broken_characters_do_no_harm(database: Database, intake: Intake, telegram: Telegram) -> None:
    await intake.take(telegram, ["\ud800", update(1, text="\ud800\u0000")])
    assert await inbox_states(database) == [("aside", 0), ("pending", 5)]
