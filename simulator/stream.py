"""Server-sent events: a page hears everything once, also after its connection broke."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from functools import partial

from starlette.requests import Request
from starlette.responses import StreamingResponse

from simulator.feed import Event
from simulator.views import chat_view, event_view, violation_view
from simulator.wire import Json, JsonObject
from simulator.world import World

KEEP_ALIVE_SECONDS = 15.0


def events(world: World, request: Request) -> StreamingResponse:
    """Stream what happens, on one phone when the query names it, from where the page left off."""
    phone = request.query_params.get("phone")
    last = request.headers.get("last-event-id", "")
    # A number written by an earlier run of the server means nothing here.
    run, _, number = last.partition(".")
    known = int(number) if run == _run(world) and number.isdigit() else None
    return StreamingResponse(
        _lines(world, phone, known),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


def _run(world: World) -> str:
    return f"{id(world):x}"


async def _lines(world: World, phone: str | None, known: int | None) -> AsyncIterator[str]:
    if known is None or not world.feed.reaches(known):
        known = world.feed.last
        yield _line(world, known, "all", _everything(world, phone))
    while not world.closing.is_set():
        look = partial(_fresh, world, known, phone)
        fresh = await world.bell.until(look, KEEP_ALIVE_SECONDS)
        if fresh is None:
            yield ": still here\n\n"
        for event in fresh or ():
            known = event.number
            yield _event(world, event)


def _fresh(world: World, known: int, phone: str | None) -> tuple[Event, ...] | None:
    return world.feed.after(known, phone) or (() if world.closing.is_set() else None)


def _event(world: World, event: Event) -> str:
    phone = None if event.phone is None else world.find(event.phone)[1].phone
    name, body = event_view(event, phone)
    return _line(world, event.number, name, body)


def _everything(world: World, phone: str | None) -> JsonObject:
    shown: list[Json] = [chat_view(chat) for chat in world.chats if phone in {None, chat.phone.id}]
    broken: list[Json] = [violation_view(violation) for violation in world.violations]
    return {"phones": shown, "violations": broken, "violation_count": world.violation_count}


def _line(world: World, number: int, name: str, body: JsonObject) -> str:
    return f"id: {_run(world)}.{number}\nevent: {name}\ndata: {json.dumps(body, ensure_ascii=False)}\n\n"
