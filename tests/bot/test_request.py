"""What surely did not arrive is told from what may have."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Iterator

import pytest
from telegram.error import NetworkError, TimedOut

from bot.platforms.request import AiohttpRequest, NotSent


def unchanged(_method: str, status: int, body: bytes) -> tuple[int, bytes]:
    return status, body


@pytest.fixture
async def request_() -> AsyncIterator[AiohttpRequest]:
    made = AiohttpRequest(unchanged)
    await made.initialize()
    yield made
    await made.shutdown()


@pytest.fixture
def silent() -> Iterator[str]:
    """An address that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


async def test_no_connection_means_not_sent(request_: AiohttpRequest, silent: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        nowhere = f"http://127.0.0.1:{closed.getsockname()[1]}/bot1:secret/getMe"
    with pytest.raises(NotSent) as failure:
        await request_.post(nowhere)
    assert "secret" not in str(failure.value)


async def test_no_answer_means_perhaps_sent(request_: AiohttpRequest, silent: str) -> None:
    with pytest.raises(TimedOut) as failure:
        await request_.post(f"{silent}/bot1:secret/sendMessage", read_timeout=0.05)
    assert "secret" not in str(failure.value)


async def test_a_closed_pool_sends_nothing(request_: AiohttpRequest, silent: str) -> None:
    await request_.shutdown()
    with pytest.raises(NotSent):
        await request_.post(f"{silent}/bot1:secret/sendMessage")


async def test_a_proxy_that_is_away_means_not_sent(silent: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        proxy = f"http://127.0.0.1:{closed.getsockname()[1]}"
    proxied = AiohttpRequest(unchanged, proxy)
    await proxied.initialize()
    with pytest.raises(NetworkError) as failure:
        await proxied.post(f"{silent}/bot1:secret/getMe")
    await proxied.shutdown()
    assert isinstance(failure.value, NotSent)
