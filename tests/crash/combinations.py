"""The ways a bot can be run, each ready for a proof."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.crash.ground import Mode, Size, free_port, prepared
from tests.crash.killing import Stand
from tests.crash.proxy import round_robin
from tests.crash.server import own_server
from tests.crash.worker import Worker

COMBINATIONS: dict[str, tuple[Mode, str]] = {
    "polling-sqlite": ("polling", "sqlite"),
    "webhook-sqlite": ("webhook", "sqlite"),
    "polling-postgresql": ("polling", "postgresql"),
    "webhook-postgresql": ("webhook", "postgresql"),
}


@asynccontextmanager
async def alone(name: str, size: Size) -> AsyncIterator[Stand]:
    """One worker, not yet started, with a village that waits for it."""
    mode, kind = COMBINATIONS[name]
    async with AsyncExitStack() as stack:
        if kind == "sqlite":
            server = None
            folder = stack.enter_context(TemporaryDirectory(prefix="crash-"))
            url = f"sqlite:///{Path(folder) / 'books.sqlite'}"
        else:
            server = await stack.enter_async_context(own_server())
            url = server.fresh()
        ground = await stack.enter_async_context(prepared(url, mode, size))
        worker = Worker(ground.settings(free_port()))
        stack.push_async_callback(worker.put_away)
        yield Stand(ground, [worker], server)


@asynccontextmanager
async def side_by_side(count: int, size: Size) -> AsyncIterator[Stand]:
    """Several workers on one PostgreSQL, behind one address for webhooks."""
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(own_server())
        ground = await stack.enter_async_context(prepared(server.fresh(), "webhook", size))
        door, *ports = [free_port() for _ in range(count + 1)]
        await stack.enter_async_context(round_robin(door, ports))
        workers = [Worker(ground.settings(port, door)) for port in ports]
        for worker in workers:
            stack.push_async_callback(worker.put_away)
        yield Stand(ground, workers, server)
