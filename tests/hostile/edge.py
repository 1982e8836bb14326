"""The whole way of an update without the network: stored, repaired, parsed, answered by the real desk.

What is answered is looked at as its platform would: well-formed, short enough, nothing undocumented.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from functools import partial
from types import TracebackType

from sqlalchemy import Connection, Row, select, update
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot.intake import Intake
from bot.machine import Machine
from bot.platforms.markup import markup_of
from bot.platforms.messenger import Messenger
from bot.platforms.raw import Json, JsonObject
from bot.updates import Updates
from domain.ids import Platform
from domain.outgoing import load_keyboard
from simulator.wire import Call
from storage.inbox import Lane, first_pending, pending_lanes
from storage.schema import inbox, outbox
from tests.bot.conftest import Hand
from tests.hostile.judged import both_platforms, look_at_call, look_at_text, sending
from tests.stage import Stage

BoxRow = Row[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Said:
    """What one batch of updates brought about."""

    rows: Sequence[BoxRow]
    taps: Sequence[str]  # whose waiting sign ended

    @property
    def texts(self) -> list[str]:
        return [row.text for row in self.rows]

    def to(self, chat: int) -> list[str]:
        """The texts that go to one chat."""
        return [row.text for row in self.rows if row.chat_id == chat]


class Worker(Updates):
    """Notes taps instead of asking a platform to end their waiting sign."""

    taps: list[str]

    def _end_waiting(self, tap: str | None) -> None:
        if tap is not None:
            self.taps.append(tap)


@dataclass
class Edge:
    """A bot that hears whatever it is given; `log` holds what it complained about."""

    stage: Stage
    messengers: Mapping[Platform, Messenger]
    workers: Mapping[Platform, Worker]
    log: list[EventDict]
    numbers: dict[Platform, int] = field(default_factory=dict)

    async def hear(self, platform: Platform | str, *updates: Json, shown: bool = True) -> Said:
        """Take updates in as one batch, work every chat off side by side and look at what is said."""
        messenger = self.messengers[Platform(platform)]
        woken: set[Lane] = set()
        intake = Intake(self.stage.database, lambda: self.stage.now, woken.update)
        await intake.take(messenger, updates)
        await asyncio.gather(*(self._drained(lane) for lane in woken))
        return await self.said(shown=shown)

    async def numbered(self, platform: Platform | str, *contents: JsonObject, shown: bool = True) -> Said:
        """Hear updates that lack their number."""
        return await self.hear(platform, *(self.number(platform, one) for one in contents), shown=shown)

    def number(self, platform: Platform | str, content: JsonObject) -> JsonObject:
        """Give an update its number."""
        where = Platform(platform)
        self.numbers[where] = self.numbers.get(where, 500_000) + 1
        return {"update_id": self.numbers[where]} | content

    async def said(self, *, shown: bool = True) -> Said:
        """What waits to be said; with `shown` it counts as sent from here on."""
        rows = await self.stage.database.write(partial(_waiting, shown=shown))
        for row in rows:
            self._looked_at(row)
        return Said(rows, [tap for platform in self.workers for tap in self._tapped(platform)])

    async def states(self) -> list[str]:
        """What became of every update so far."""
        return await self.stage.read(lambda conn: list(conn.execute(select(inbox.c.state)).scalars()))

    def flaws(self) -> list[EventDict]:
        """Everything that was our own mistake; an update that cannot be read is none."""
        return [entry for entry in self.log if entry["event"] in {"update_failed", "apology_failed"}]

    def forget(self) -> None:
        """Let go of what only the test keeps: every complaint and every text with its name."""
        self.log.clear()
        self.stage.texts._named.clear()

    async def _drained(self, lane: Lane) -> None:
        while (pending := await self.stage.read(partial(first_pending, lane=lane))) is not None:
            await self.workers[lane.platform].work(pending, lambda _conn: None)

    def _looked_at(self, row: BoxRow) -> None:
        messenger = self.messengers[Platform(row.platform)]
        look_at_call(_call(row, messenger), messenger)
        look_at_text(row.text)

    def _tapped(self, platform: Platform) -> list[str]:
        worker, messenger = self.workers[platform], self.messengers[platform]
        taps, worker.taps = worker.taps, []
        for tap in taps:
            look_at_call(Call("answerCallbackQuery", {"callback_query_id": tap}), messenger)
        return taps


def _waiting(conn: Connection, *, shown: bool) -> list[BoxRow]:
    rows = list(conn.execute(select(outbox).where(outbox.c.state == "waiting").order_by(outbox.c.id)))
    if shown:
        conn.execute(update(outbox).where(outbox.c.state == "waiting").values(state="sent", message_id=7))
    return rows


def _call(row: BoxRow, messenger: Messenger) -> Call:
    """The request as `bot.platforms.messenger` words it; pictures stand for themselves."""
    markup = markup_of(load_keyboard(row.keyboard))
    keyboard: JsonObject = {} if markup is None else {"reply_markup": json.dumps(markup)}
    return sending(row.chat_id, row.text, messenger, keyboard)


class OpenEdge:
    """Opens an edge over a stage and closes it again."""

    def __init__(self, stage: Stage) -> None:
        self._stage, self._open = stage, AsyncExitStack()

    async def __aenter__(self) -> Edge:
        log = self._open.enter_context(capture_logs())
        messengers = {one.platform: one for one in both_platforms()}
        workers = {one: self._worker(two, Hand().machine()) for one, two in messengers.items()}
        for worker in workers.values():
            await worker.start()
            self._open.push_async_callback(worker.stop)
        return Edge(self._stage, messengers, workers, log)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._open.aclose()

    def _worker(self, messenger: Messenger, machine: Machine) -> Worker:
        made = Worker(messenger, self._stage.database, self._stage.desk, machine)
        made.taps = []
        return made


async def unfinished(edge: Edge) -> Iterable[Lane]:
    """Chats in which something still waits to be worked on."""
    return await edge.stage.read(lambda conn: pending_lanes(conn, tuple(Platform), 10))
