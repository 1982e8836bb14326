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
    from collections.abc import Callable, Iterable, Mapping, Sequence

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
        self._shared = database.dialect != "sqlite"
        self._waiting: dict[Lane, None] = {}  # in the order of their waking
        self._busy: set[Lane] = set()
        self._bell = asyncio.Event()
        self._stopping = False

    def wake(self, lanes: Iterable[Lane]) -> None:
        """Say that something new waits in these chats."""
        self._waiting.update(dict.fromkeys(lanes))
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
            woken, looked = False, self._machine.timer()
            while not self._stopping:
                if not woken or self._machine.timer() - looked >= LOOK_SECONDS:  # also when never at rest
                    self._waiting.update(dict.fromkeys(await self._found()))
                    looked = self._machine.timer()
                for pending in await self._begun():
                    group.create_task(self._drain(pending))
                woken = await rung(self._bell, LOOK_SECONDS)

    async def _found(self) -> tuple[Lane, ...]:
        unit = partial(pending_lanes, platforms=tuple(self._workers), limit=LOOKED_AT_ONCE)
        return await read_surely(self._database, self._machine, unit)

    async def _begun(self) -> Sequence[Pending]:
        """Take up chats, as many as there are places for; return what each of them begins with."""
        lanes = [lane for lane in self._waiting if lane not in self._busy and lane.platform in self._workers]
        taken = sorted(lanes[: SIDE_BY_SIDE - len(self._busy)])  # locked in this order by every worker
        if not taken:
            return ()
        for lane in taken:  # before the look: who is woken from here on is looked at once more
            self._waiting.pop(lane, None)
        # By a unit that writes: where workers share it takes leases, on SQLite another thread costs more.
        found = await write_surely(self._database, self._machine, partial(self._first_of_each, lanes=taken))
        self._busy.update(pending.lane for pending in found)
        return found

    def _first_of_each(self, conn: Connection, lanes: Sequence[Lane]) -> list[Pending]:
        return [pending for lane in lanes if (pending := self._next(conn, lane)) is not None]

    async def _drain(self, first: Pending) -> None:
        """Work off a chat; after some updates it queues up again behind the others."""
        lane, pending = first.lane, first
        try:
            for _ in range(IN_A_ROW):
                if self._stopping:
                    return
                then = partial(self._after, pending=pending)
                found = await self._workers[lane.platform].work(pending, then)
                self._worked()
                if found is None:
                    return
                pending = found
            self._waiting[lane] = None
        finally:
            self._busy.discard(lane)
            if self._waiting:
                self._bell.set()

    def _after(self, conn: Connection, pending: Pending) -> Pending | None:
        """Return what is to be worked on next in a chat; nobody looks where nothing can be."""
        if self._shared or pending.more or pending.lane in self._waiting:
            return self._next(conn, pending.lane)
        return None

    def _next(self, conn: Connection, lane: Lane) -> Pending | None:
        """Return what is to be worked on now in a chat, which no other worker may touch until then."""
        if not self._shared:
            return first_pending(conn, lane)
        now, until = self._machine.now(), self._machine.later(LEASE_SECONDS)
        if not lease(conn, lane, self._name, now, until):
            return None
        pending = first_pending(conn, lane)
        if pending is None:
            release(conn, lane, self._name)
        return pending
