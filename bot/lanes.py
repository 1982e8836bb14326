"""Each chat's updates in order, the chats side by side; what waits is found in the inbox, never in memory."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from bot.machine import read_surely, rung, write_surely
from storage.inbox import Lane, Pending, first_pending, pending_lanes
from storage.lanes import lease, release, release_all
from storage.units import DatabaseUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sqlalchemy import Connection

    from bot.machine import Machine
    from bot.updates import Updates
    from domain.ids import Platform
    from storage.units import Database

SIDE_BY_SIDE = 64
IN_A_ROW = 20  # so that chats in which very much waits do not keep the others from their turn
LOOKED_AT_ONCE = 1000
LEASE_SECONDS = 60.0
LOOK_SECONDS = 2.0  # how soon a chat is found whose worker died or whose waking was missed


class Lanes:
    """Works off the inbox; several workers may share one database."""

    def __init__(
        self,
        database: Database,
        workers: Mapping[Platform, Updates],
        machine: Machine,
        name: str,
        worked: Callable[[], None],
    ) -> None:
        self._database = database
        self._workers = workers
        self._machine = machine
        self._name = name
        self._worked = worked
        self._places = asyncio.Semaphore(SIDE_BY_SIDE)
        self._shared = database.dialect != "sqlite"
        self._waiting: set[Lane] = set()
        self._busy: set[Lane] = set()
        self._bell = asyncio.Event()
        self._stopping = False

    def wake(self, lanes: Iterable[Lane]) -> None:
        """Say that something new waits in these chats."""
        self._waiting.update(lanes)
        self._bell.set()

    def stop(self) -> None:
        """Take up nothing more; `run` ends when what is being worked on is done."""
        self._stopping = True
        self._bell.set()

    async def run(self) -> None:
        """Work until stopped."""
        await self._give_back()  # what the same worker held when it was killed
        try:
            await self._run()
        finally:
            await self._give_back()

    async def _give_back(self) -> None:
        """Let others have the chats; where the database cannot be had, the leases end by themselves."""
        if self._shared:
            with suppress(DatabaseUnavailable):
                await self._database.write(partial(release_all, worker=self._name))

    async def _run(self) -> None:
        async with asyncio.TaskGroup() as group:
            woken = False
            while not self._stopping:
                if not woken:
                    self._waiting.update(await self._found())
                for lane in [lane for lane in self._waiting if self._may_start(lane)]:
                    self._busy.add(lane)
                    group.create_task(self._drain(lane))
                woken = await rung(self._bell, LOOK_SECONDS)

    def _may_start(self, lane: Lane) -> bool:
        return lane not in self._busy and lane.platform in self._workers

    async def _found(self) -> tuple[Lane, ...]:
        unit = partial(pending_lanes, platforms=tuple(self._workers), limit=LOOKED_AT_ONCE)
        return await read_surely(self._database, self._machine, unit)

    async def _drain(self, lane: Lane) -> None:
        try:
            while await self._worked_off_some(lane):
                pass
        finally:
            self._busy.discard(lane)
        if lane in self._waiting:
            self._bell.set()

    async def _worked_off_some(self, lane: Lane) -> bool:
        """Work off a few, then queue up again behind other chats; False when nothing is left."""
        async with self._places:
            for _ in range(IN_A_ROW):
                if self._stopping or (pending := await self._next(lane)) is None:
                    return False
                await self._workers[lane.platform].work(pending)
                self._worked()
        return True

    async def _next(self, lane: Lane) -> Pending | None:
        """Look once more after the last: what came meanwhile has put the chat back among the waiting."""
        self._waiting.discard(lane)
        if not self._shared:
            return await read_surely(self._database, self._machine, partial(first_pending, lane=lane))
        return await write_surely(self._database, self._machine, partial(self._leased, lane=lane))

    def _leased(self, conn: Connection, lane: Lane) -> Pending | None:
        now, until = self._machine.now(), self._machine.later(LEASE_SECONDS)
        if not lease(conn, lane, self._name, now, until):
            return None
        pending = first_pending(conn, lane)
        if pending is None:
            release(conn, lane, self._name)
        return pending
