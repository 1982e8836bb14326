"""What happens by itself: a tick looks for what has fallen due, a sweep erases what is no longer needed."""

from __future__ import annotations

from datetime import UTC
from functools import partial
from typing import TYPE_CHECKING

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.machine import read_surely, write_surely
from storage import traces
from storage.dispatch import sweep_outbox
from storage.inbox import sweep_inbox

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from sqlalchemy import Connection

    from bot.machine import Machine
    from storage.units import Database

TICK_SECONDS = 30
SWEEP_SECONDS = 3600


class Schedule:
    """Ticks only: what is due stands in the database, so a missed or doubled tick does no harm."""

    def __init__(
        self,
        database: Database,
        machine: Machine,
        clock: Callable[[], datetime],
        tick: Callable[[Connection, datetime], None],
        ticked: Callable[[], None],
    ) -> None:
        self._database = database
        self._machine = machine
        self._clock = clock
        self._tick_unit = tick
        self._ticked = ticked
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )

    def start(self) -> None:
        """Begin, with a first tick and sweep at once."""
        self._every(TICK_SECONDS, self.tick)
        self._every(SWEEP_SECONDS, self.sweep)
        self._scheduler.start()

    def stop(self) -> None:
        """Begin nothing more."""
        self._scheduler.shutdown(wait=False)

    async def tick(self) -> None:
        """Do what has fallen due by the clock of the rules."""
        now = self._clock()
        await write_surely(self._database, self._machine, lambda conn: self._tick_unit(conn, now))
        await self._scrub()
        self._ticked()

    async def _scrub(self) -> None:
        """Have the database empty its files of what secret votes left there, once each time."""
        which = await read_surely(self._database, self._machine, traces.left)
        if which is not None and await self._database.scrub():
            await write_surely(self._database, self._machine, partial(traces.gone, which=which))

    async def sweep(self) -> None:
        """Erase old updates and messages, some in each unit, until none is left."""
        for some in (sweep_inbox, sweep_outbox):
            unit = partial(some, now=self._machine.now())
            while await write_surely(self._database, self._machine, unit):
                pass

    def _every(self, seconds: int, job: Callable[[], Awaitable[None]]) -> None:
        self._scheduler.add_job(job, "interval", seconds=seconds, next_run_time=self._machine.now())
