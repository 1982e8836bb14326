"""The bot's own web server, for the health page and the webhook."""

from __future__ import annotations

import asyncio
import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn
from starlette.routing import Router
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from starlette.routing import Route

    from bot.settings import Address

WAITING_CONNECTIONS = 512
PATIENCE = 15.0  # seconds within which a whole request has to arrive
LARGEST_REQUEST = 2 << 20  # bytes


class _Server(uvicorn.Server):
    """uvicorn that leaves the process's signals to the bot."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listening.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class _Impatient(HttpToolsProtocol):
    """Hangs up on whoever sends a request too slowly or without end; uvicorn would wait for ever."""

    patience = PATIENCE
    late: asyncio.TimerHandle | None = None
    whole = False
    arrived = 0  # bytes since a request was whole

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        self.whole = False
        self.arrived += len(data)
        super().data_received(data)
        if self.whole:
            self.arrived = 0
            self._in_time()
        elif self.arrived > LARGEST_REQUEST:
            self.transport.abort()
        elif self.late is None:
            self._wait()

    def on_message_begin(self) -> None:
        self.whole = False
        super().on_message_begin()

    def on_message_complete(self) -> None:
        self.whole = True
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._in_time()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self.late = self.loop.call_later(self.patience, self.transport.abort)

    def _in_time(self) -> None:
        if self.late is not None:
            self.late.cancel()
            self.late = None


def _impatient(seconds: float) -> type[_Impatient]:
    class Impatient(_Impatient):
        patience = seconds

    return Impatient


class Pages:
    """Serves some routes at one address. OSError on opening when the port is taken."""

    def __init__(self, address: Address, routes: Sequence[Route], patience: float = PATIENCE) -> None:
        self._socket = socket.create_server(
            (address.host, address.port),
            family=socket.AF_INET6 if ":" in address.host else socket.AF_INET,
            backlog=WAITING_CONNECTIONS,
        )
        self.port: int = self._socket.getsockname()[1]
        config = uvicorn.Config(
            Router(routes),
            log_config=None,
            http=_impatient(patience),
            lifespan="off",
            access_log=False,
            proxy_headers=False,
            timeout_graceful_shutdown=1,
        )
        self._server = _Server(config)

    async def run(self) -> None:
        """Serve until stopped."""
        await self._server.serve([self._socket])

    async def listening(self) -> None:
        """Return when requests are answered."""
        await self._server.listening.wait()

    def stop(self) -> None:
        """Finish what is being answered, and end."""
        self._server.should_exit = True
