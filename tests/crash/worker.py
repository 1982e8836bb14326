"""A worker: the real process, started again whenever it was killed."""

from __future__ import annotations

import asyncio
from asyncio.subprocess import Process
from collections.abc import Mapping

from tests.process.program import READY_WITHIN, _start, _until_ready, kill


async def moment(seconds: float) -> None:
    """Let so much time go by."""
    never: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    await asyncio.wait({never}, timeout=seconds)


class Worker:
    """One place at which a process runs, or did."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._settings = settings
        self._process: Process | None = None
        self._ready: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start, without waiting for it to answer."""
        self._process = await _start(self._settings, ("run",), keep_errors=False)
        self._ready = asyncio.create_task(_until_ready(self._process))

    async def answers(self) -> None:
        """Wait until it has started."""
        assert self._ready is not None
        await asyncio.wait_for(asyncio.shield(self._ready), READY_WITHIN)

    async def kill(self) -> None:
        """End it at whichever instruction it is."""
        assert self._process is not None
        assert self._process.returncode is None, "it ended by itself"
        await self.put_away()

    async def put_away(self) -> None:
        """Leave nothing running."""
        process, self._process = self._process, None
        if process is not None and self._ready is not None:
            self._ready.cancel()
            await asyncio.wait([self._ready])
            if process.returncode is None:
                await kill(process)
            await process.communicate()
