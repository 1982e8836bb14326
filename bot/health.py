"""How the bot is: `/healthz` for whatever restarts it, `/metrics` for whoever watches it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from storage.dispatch import oldest_waiting
from storage.queues import oldest_pending, queues
from storage.settings import put
from storage.units import DatabaseUnavailable

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection
    from starlette.requests import Request

    from bot.machine import Machine
    from bot.metrics import Metrics
    from bot.pulse import Pulse
    from storage.units import Database

PROBE = "last_health_check"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Since when the oldest message and the oldest update wait; None where none does."""

    message: datetime | None = None
    update: datetime | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """What both pages look at."""

    database: Database
    machine: Machine
    pulse: Pulse
    metrics: Metrics

    def routes(self) -> list[Route]:
        return [Route("/healthz", self._healthz), Route("/metrics", self._metrics)]

    async def _healthz(self, _request: Request) -> JSONResponse:
        """Answer 200 while the bot can work: its database is writable and a platform answers."""
        now = self.machine.now()
        try:
            waiting, database = await self.database.write(partial(_probe, now=now)), "ok"
        except DatabaseUnavailable as error:
            waiting, database = Waiting(), str(error)
        troubles = self.pulse.troubles
        well = database == "ok" and None in troubles.values()
        report = {
            "ok": well,
            "database": database,
            "platforms": {platform: trouble or "ok" for platform, trouble in troubles.items()},
            "oldest_waiting_seconds": _age(waiting.message, now),
            "oldest_update_seconds": _age(waiting.update, now),
        }
        return JSONResponse(report, 200 if well else 503)

    async def _metrics(self, _request: Request) -> Response:
        try:
            found = await self.database.read(queues)
        except DatabaseUnavailable:
            found = None
        alive = {platform: trouble is None for platform, trouble in self.pulse.troubles.items()}
        shown = self.metrics.show(found, alive, self.machine.now())
        return Response(shown, media_type=CONTENT_TYPE_LATEST)


def _probe(conn: Connection, now: datetime) -> Waiting:
    """Write something: a database that can only be read keeps no saving."""
    put(conn, PROBE, now.isoformat())
    return Waiting(oldest_waiting(conn), oldest_pending(conn))


def _age(since: datetime | None, now: datetime) -> int | None:
    return None if since is None else max(0, round((now - since).total_seconds()))
