"""What a proof stands on: a village, its phones, a database, and the settings of workers."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Literal, TypeVar

from sqlalchemy import Connection

from domain.ids import Platform
from simulator import PhoneInHand, Simulator
from storage.migrate import migrate
from storage.outbox import REMINDER, OutRow, enqueue
from storage.units import open_database
from tests.crash.crowd import Crowd
from tests.crash.letters import Post
from tests.crash.village import populate
from tests.process.program import settings_for

T = TypeVar("T")
Mode = Literal["polling", "webhook"]
FIRST_BYSTANDER = 900_000
BYSTANDERS = 40


@dataclass(frozen=True, slots=True)
class Size:
    """How large the village is."""

    groups: int
    members: int  # of each group, beside the treasurer


@dataclass
class Ground:
    """Everything about one run."""

    sim: Simulator
    database_url: str
    mode: Mode
    post: Post
    crowd: Crowd
    bystanders: list[PhoneInHand]
    reminders: int = 0
    ports: list[int] = field(default_factory=list)

    def settings(self, port: int, webhook_port: int | None = None) -> dict[str, str]:
        """The settings of the worker that listens there; platforms may call another port."""
        return settings_for(self.sim, self.database_url) | {
            "BOT_LISTEN": f"127.0.0.1:{port}",
            "BOT_MODE": self.mode,
            "BOT_WEBHOOK_URL": f"http://127.0.0.1:{webhook_port or port}",
            "BOT_LOG_LEVEL": "ERROR",
        }

    async def remind(self) -> None:
        """Let a reminder wait for each bystander."""
        first, self.reminders = self.reminders, self.reminders + len(self.bystanders)
        rows = [_reminder(phone, first + n) for n, phone in enumerate(self.bystanders)]
        await self.write(lambda conn: enqueue(conn, rows))

    async def read(self, unit: Callable[[Connection], T]) -> T:
        """Look into the database beside the workers."""
        database = await open_database(self.database_url)
        try:
            return await database.read(unit)
        finally:
            await database.close()

    async def write(self, unit: Callable[[Connection], T]) -> T:
        """Change the database beside the workers."""
        database = await open_database(self.database_url)
        try:
            return await database.write(unit)
        finally:
            await database.close()


def reminder_text(number: int) -> str:
    return f"reminder {number}."


def _reminder(phone: PhoneInHand, number: int) -> OutRow:
    platform = Platform(phone.phone.flavour.value)
    now = datetime.now(UTC)
    return OutRow(
        platform, phone.phone.user_id, REMINDER, "send", reminder_text(number), now, key=f"r:{number}"
    )


@asynccontextmanager
async def prepared(database_url: str, mode: Mode, size: Size) -> AsyncIterator[Ground]:
    """Found the village and switch the phones on; everybody saves until the block ends."""
    async with Simulator.running(redeliver_after=0.05) as sim:
        await asyncio.to_thread(migrate, database_url)
        unit = partial(populate, group_count=size.groups, members=size.members, now=datetime.now(UTC))
        post = Post(sim)
        ground = Ground(sim, database_url, mode, post, Crowd(sim, post, ()), _bystanders(sim))
        ground.crowd = Crowd(sim, post, await ground.write(unit))
        async with post.at_work(), ground.crowd.busy():
            yield ground


def _bystanders(sim: Simulator) -> list[PhoneInHand]:
    """People who never say a word and are reminded."""
    platforms: Sequence[str] = ("telegram", "telegram", "telegram", "bale")
    phones = [
        sim.phone(platforms[n % 4], FIRST_BYSTANDER + n, "bystander", "+989121112233")
        for n in range(BYSTANDERS)
    ]
    for phone in phones:
        phone.let_bot_write()
    return phones


def free_port() -> int:
    """Find a port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    return port
