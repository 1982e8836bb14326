"""How the bot is: `/healthz` for whatever restarts it, `/metrics` for whoever watches it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from storage.queues import Queue, queues
from storage.settings import put
from storage.units import DatabaseUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from starlette.requests import Request

    from bot.machine import Machine
    from bot.metrics import Metrics
    from bot.pulse import Pulse
    from storage.units import Database

PROBE = "last_health_check"


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
        """Answer 200 while the bot can work: its database is writable and a platform answers.

        A database that can only be read keeps no saving, so something is written; what waits is only read.
        """
        now, found = self.machine.now(), tuple[Queue, ...]()
        try:
            await self.database.write(partial(put, name=PROBE, value=now.isoformat()))
            found, database = await self.database.read(queues), "ok"
        except DatabaseUnavailable as error:
            database = str(error)
        troubles = self.pulse.troubles
        well = database == "ok" and None in troubles.values()
        report = {
            "ok": well,
            "database": database,
            "platforms": {platform: trouble or "ok" for platform, trouble in troubles.items()},
            "oldest_waiting_seconds": _age((one for one in found if one.priority is not None), now),
            "oldest_update_seconds": _age((one for one in found if one.priority is None), now),
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


def _age(waiting: Iterable[Queue], now: datetime) -> int | None:
    """For how many seconds the oldest has waited, None where nothing waits."""
    since = min((queue.since for queue in waiting), default=None)
    return None if since is None else max(0, round((now - since).total_seconds()))
