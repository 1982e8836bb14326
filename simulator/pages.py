"""The page: its files, its stream, what the bot did wrong, and trouble on order."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from simulator.orders import order_fault
from simulator.phone_api import PhoneApi, answered, asked_object
from simulator.stream import events
from simulator.views import violation_view
from simulator.wire import Json, Refused
from simulator.world import World

STATIC = Path(__file__).parent / "static"
_SHOWN_TYPES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


class Pages:
    """The routes of the page, for one world."""

    def __init__(self, world: World) -> None:
        """Serve the given world."""
        self._world = world

    def routes(self) -> list[BaseRoute]:
        """List the addresses."""
        return [
            Route("/", self.page),
            Route("/phone/{id}", self.page),
            Mount("/static", StaticFiles(directory=STATIC)),
            Route("/events", self.events),
            *PhoneApi(self._world).routes(),
            Route("/api/files/{flavour}/{file}", self.file),
            Route("/api/violations", self.violations),
            Route("/api/faults", self.order_fault, methods=["POST"]),
            Route("/api/faults", self.clear_faults, methods=["DELETE"]),
        ]

    async def page(self, request: Request) -> Response:
        """Give the one page; its script reads from the address which phones to show."""
        del request
        return FileResponse(STATIC / "index.html", headers=_PAGE_HEADERS)

    async def events(self, request: Request) -> Response:
        """Stream what happens."""
        return events(self._world, request)

    async def file(self, request: Request) -> Response:
        """Give a file to the page; only true pictures are shown, all else is saved."""
        messenger = self._world.messengers.get(request.path_params["flavour"])
        try:
            file = messenger.files.by_id(request.path_params["file"]) if messenger else None
        except Refused:
            file = None
        if file is None:
            return Response(status_code=404)
        shown = file.mime in _SHOWN_TYPES
        place = "inline" if shown else f"attachment; filename*=UTF-8''{quote(file.name)}"
        return Response(
            file.content,
            media_type=file.mime if shown else "application/octet-stream",
            headers={"Content-Disposition": place, "X-Content-Type-Options": "nosniff"},
        )

    async def violations(self, request: Request) -> Response:
        """List the rules the bot broke."""
        del request
        world = self._world
        world.note_overdue()
        listed: list[Json] = [violation_view(violation) for violation in world.violations]
        paced: list[Json] = [
            {
                "flavour": warning.flavour,
                "chat": warning.chat,
                "count": warning.count,
                "seconds": warning.seconds,
            }
            for warning in world.pace.warnings
        ]
        return JSONResponse({"count": world.violation_count, "violations": listed, "pace_warnings": paced})

    async def order_fault(self, request: Request) -> Response:
        """Order trouble for the bot's next requests."""
        return await answered(self._order_fault, request)

    async def _order_fault(self, request: Request) -> Json:
        order_fault(self._world.faults, await asked_object(request))
        return {}

    async def clear_faults(self, request: Request) -> Response:
        """Let everything work again."""
        del request
        self._world.faults.clear()
        return JSONResponse({})


_PAGE_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'self'; img-src 'self' blob: data:; base-uri 'none';"
    " form-action 'none'",
}
