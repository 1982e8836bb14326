"""Delivery: rows are claimed, paced, sent and marked; what fails waits, or is given up with a reason."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import structlog

from bot.machine import rung, write_surely
from bot.metrics import Metrics
from bot.pacing import Pacer
from bot.platforms.outcome import NotNow, Outcome, Refused, RetryLater, Sent, Uncertain, Unreachable
from storage import dispatch, outcomes
from storage.outbox import REMINDER
from storage.outcomes import Delivered
from storage.units import DatabaseUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Connection

    from bot.machine import Machine
    from bot.platforms.messenger import Messenger
    from bot.sending import Sender
    from storage.dispatch import Claim
    from storage.outbox import Action
    from storage.units import Database

T = TypeVar("T")
AT_ONCE = 128
REMINDERS_AT_ONCE = 8  # each has its turn already, and a reply that comes now gets the one after them
LEASE_SECONDS = 90.0  # longer than the longest turn to wait for and the slowest call together
SAFE_SECONDS = 72.0  # of the lease, to begin a call that nobody else may repeat
LOOK_SECONDS = 1.0
MOST_TRIES = 40  # where each may have arrived; never less than an hour, however chance shortens the waits
LONGEST_WAIT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class _Ended:
    """A claimed row whose sending is over; without an outcome it was not begun."""

    claimed: Claim
    outcome: Outcome | None = None
    sent_as: Action = "send"


class Delivery:
    """Sends what waits for one platform."""

    def __init__(
        self,
        messenger: Messenger,
        sender: Sender,
        database: Database,
        machine: Machine,
        name: str,
        metrics: Metrics | None = None,
    ) -> None:
        self._platform = messenger.platform
        self._sender = sender
        self._database = database
        self._machine = machine
        self._name = name
        self._metrics = metrics or Metrics()
        self._pacer = Pacer(messenger)
        self._bell = asyncio.Event()
        self._ended: list[_Ended] = []  # what came to an outcome and is still to be recorded
        self._on_the_way = 0
        self._reminders = 0  # of those on the way
        self._stopping = False

    def wake(self) -> None:
        """Say that something new may wait."""
        self._bell.set()

    def stop(self) -> None:
        """Claim nothing more; `run` ends when what is on the way has arrived."""
        self._stopping = True
        self._bell.set()

    async def run(self) -> None:
        """Deliver until stopped."""
        # On SQLite there is one process only; elsewhere this one takes back what it held when it was killed.
        await self._release(None if self._database.dialect == "sqlite" else self._name)
        try:
            await self._run()
        finally:
            await self._release(self._name)

    async def _release(self, worker: str | None) -> None:
        """Give claims back; where the database cannot be had, they end by themselves."""
        unit = partial(dispatch.release_claims, platform=self._platform, worker=worker)
        with suppress(DatabaseUnavailable):
            await self._database.write(unit)

    async def once(self) -> None:
        """Deliver what is due now, and return when each of it has come to an outcome."""
        async with asyncio.TaskGroup() as group:
            await self._turn(group)
        await self._turn(None)

    async def _run(self) -> None:
        async with asyncio.TaskGroup() as group:
            while not self._stopping:
                await self._turn(group)
                await rung(self._bell, LOOK_SECONDS)
        await self._turn(None)

    async def _turn(self, group: asyncio.TaskGroup | None) -> None:
        """Record what came to an outcome and, where there is a group to send it in, take up what is due."""
        ended, self._ended = self._ended, []
        self._on_the_way -= len(ended)
        self._reminders -= sum(one.claimed.out.priority == REMINDER for one in ended)
        if group is None:
            await self._write(partial(self._record_all, ended=ended))
            return
        for row in await self._write(partial(self._record_and_claim, ended=ended)):
            self._on_the_way += 1
            self._reminders += row.out.priority == REMINDER
            group.create_task(self._deliver(row))

    async def _write(self, unit: Callable[[Connection], T]) -> T:
        return await write_surely(self._database, self._machine, unit)

    def _record_all(self, conn: Connection, ended: Sequence[_Ended]) -> None:
        """Record first what arrived, all of it at once: that is nearly everything."""
        arrived = [
            Delivered(one.claimed, one.outcome.message_id, one.sent_as)
            for one in ended
            if isinstance(one.outcome, Sent)
        ]
        outcomes.mark_sent(conn, arrived, self._machine.now())
        for one in ended:
            self._record(conn, one)

    def _record_and_claim(self, conn: Connection, ended: Sequence[_Ended]) -> tuple[Claim, ...]:
        self._record_all(conn, ended)
        room = AT_ONCE - self._on_the_way
        if not room:
            return ()
        now, until = self._machine.now(), self._machine.later(LEASE_SECONDS)
        more = REMINDERS_AT_ONCE - self._reminders
        return dispatch.claim(conn, self._platform, self._name, now, until, room, more)

    async def _deliver(self, claimed: Claim) -> None:
        until = self._machine.later(LEASE_SECONDS)
        await self._wait_for_turn(claimed.out.chat_id)
        ended = _Ended(claimed)
        if self._machine.later(SAFE_SECONDS) < until and await self._may_begin(claimed):
            outcome, sent_as = await self._sender.say(claimed)
            self._metrics.said(claimed.out, outcome, self._machine.now())
            ended = _Ended(claimed, outcome, sent_as)
        self._ended.append(ended)
        self._bell.set()

    async def _wait_for_turn(self, chat_id: int) -> None:
        await self._pause(self._pacer.wait_for_chat(chat_id, self._machine.timer()))
        await self._pause(self._pacer.wait_for_platform(self._machine.timer()))

    async def _pause(self, seconds: float) -> None:
        if seconds > 0:
            await self._machine.pause(seconds)

    async def _may_begin(self, claimed: Claim) -> bool:
        """Write down before a reminder that it is being sent: after a crash it is not sent again."""
        if claimed.out.priority != REMINDER:
            return True
        unit = partial(dispatch.begin_sending, claimed=claimed, worker=self._name)
        return await self._write(unit)

    def _record(self, conn: Connection, ended: _Ended) -> None:
        claimed, now = ended.claimed, self._machine.now()
        match ended.outcome:
            case None | Sent():
                pass  # not begun, so that whoever claims it next sends it; or recorded already
            case Unreachable(reason):
                outcomes.note_unreachable(conn, self._platform, claimed.out.chat_id, now, reason)
            case Uncertain(reason) if claimed.out.priority == REMINDER:
                outcomes.give_up(conn, claimed, reason, uncertain=True)
            case Refused(reason):
                self._give_up(conn, claimed, reason)
            case RetryLater(after):
                self._try_again(conn, claimed, after, "too many requests")
            case NotNow(reason):
                self._try_again(conn, claimed, self._machine.backoff(claimed.tries), reason)
            case Uncertain(reason) if claimed.tries + 1 < MOST_TRIES:
                self._try_again(conn, claimed, self._machine.backoff(claimed.tries), reason)
            case Uncertain(reason):
                self._give_up(conn, claimed, reason)

    def _try_again(self, conn: Connection, claimed: Claim, after: float, reason: str) -> None:
        if self._machine.now() - claimed.out.created_at > LONGEST_WAIT:
            self._give_up(conn, claimed, f"waited too long: {reason}")
        else:
            outcomes.postpone(conn, claimed, self._machine.later(after), reason)

    def _give_up(self, conn: Connection, claimed: Claim, reason: str) -> None:
        structlog.get_logger().error(
            "message_given_up", outbox_id=claimed.id, platform=self._platform, reason=reason
        )
        outcomes.give_up(conn, claimed, reason)
