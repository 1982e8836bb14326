"""What surely did not arrive is told from what may have."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from telegram.error import NetworkError, TimedOut

from bot.platforms.request import AiohttpRequest, NotSent


def unchanged(_method: str, status: int, body: bytes) -> tuple[int, bytes]:
    return status, body


@asynccontextmanager
async def made(proxy: str | None = None) -> AsyncIterator[AiohttpRequest]:
    request = AiohttpRequest(unchanged, proxy)
    await request.initialize()
    yield request
    await request.shutdown()


@pytest.fixture
async def request_() -> AsyncIterator[AiohttpRequest]:
    async with made() as request:
        yield request


@pytest.fixture
def silent() -> Iterator[str]:
    """An address that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@asynccontextmanager
async def answering(words: bytes) -> AsyncIterator[str]:
    """An address that says these words to any call, and hangs up."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(words)
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


def closed() -> str:
    """An address where nobody is."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"http://127.0.0.1:{server.getsockname()[1]}"


async def test_no_connection_means_not_sent(request_: AiohttpRequest) -> None:
    with pytest.raises(NotSent) as failure:
        await request_.post(f"{closed()}/bot1:secret/getMe")
    assert "secret" not in str(failure.value)


async def test_a_connection_that_takes_too_long_means_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.platforms.request.CONNECT_SECONDS", 0.2)
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)  # it keeps one waiting, and answers no other
        with socket.create_connection(full.getsockname()):
            async with made() as request:
                with pytest.raises(NotSent):
                    await request.post(f"http://127.0.0.1:{full.getsockname()[1]}/bot1:secret/getMe")


async def test_no_answer_means_perhaps_sent(request_: AiohttpRequest, silent: str) -> None:
    with pytest.raises(TimedOut) as failure:
        await request_.post(f"{silent}/bot1:secret/sendMessage", read_timeout=0.05)
    assert "secret" not in str(failure.value)


@pytest.mark.parametrize("words", [b"", b"SSH-2.0\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}"])
async def test_a_connection_that_breaks_means_perhaps_sent(request_: AiohttpRequest, words: bytes) -> None:
    async with answering(words) as address:
        with pytest.raises(NetworkError) as failure:
            await request_.post(f"{address}/bot1:secret/sendMessage")
    assert type(failure.value) is NetworkError
    assert "secret" not in str(failure.value)


async def test_nobody_is_followed_elsewhere(request_: AiohttpRequest) -> None:
    moved = b"HTTP/1.1 307 Temporary Redirect\r\nLocation: /elsewhere\r\nContent-Length: 2\r\n\r\n{}"
    async with answering(moved) as address:
        assert await request_.do_request(f"{address}/bot1:secret/getMe", "POST") == (307, b"{}")


async def test_an_answer_without_end_is_not_read_to_it(
    request_: AiohttpRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.request.LARGEST_ANSWER", 1000)
    async with answering(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 2000) as address:
        with pytest.raises(NetworkError, match="too large"):
            await request_.retrieve(f"{address}/file/bot1:secret/photos/1.jpg")


async def test_a_closed_pool_sends_nothing(request_: AiohttpRequest, silent: str) -> None:
    await request_.shutdown()
    with pytest.raises(NotSent):
        await request_.post(f"{silent}/bot1:secret/sendMessage")


async def test_a_proxy_that_is_away_means_not_sent(silent: str) -> None:
    async with made(closed()) as proxied:
        for address in (silent, silent.replace("http:", "https:")):
            with pytest.raises(NotSent):
                await proxied.post(f"{address}/bot1:secret/getMe")


async def test_a_proxy_in_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", closed())
    monkeypatch.setenv("http_proxy", closed())
    async with answering(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}") as address, made() as request:
        assert await request.do_request(f"{address}/bot1:secret/getMe", "POST") == (200, b"{}")


async def test_the_proxy_of_the_settings_is_asked() -> None:
    async with answering(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}") as proxy, made(proxy) as request:
        assert await request.do_request("http://nowhere.invalid/bot1:secret/getMe", "POST") == (200, b"{}")
