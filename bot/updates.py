"""One update is one unit: read by the library, handed through it to our handler, done or set aside whole."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import structlog
from sqlalchemy import Connection
from telegram import Update
from telegram.ext import ApplicationBuilder, TypeHandler

from bot.machine import write_surely
from bot.metrics import End, Metrics
from bot.platforms.outcome import Sent
from bot.platforms.raw import json_object
from handlers.arrival import Arrival
from storage.inbox import Pending, count_try, finish, set_aside

if TYPE_CHECKING:
    from bot.answering import Answering
    from bot.machine import Machine
    from bot.platforms.messenger import Messenger
    from domain.ids import InboxId
    from storage.units import Database

Then = Callable[[Connection], Pending | None]
MOST_TRIES = 3
LONGEST_REASON = 300
LAST_TAPS_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Work:
    """An update on its way through the library; `ended` brings back what the library would swallow."""

    arrival: Arrival
    update: Update
    then: Then
    ended: asyncio.Future[Pending | None]


class Updates:
    """Works off the updates of one platform."""

    def __init__(
        self,
        messenger: Messenger,
        database: Database,
        answering: Answering,
        machine: Machine,
        metrics: Metrics | None = None,
    ) -> None:
        self._messenger = messenger
        self._database = database
        self._answering = answering
        self._machine = machine
        self._metrics = metrics or Metrics()
        self._taps: set[asyncio.Task[None]] = set()  # that are being answered
        self._library = ApplicationBuilder().bot(messenger.bot).updater(None).job_queue(None).build()
        self._library.add_handler(TypeHandler(Work, self._in_one_unit))

    async def start(self) -> None:
        """Open what the library needs."""
        await self._library.initialize()

    async def stop(self) -> None:
        """Let the taps that are being answered come to an end, and close what the library opened."""
        if self._taps:
            await asyncio.wait(self._taps, timeout=LAST_TAPS_SECONDS)
        await self._library.shutdown()

    async def work(self, pending: Pending, then: Then) -> Pending | None:
        """Bring one update to its end, done or set aside; what `then` finds at that end is returned."""
        end, found = await self._to_its_end(pending, then)
        self._metrics.worked(pending.lane.platform, end, pending.received_at, self._machine.now())
        return found

    async def _to_its_end(self, pending: Pending, then: Then) -> tuple[End, Pending | None]:
        arrival = Arrival(pending.id, pending.lane.platform, pending.received_at, pending.backlog)
        update = await self._read(pending)
        tries = pending.tries
        while update is not None and tries < MOST_TRIES:
            try:
                return "done", await self._through_library(arrival, update, then)
            except Exception as error:  # noqa: BLE001 our own bug: counted, logged, and the chat goes on
                tries = await self._count(arrival, error)
                await self._machine.pause(self._machine.backoff(tries) / 10)
        if update is not None:
            await self._set_aside(arrival, update)
        return "aside", await write_surely(self._database, self._machine, then)

    async def _read(self, pending: Pending) -> Update | None:
        try:
            return self._messenger.parse(json_object(pending.body) or {})
        except Exception as error:  # noqa: BLE001 the library promises nothing over what it does not understand
            reason = f"cannot be read: {type(error).__name__}"  # its message may hold what somebody wrote
        await self._put_aside(pending.id, reason)
        return None

    async def _through_library(self, arrival: Arrival, update: Update, then: Then) -> Pending | None:
        ended: asyncio.Future[Pending | None] = asyncio.get_running_loop().create_future()
        await self._library.process_update(Work(arrival, update, then, ended))
        if not ended.done():
            raise RuntimeError("the library did not hand the update to its handler")
        return ended.result()

    async def _in_one_unit(self, work: Work, _context: object) -> None:
        try:
            found, tap = await write_surely(self._database, self._machine, partial(self._unit, work=work))
        except Exception as error:  # noqa: BLE001 carried back to `work`, which decides
            work.ended.set_exception(error)
        else:
            self._end_waiting(tap)
            work.ended.set_result(found)

    def _unit(self, conn: Connection, work: Work) -> tuple[Pending | None, str | None]:
        tap = None
        if finish(conn, work.arrival.inbox_id, self._machine.now()):
            tap = self._answering.handle(conn, work.arrival, work.update)
        return work.then(conn), tap

    def _end_waiting(self, tap: str | None) -> None:
        """End the waiting sign on a pressed button, beside everything else; that is tried once."""
        if tap is not None:
            task = asyncio.create_task(self._answer(tap))
            self._taps.add(task)
            task.add_done_callback(self._taps.discard)

    async def _answer(self, tap: str) -> None:
        outcome = await self._messenger.answer(tap)
        self._metrics.answered(self._messenger.platform, outcome)
        if not isinstance(outcome, Sent):
            structlog.get_logger().info(
                "tap_not_answered", platform=self._messenger.platform, outcome=str(outcome)
            )

    async def _count(self, arrival: Arrival, error: Exception) -> int:
        tries = await write_surely(self._database, self._machine, partial(count_try, row=arrival.inbox_id))
        structlog.get_logger().error(
            "update_failed", inbox_id=arrival.inbox_id, platform=arrival.platform, tries=tries, exc_info=error
        )
        return tries

    async def _set_aside(self, arrival: Arrival, update: Update) -> None:
        try:
            unit = partial(self._failure_unit, arrival=arrival, update=update)
            self._end_waiting(await write_surely(self._database, self._machine, unit))
        except Exception as error:  # noqa: BLE001 even the apology fails: the chat still has to go on
            structlog.get_logger().error("apology_failed", inbox_id=arrival.inbox_id, exc_info=error)
            await self._put_aside(arrival.inbox_id, "failed, and so did telling so")

    def _failure_unit(self, conn: Connection, arrival: Arrival, update: Update) -> str | None:
        if set_aside(conn, arrival.inbox_id, f"failed {MOST_TRIES} times", self._machine.now()):
            return self._answering.handle_failure(conn, arrival, update)
        return None

    async def _put_aside(self, row: InboxId, reason: str) -> None:
        structlog.get_logger().error("update_set_aside", inbox_id=row, reason=reason)
        unit = partial(set_aside, row=row, reason=reason[:LONGEST_REASON], at=self._machine.now())
        await write_surely(self._database, self._machine, unit)
