"""One address before several workers: updates go to each in turn, and to another where one is gone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import count

import aiohttp
from aiohttp import web


class RoundRobin:
    """Hands requests on, in turn."""

    def __init__(self, ports: Sequence[int], session: aiohttp.ClientSession) -> None:
        self._ports = ports
        self._session = session
        self._turn = count()

    async def answer(self, request: web.Request) -> web.Response:
        """Answer as the first worker does that can be had; 502 where none can."""
        body = await request.read()
        kept = ("X-", "Content-Type")
        headers = {name: value for name, value in request.headers.items() if name.startswith(kept)}
        first = next(self._turn)
        for port in (self._ports[(first + n) % len(self._ports)] for n in range(len(self._ports))):
            try:
                url = f"http://127.0.0.1:{port}{request.path}"
                async with self._session.post(url, data=body, headers=headers) as answer:
                    return web.Response(status=answer.status, body=await answer.read())
            except aiohttp.ClientError:
                continue
        return web.Response(status=502)


@asynccontextmanager
async def round_robin(port: int, workers: Sequence[int]) -> AsyncIterator[None]:
    """Listen on one port for several until the block ends."""
    application = web.Application()
    runner = web.AppRunner(application, access_log=None)
    async with aiohttp.ClientSession() as session:
        application.router.add_post("/{path:.*}", RoundRobin(workers, session).answer)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", port).start()
            yield
        finally:
            await runner.cleanup()
