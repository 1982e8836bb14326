"""The bot's own web server, for the health page and the webhook."""

from __future__ import annotations

import asyncio
import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING

import h11
import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from starlette.routing import Route

    from bot.settings import Address

WAITING_CONNECTIONS = 512
PATIENCE = 15.0  # seconds within which a whole request has to arrive


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


def _impatient(patience: float) -> type[H11Protocol]:
    """Make the protocol that hangs up on whoever sends a request too slowly; uvicorn would wait for ever."""

    class Impatient(H11Protocol):
        late: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self.late = self.loop.call_later(patience, transport.abort)

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            if self.conn.their_state not in (h11.IDLE, h11.SEND_BODY):
                self._in_time()
            elif self.late is None:
                self.late = self.loop.call_later(patience, self.transport.abort)

        def connection_lost(self, exc: Exception | None) -> None:
            self._in_time()
            super().connection_lost(exc)

        def _in_time(self) -> None:
            if self.late is not None:
                self.late.cancel()
                self.late = None

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
            Starlette(routes=routes),
            log_config=None,
            http=_impatient(patience),
            lifespan="off",
            access_log=False,
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
