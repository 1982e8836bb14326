"""The platform at full speed: hands out updates, takes every call, keeps nothing but figures."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import perf_counter
from urllib.parse import parse_qsl, urlsplit

import aiohttp
from aiohttp import web

from benchmarks.people import Person, Tap, Words, heard, update_of
from bot.platforms.raw import Json, JsonObject

SPEAKING = frozenset({"sendMessage", "editMessageText"})
MOST_AT_ONCE = 100  # updates a getUpdates hands out, and connections a webhook is called over
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 the header's name
ME: JsonObject = {"id": 1, "is_bot": True, "first_name": "Bot", "username": "bench_bot"}


@dataclass(slots=True)
class Seen:
    """What was counted since the measuring began."""

    calls: int = 0  # but for those that only ask for updates
    elsewhere: int = 0  # messages to chats in which nobody plays: reminders
    latencies: list[float] = field(default_factory=list)


class Messenger:
    """One platform for one bot and its people.

    `away` is the network's distance both ways, `think` how long people take to go on, both in seconds.
    """

    def __init__(
        self, people: Mapping[int, Person], away: float, workers: int = 1, think: float = 0.0
    ) -> None:
        self._people = people
        self._away = away
        self._workers = workers
        self._think = think
        self._queue: deque[JsonObject] = deque()
        self._sent: dict[int, deque[float]] = {chat: deque() for chat in people}
        self._number = 0
        self._more = asyncio.Event()
        self._hooks: list[tuple[str, str]] = []  # address and secret of each worker
        self.began = asyncio.Event()
        self.seen = Seen()
        self.silent_since = perf_counter()

    async def receive(self, request: web.BaseRequest) -> web.Response:
        """Answer one call of the Bot API."""
        method = request.path.rpartition("/")[2]
        fields = dict(parse_qsl(request.query_string)) | dict(parse_qsl((await request.read()).decode()))
        self.seen.calls += method != "getUpdates"
        result = await self._result(method, fields)
        if self._away:
            await asyncio.sleep(self._away)
        body = json.dumps({"ok": True, "result": result}).encode()
        return web.Response(body=body, content_type="application/json")

    async def bring(self, session: aiohttp.ClientSession) -> None:
        """Post updates to the workers in turn, one after the other on this connection, until cancelled."""
        while True:
            update = await self._next()
            if self._away:
                await asyncio.sleep(self._away)
            url, secret = self._hooks[self._number % len(self._hooks)]
            headers = {SECRET_HEADER: secret}
            async with session.post(url, json=update, headers=headers) as answer:
                await answer.read()

    async def _result(self, method: str, fields: dict[str, str]) -> Json:
        match method:
            case "getUpdates":
                self._begin()
                return await self._batch()
            case "getMe":
                return ME
            case "setWebhook":
                self._hooks.append((fields["url"], fields.get("secret_token", "")))
                self._ready()
                return True
            case _ if method in SPEAKING:
                return self._said(method, fields)
            case _:
                return True

    async def _batch(self) -> list[Json]:
        batch: list[Json] = [await self._next()]
        while self._queue and len(batch) < MOST_AT_ONCE:
            batch.append(self._queue.popleft())
        return batch

    async def _next(self) -> JsonObject:
        while not self._queue:
            self._more.clear()
            await self._more.wait()
        return self._queue.popleft()

    def _ready(self) -> None:
        if len(self._hooks) == self._workers:
            self._begin()

    def _begin(self) -> None:
        if self.began.is_set():
            return
        self.began.set()
        for chat, person in self._people.items():
            first = person.first()
            if first is not None:
                self._send(chat, first)

    def _send(self, chat: int, said: Words | Tap) -> None:
        self._number += 1
        self._queue.append(update_of(chat, self._number, said))
        self._sent[chat].append(perf_counter())
        self._more.set()

    def _go_on(self, chat: int, then: Words | Tap) -> None:
        if self._think:
            asyncio.get_running_loop().call_later(self._think, self._send, chat, then)
        else:
            self._send(chat, then)

    def _said(self, method: str, fields: dict[str, str]) -> JsonObject:
        chat = int(fields["chat_id"])
        person = self._people.get(chat)
        if person is not None:
            answered = person.hears(heard(method, fields))
            if answered.mine and self._sent[chat]:
                self.silent_since = perf_counter()
                self.seen.latencies.append(self.silent_since - self._sent[chat].popleft())
            if answered.then is not None:
                self._go_on(chat, answered.then)
        else:
            self.seen.elsewhere += 1
        self._number += 1
        where: JsonObject = {"id": chat, "type": "private", "first_name": "Person"}
        message: JsonObject = {"message_id": self._number, "date": 1_790_000_000, "chat": where}
        return message | {"from": ME, "text": fields.get("text", "")}


async def serve(messenger: Messenger) -> tuple[web.ServerRunner, str]:
    """Listen on this machine; return what closes it again and the address."""
    runner = web.ServerRunner(web.Server(messenger.receive, access_log=None))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    return runner, urlsplit(f"http://{host}:{port}").geturl()
