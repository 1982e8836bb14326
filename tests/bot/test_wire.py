"""The wire against a server that says what a test wants, byte by byte."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from bot.platforms import wire
from bot.platforms.wire import Answer, NoConnectionError, Wire, answer_in

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
Says = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@pytest.mark.parametrize(
    ("read", "answer"),
    [
        (OK, Answer(200, b"hi", kept=True)),
        (b"HTTP/1.1 429 Too Many\r\ncontent-length: 0\r\n\r\n", Answer(429, b"", kept=True)),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: Close\r\n\r\n1",
            Answer(200, b"1", kept=False),
        ),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\n1", Answer(200, b"1", kept=False)),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n3\r\n{\r\n\r\n4;x=1\r\n0123\r\n0\r\n\r\n",
            Answer(200, b"{\r\n0123", kept=True),
        ),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n1\r\n0\r\nAfter: all\r\n\r\n",
            Answer(200, b"1", kept=True),
        ),
    ],
)
def test_an_answer_is_there_with_its_last_byte_and_not_before(read: bytes, answer: Answer) -> None:
    assert answer_in(read) == answer
    assert {answer_in(read[:end]) for end in range(len(read))} == {None}


def test_an_answer_without_a_length_ends_with_its_connection() -> None:
    read = b"HTTP/1.1 200 OK\r\n\r\n{}"
    assert answer_in(read) is None
    assert answer_in(read, ended=True) == Answer(200, b"{}", kept=False)


@pytest.mark.parametrize(
    "read",
    [
        b"what?\r\n\r\n",
        b"HTTP/1.1 fine OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: few\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n12",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"x" * (wire.LARGEST_HEAD + 1),
        OK + b"x" * (wire.LARGEST_BODY + 1),
    ],
)
def test_what_is_no_answer_is_told(read: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        answer_in(read, ended=True)


async def test_a_form_arrives_whole_and_its_connection_carries_the_next() -> None:
    heard: list[bytes] = []

    async def says(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(b"a connection")
        for _ in range(2):
            heard.append(await reader.readuntil(b"\r\n\r\n") + await reader.readexactly(3))
            writer.write(OK)

    async with _server(says) as (one, url):
        assert await one.post(f"{url}/bot1:a/send", b"a=b", 1, 1) == (200, b"hi")
        assert await one.post(f"{url}/bot1:a/send", b"c=d", 1, 1) == (200, b"hi")
    connected, first, second = heard
    assert connected == b"a connection"
    assert first.startswith(b"POST /bot1:a/send HTTP/1.1\r\nHost: 127.0.0.1:")
    assert b"\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n" in first
    assert first.endswith(b"\r\n\r\na=b")
    assert second.endswith(b"\r\n\r\nc=d")


async def test_a_connection_that_was_closed_while_it_rested_is_not_used_again() -> None:
    connections: list[asyncio.StreamWriter] = []

    async def says(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.append(writer)
        await reader.readuntil(b"\r\n\r\n")
        writer.write(OK)

    async with _server(says) as (one, url):
        for _ in range(2):
            assert await one.post(url, b"", 1, 1) == (200, b"hi")
            await _everything_heard()
    assert len(connections) == 2


async def test_a_connection_that_rested_long_is_not_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    connections: list[asyncio.StreamWriter] = []

    async def says(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.append(writer)
        while await reader.read(1000):
            writer.write(OK)

    monkeypatch.setattr(wire, "KEPT_SECONDS", 0)
    async with _server(says) as (one, url):
        for _ in range(2):
            assert await one.post(url, b"", 1, 1) == (200, b"hi")
    assert len(connections) == 2


async def test_a_connection_closed_without_an_answer_is_told_apart_from_none() -> None:
    async def says(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1000)
        writer.write(OK[:-1])

    async with _server(says) as (one, url):
        with pytest.raises(ConnectionError):
            await one.post(url, b"", 1, 1)
    with pytest.raises(NoConnectionError):
        await one.post(url, b"", 1, 1)


async def test_a_late_answer_is_never_taken_for_the_next_ones() -> None:
    asked: list[bytes] = []

    async def says(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        if len(asked) > 1:
            writer.write(OK)
        await reader.read()

    async with _server(says) as (one, url):
        with pytest.raises(TimeoutError):
            await one.post(url, b"", 1, 0.05)
        assert await one.post(url, b"", 1, 1) == (200, b"hi")


async def test_only_so_many_are_open_at_once_and_the_others_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    open_now = [0, 0]  # and the most there were

    async def says(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        open_now[:] = open_now[0] + 1, max(open_now[0] + 1, open_now[1])
        await reader.readuntil(b"\r\n\r\n")
        writer.write(OK.replace(b"OK\r\n", b"OK\r\nConnection: close\r\n"))
        open_now[0] -= 1

    monkeypatch.setattr(wire, "MOST_CONNECTIONS", 2)
    async with _server(says) as (one, url):
        answers = await asyncio.gather(*(one.post(url, b"", 1, 1) for _ in range(6)))
    assert answers == [(200, b"hi")] * 6
    assert open_now[1] <= 2


async def test_whoever_finds_no_room_in_time_sends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async def says(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    monkeypatch.setattr(wire, "MOST_CONNECTIONS", 1)
    async with _server(says) as (one, url):
        first = asyncio.create_task(one.post(url, b"", 1, 0.3))
        await _everything_heard()
        with pytest.raises(NoConnectionError):
            await one.post(url, b"", 0.01, 1)
        with pytest.raises(TimeoutError):
            await first
        with pytest.raises(TimeoutError):
            await one.post(url, b"", 1, 0.05)


@asynccontextmanager
async def _server(says: Says) -> AsyncIterator[tuple[Wire, str]]:
    ends: list[asyncio.Task[None]] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await says(reader, writer)
        finally:
            writer.close()

    def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ends.append(asyncio.create_task(serve(reader, writer)))

    server = await asyncio.start_server(begin, "127.0.0.1", 0)
    one = Wire()
    try:
        yield one, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        one.close()
        server.close()
        await asyncio.gather(*ends, return_exceptions=True)
        await _everything_heard()


async def _everything_heard() -> None:
    """The loop looks at every socket before it hears of a thread that ended."""
    for _ in range(2):
        await asyncio.to_thread(bool)
