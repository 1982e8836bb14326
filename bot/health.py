"""The health page: is the database writable, does intake work, does anything wait long."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse
from starlette.routing import Route

from storage.dispatch import oldest_waiting
from storage.settings import put
from storage.units import DatabaseUnavailable

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection
    from starlette.requests import Request

    from bot.machine import Machine
    from bot.pulse import Pulse
    from storage.units import Database

PROBE = "last_health_check"


@dataclass(frozen=True, slots=True)
class Health:
    """What `/healthz` looks at."""

    database: Database
    machine: Machine
    pulse: Pulse

    def route(self) -> Route:
        return Route("/healthz", self._answer)

    async def _answer(self, _request: Request) -> JSONResponse:
        """Answer 200 while the bot can work: its database is writable and a platform answers."""
        now = self.machine.now()
        try:
            oldest = await self.database.write(partial(_probe, now=now))
            database = "ok"
        except DatabaseUnavailable as error:
            oldest, database = None, str(error)
        troubles = self.pulse.troubles
        well = database == "ok" and None in troubles.values()
        report = {
            "ok": well,
            "database": database,
            "platforms": {platform: trouble or "ok" for platform, trouble in troubles.items()},
            "oldest_waiting_seconds": None
            if oldest is None
            else max(0, round((now - oldest).total_seconds())),
        }
        return JSONResponse(report, 200 if well else 503)


def _probe(conn: Connection, now: datetime) -> datetime | None:
    put(conn, PROBE, now.isoformat())
    return oldest_waiting(conn)
