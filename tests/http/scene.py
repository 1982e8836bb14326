"""The whole bot against the whole simulator, over HTTP on the loopback; the test moves the clock."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import Connection

from bot.installation import Installation
from bot.machine import Machine
from bot.run import tools_of
from bot.settings import Settings
from bot.wiring import RunningBot, running_bot
from handlers.desk import Desk
from simulator import Simulator
from storage.units import open_database
from tests.http.someone import Someone
from tests.http.texts import NamedTexts
from tests.installation import BEGINNING, KEY

T = TypeVar("T")


A_MOMENT = 0.001  # seconds


async def hardly(_seconds: float) -> None:
    """Let the others have their turn instead of keeping the platforms' pace: the simulator does not mind."""
    await others_turn(A_MOMENT)


async def others_turn(seconds: float) -> None:
    """Leave the loop to the others for so long."""
    never: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    await asyncio.wait({never}, timeout=seconds)


@dataclass
class Scene:
    """One simulator, one database, and the time by which the rules decide."""

    sim: Simulator
    database_url: str
    mode: str
    texts: NamedTexts
    now: datetime = BEGINNING

    @asynccontextmanager
    async def running(self) -> AsyncIterator[RunningBot]:
        """Run the bot until the block ends."""
        running = running_bot(
            self.settings(), self._desk, clock=lambda: self.now, machine=Machine(pause=hardly)
        )
        async with running as bot:
            yield bot

    def settings(self) -> Settings:
        """The settings of a bot that talks with the simulator on both platforms."""
        address = f"127.0.0.1:{_free_port()}"
        return Settings.model_validate(
            {
                "database_url": self.database_url,
                "telegram_token": self.sim.token("telegram"),
                "telegram_api_url": self.sim.url("telegram"),
                "bale_token": self.sim.token("bale"),
                "bale_api_url": self.sim.url("bale"),
                "mode": self.mode,
                "ballot_key": KEY.hex().ljust(64, "0"),
                "webhook_url": f"http://{address}",
                "listen": address,
            }
        )

    def someone(self, platform: str, user_id: int, number: str = "+989121112233") -> Someone:
        """Switch on the phone of a person."""
        return Someone(self.sim.phone(platform, user_id, "Maryam", number), self.texts)

    async def pass_days(self, bot: RunningBot, days: int) -> None:
        """Let days go by, with a tick on each."""
        for _ in range(days):
            self.now += timedelta(days=1)
            await bot.schedule.tick()

    async def read(self, unit: Callable[[Connection], T]) -> T:
        """Look into the database beside the bot."""
        database = await open_database(self.database_url)
        try:
            return await database.read(unit)
        finally:
            await database.close()

    def _desk(self, installation: Installation) -> Desk:
        return Desk(replace(tools_of(self.settings(), installation), texts=self.texts))


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    return port
