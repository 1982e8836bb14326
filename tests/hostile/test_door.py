"""The webhook's and the health page's door: strangers, nonsense, huge and slow callers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from io import BytesIO

import aiohttp
import pytest
from sqlalchemy import select

from bot.health import Health
from bot.intake import Intake, incoming
from bot.machine import Machine
from bot.metrics import Metrics
from bot.pages import Pages
from bot.platforms.messenger import Messenger
from bot.platforms.raw import JsonObject, json_object
from bot.platforms.telegram import Telegram
from bot.pulse import Pulse
from bot.settings import Address
from bot.webhook import LARGEST_BODY, SECRET_HEADER, Webhook
from storage.schema import inbox
from storage.units import Database
from tests.bot.conftest import NOON
from tests.hostile.judged import NOWHERE, TOKEN

GOOD = b'{"update_id": 1, "message": {"chat": {"id": 5}}}'
HURRIED = 0.2  # seconds until a slow caller is hung up on
PATIENT, AT_ONCE = 30.0, 15.0
CHUNKED = "Transfer-Encoding: chunked"
NOT_SO = {405, 400}  # the latter where nobody ever heard of the method
METHODS = ("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW")


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture
def patience() -> float:
    return PATIENT


@dataclass(frozen=True, slots=True)
class Door:
    """Where the bot listens."""

    port: int
    path: str
    secret: str
    database: Database

    async def ask(
        self, method: str = "POST", path: str = "", body: bytes = GOOD, secret: str | None = None
    ) -> int:
        """Send a request; return the status it is answered with."""
        headers = {SECRET_HEADER: self.secret if secret is None else secret}
        url = f"http://127.0.0.1:{self.port}{path or self.path}"
        async with (
            aiohttp.ClientSession() as session,
            session.request(method, url, data=BytesIO(body), headers=headers) as answer,
        ):
            return answer.status

    async def begin(self, words: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Open a connection and say only the beginning of a request."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(words)
        await writer.drain()
        return reader, writer

    def head(self, length: str) -> bytes:
        """Begin an update as the platform does."""
        known = f"Host: x\r\n{SECRET_HEADER}: {self.secret}\r\n{length}\r\n\r\n"
        return f"POST {self.path} HTTP/1.1\r\n{known}".encode()

    async def stored(self) -> list[str]:
        return await self.database.read(lambda conn: list(conn.execute(select(inbox.c.state)).scalars()))


@pytest.fixture
async def door(database: Database, patience: float) -> AsyncIterator[Door]:
    messenger: Messenger = Telegram(TOKEN, NOWHERE)
    webhook = Webhook(messenger, TOKEN, "https://bot.example")
    pulse = Pulse({messenger.platform: messenger})
    route = webhook.route(Intake(database, lambda: NOON, lambda lanes: None))
    pages = Pages(
        Address("127.0.0.1", 0),
        [route, *Health(database, Machine(), pulse, Metrics()).routes()],
        patience=patience,
    )
    serving = asyncio.create_task(pages.run())
    await pages.listening()
    yield Door(pages.port, route.path, webhook.secret, database)
    pages.stop()
    await serving


@pytest.mark.parametrize("secret", ["", "x", "é", "0" * 48, "x" * 5000, "\u00ff" * 48])
async def test_a_wrong_secret_stays_outside(door: Door, secret: str) -> None:
    assert await door.ask(secret=secret) == 403
    assert await door.stored() == []
    assert await door.ask() == 200


@pytest.mark.parametrize(
    "path", ["/", "/telegram", "/telegram/" + "0" * 48, "/bale/x", "/../etc/passwd", "/%00"]
)
async def test_a_wrong_path_leads_nowhere(door: Door, path: str) -> None:
    assert await door.ask(path=path) == 404
    assert await door.stored() == []


@pytest.mark.parametrize("method", METHODS)
async def test_updates_come_by_post_only(door: Door, method: str) -> None:
    assert await door.ask(method) in NOT_SO
    assert await door.stored() == []


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "BREW"])
async def test_the_health_page_is_only_read(door: Door, method: str) -> None:
    assert await door.ask(method, "/healthz") in NOT_SO


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\0",
        b"\xff\xfe\xfd",
        b"null",
        b"[]",
        b"7",
        b'"x"',
        b"{",
        b'{"update_id": 1',
        b'{"update_id": ' + b"9" * 10_000 + b"}",
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b"x" * (LARGEST_BODY + 1),
    ],
    ids=lambda body: f"{bytes(body[:16])!r}-{len(body)}",
)
async def test_what_is_no_update_is_refused(door: Door, body: bytes) -> None:
    assert await door.ask(body=body) in {400, 413}
    assert await door.stored() == []
    assert await door.ask() == 200


@pytest.mark.parametrize("depth", [100, 300, 500, 700, 900, 940, 960, 980, 1000, 1200])
async def test_deep_nesting_is_kept_or_refused(door: Door, depth: int) -> None:
    body = b'{"update_id": 7, "message": ' + b"[" * depth + b"]" * depth + b"}"
    assert await door.ask(body=body) in {200, 400}
    assert await door.ask() == 200


def test_what_cannot_be_written_again_is_set_aside() -> None:
    deep: JsonObject = {}
    for _ in range(5000):
        deep = {"x": deep}
    found = incoming(Telegram(TOKEN, NOWHERE), {"update_id": 3, "message": deep})
    assert found.flaw == "nested too deeply"
    assert json_object(found.body) == {"update_id": 3}


HEAD = b"POST /x HTTP/1.1\r\nHost: x\r\n"


@pytest.mark.parametrize("patience", [HURRIED])
@pytest.mark.parametrize("words", [b"", b"P", HEAD, HEAD + b"X-A: " + b"a" * 1000])
async def test_whoever_dribbles_a_head_is_hung_up_on(door: Door, words: bytes) -> None:
    reader, writer = await door.begin(words)
    assert not await said_last(reader)
    writer.close()
    assert await door.ask() == 200


@pytest.mark.parametrize("patience", [HURRIED])
@pytest.mark.parametrize("length", ["Content-Length: 500", "Content-Length: 999999999999", CHUNKED])
async def test_whoever_dribbles_a_body_is_hung_up_on(door: Door, length: str) -> None:
    reader, writer = await door.begin(door.head(length))
    assert not await said_last(reader)
    writer.close()
    assert await door.stored() == []
    assert await door.ask() == 200


@pytest.mark.parametrize("patience", [HURRIED])
@pytest.mark.parametrize("words", [HEAD + b"X-A: ", b"body"])
async def test_sending_a_letter_now_and_then_buys_no_time(door: Door, words: bytes) -> None:
    beginning = door.head("Content-Length: 500") if words == b"body" else words
    reader, writer = await door.begin(beginning)
    hung_up, sent = asyncio.ensure_future(said_last(reader)), 0
    while not hung_up.done():
        writer.write(b"a")
        sent += 1
        await asyncio.wait({hung_up}, timeout=HURRIED / 10)
    writer.close()
    assert 1 < sent < 500
    assert await door.stored() == []


async def test_a_bottomless_body_is_read_no_further_than_the_largest_there_may_be(door: Door) -> None:
    reader, writer = await door.begin(door.head(CHUNKED))
    answer, sent = asyncio.ensure_future(reader.readline()), 0
    while not answer.done():
        writer.write(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")
        sent += 0x10000
        await asyncio.wait({answer}, timeout=0.001)
    assert b" 413 " in await answer
    assert LARGEST_BODY < sent < 20 * LARGEST_BODY
    writer.close()
    assert await door.ask() == 200


@pytest.mark.parametrize("head", [b"X-A: " + b"a" * 10_000_000, b"X-A: a\r\n" * 1_000_000])
async def test_an_endless_head_is_hung_up_on_at_once(door: Door, head: bytes) -> None:
    reader, writer = await door.begin(HEAD)
    writer.write(head)
    async with asyncio.timeout(AT_ONCE):
        said = await said_last(reader)
    assert not said or b" 400 " in said
    writer.close()
    assert await door.ask() == 200


async def test_many_who_wait_keep_nobody_out(door: Door) -> None:
    waiting = [await door.begin(HEAD) for _ in range(300)]
    assert await door.ask() == 200
    assert await door.stored() == ["pending"]
    for _, writer in waiting:
        writer.close()


async def said_last(reader: asyncio.StreamReader) -> bytes:
    """Wait until the other side hangs up; return what it said before."""
    try:
        return await reader.read()
    except ConnectionError:
        return b""
