"""Requests to the simulator's Bot API without any library in between."""

from __future__ import annotations

from dataclasses import dataclass

import aiohttp

from simulator import Simulator
from simulator.wire import Json, JsonObject, parsed


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: HTTP status and body."""

    status: int
    body: JsonObject
    text: str

    @property
    def result(self) -> Json:
        return self.body["result"]


async def call(sim: Simulator, flavour: str, method: str, **fields: Json) -> Answer:
    """Call a method with a JSON body."""
    address = f"{sim.url(flavour)}/bot{sim.token(flavour)}/{method}"
    async with aiohttp.ClientSession() as session, session.post(address, json=fields) as response:
        return await read(response)


async def read(response: aiohttp.ClientResponse) -> Answer:
    text = await response.text()
    body = parsed(text) if text.startswith("{") else {}
    assert isinstance(body, dict)
    return Answer(response.status, body, text)


def field(value: Json, *path: str | int) -> Json:
    """Reach into a JSON value."""
    for step in path:
        match value, step:
            case dict(), str():
                value = value[step]
            case list(), int():
                value = value[step]
            case _:
                raise AssertionError(f"{value!r} has no {step!r}")
    return value
