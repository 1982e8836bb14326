"""The simulator as an HTTP server inside this process."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route

from simulator.bot_api import BotApi, BotFiles
from simulator.pages import Pages
from simulator.world import World

KEPT_ALIVE = 75  # seconds; longer than any client keeps a connection, else a call meets one that just closed


def application(world: World) -> Starlette:
    """Build the web application of a world."""
    return Starlette(
        routes=[
            Route("/{flavour}/bot{token}/{method}", BotApi(world)),
            Route("/{flavour}/file/bot{token}/{path:path}", BotFiles(world)),
            *Pages(world).routes(),
        ]
    )


class _Server(uvicorn.Server):
    """uvicorn that tells when it listens and leaves the process's signals alone."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listening.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def serving(world: World, host: str, port: int) -> AsyncIterator[int]:
    """Serve a world until the block ends; gives the port (a free one for 0). OSError if it is taken."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(512)
        config = uvicorn.Config(
            application(world),
            log_config=None,
            lifespan="off",
            access_log=False,
            timeout_graceful_shutdown=2,
            timeout_keep_alive=KEPT_ALIVE,
        )
        server = _Server(config)
        task = asyncio.create_task(server.serve([listener]))
        try:
            await server.listening.wait()
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            await world.close()
            await task
