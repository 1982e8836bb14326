"""The webhook's door: who may come in, with what, and what they hear."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from io import BytesIO

import aiohttp
import pytest
from sqlalchemy import func, select

from bot.intake import Intake
from bot.pages import Pages
from bot.platforms.telegram import Telegram
from bot.settings import Address
from bot.webhook import LARGEST_BODY, SECRET_HEADER, Webhook
from storage.schema import inbox
from storage.units import Database
from tests.bot.conftest import NOON

TOKEN = "123456789:AAF-abcdefghijklmnopqrstuvwxyz012345"


@pytest.fixture
def webhook() -> Webhook:
    return Webhook(Telegram(TOKEN, "https://telegram.example"), TOKEN, "https://bot.example")


@pytest.fixture
async def door(webhook: Webhook, database: Database) -> AsyncIterator[str]:
    route = webhook.route(Intake(database, lambda: NOON, lambda lanes: None))
    pages = Pages(Address("127.0.0.1", 0), [route])
    serving = asyncio.create_task(pages.run())
    await pages.listening()
    yield f"http://127.0.0.1:{pages.port}{route.path}"
    pages.stop()
    await serving


async def brought(door: str, body: bytes, headers: Mapping[str, str]) -> int:
    async with (
        aiohttp.ClientSession() as session,
        session.post(door, data=BytesIO(body), headers=headers) as answer,
    ):
        return answer.status


async def stored(database: Database) -> int:
    return await database.read(
        lambda conn: conn.execute(select(func.count()).select_from(inbox)).scalar_one()
    )


async def test_only_the_platform_comes_in(webhook: Webhook, door: str, database: Database) -> None:
    body = b'{"update_id": 1, "message": {"chat": {"id": 5}}}'
    assert await brought(door, body, {}) == 403
    assert await brought(door, body, {SECRET_HEADER: "guess"}) == 403
    assert await stored(database) == 0
    assert await brought(door, body, {SECRET_HEADER: webhook.secret}) == 200
    assert await brought(door, body, {SECRET_HEADER: webhook.secret}) == 200
    assert await stored(database) == 1


@pytest.mark.parametrize(
    ("body", "status", "rows"),
    [(b"{", 400, 0), (b"[1]", 400, 0), (b'{"a": 1}', 200, 1), (b"x" * (LARGEST_BODY + 1), 413, 0)],
)
async def test_what_is_no_update_does_no_harm(
    webhook: Webhook, door: str, database: Database, body: bytes, status: int, rows: int
) -> None:
    assert await brought(door, body, {SECRET_HEADER: webhook.secret}) == status
    assert await stored(database) == rows


def test_the_address_gives_nothing_of_the_token_away(webhook: Webhook) -> None:
    assert TOKEN.partition(":")[2] not in webhook.url
    assert webhook.url.startswith("https://bot.example/telegram/")
