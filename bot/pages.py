"""The bot's own web server, for the health page and the webhook."""

from __future__ import annotations

import asyncio
import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn
from starlette.applications import Starlette

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from starlette.routing import Route

    from bot.settings import Address

WAITING_CONNECTIONS = 512


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


class Pages:
    """Serves some routes at one address. OSError on opening when the port is taken."""

    def __init__(self, address: Address, routes: Sequence[Route]) -> None:
        self._socket = socket.create_server(
            (address.host, address.port),
            family=socket.AF_INET6 if ":" in address.host else socket.AF_INET,
            backlog=WAITING_CONNECTIONS,
        )
        self.port: int = self._socket.getsockname()[1]
        config = uvicorn.Config(
            Starlette(routes=routes),
            log_config=None,
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
