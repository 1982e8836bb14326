"""The updates a bot has not fetched yet, and their delivery to a webhook."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from itertools import chain, islice
from urllib.parse import urlsplit

import aiohttp

from simulator.feed import Bell
from simulator.flavours import Platform
from simulator.wire import Json, JsonObject, refused

LONGEST_POLL = 50
_ACCEPTED = range(200, 300)
_UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True, slots=True)
class Update:
    """One update as it will be delivered."""

    id: int
    body: JsonObject


class UpdateQueue:
    """Updates waiting for the bot, fetched by getUpdates or pushed by the webhook."""

    def __init__(self, platform: Platform, bell: Bell) -> None:
        """Begin with the platform's first number."""
        self._platform = platform
        self._bell = bell
        self._next = platform.first_update_id
        self._waiting: deque[Update] = deque(maxlen=platform.kept_updates)
        self._again: list[Update] = []
        self._last: Update | None = None
        self._poll = 0
        self._closed = False
        self.allowed: frozenset[str] = frozenset()

    def __len__(self) -> int:
        """Count what waits."""
        return len(self._waiting) + len(self._again)

    def put(self, kind: str, content: JsonObject) -> None:
        """Append an update, unless the bot asked not to get its kind."""
        if (self.allowed and kind not in self.allowed) or kind in _UNASKED - self.allowed:
            return
        self._last = Update(self._next, {"update_id": self._next, kind: content})
        self._next += 1
        self._waiting.append(self._last)
        self._bell.ring()

    def repeat_last(self) -> None:
        """Deliver the newest update once more under the same number, acknowledged or not."""
        if self._last is not None:
            self._again.append(self._last)
            self._bell.ring()

    def close(self) -> None:
        """End the poll that is waiting, if there is one."""
        self._closed = True

    def drop_all(self) -> None:
        """Forget what waits."""
        self._waiting.clear()
        self._again.clear()

    def allow(self, kinds: Json) -> None:
        """Keep to the kinds a bot asked for; an empty list means the usual ones."""
        if isinstance(kinds, list) and self._platform.honours_allowed_updates:
            self.allowed = frozenset(kind for kind in kinds if isinstance(kind, str))

    async def fetch(self, offset: int, limit: int, seconds: float) -> list[JsonObject]:
        """Acknowledge what is before the offset, then wait for what comes. Refused when polled twice."""
        self._acknowledge(offset)
        self._poll += 1
        mine = self._poll
        self._bell.ring()
        found = await self._bell.until(lambda: self._look(mine, limit), min(seconds, LONGEST_POLL))
        if mine != self._poll:
            raise refused(409, "Conflict: terminated by other getUpdates request")
        return [update.body for update in found or ()]

    def _look(self, mine: int, limit: int) -> list[Update] | None:
        if self._closed or mine != self._poll:
            return []
        again, self._again = self._again, []
        return (again + list(islice(self._waiting, limit))) or None

    def _acknowledge(self, offset: int) -> None:
        if offset < 0:
            while len(self._waiting) > -offset:
                self._waiting.popleft()
        while offset > 0 and self._waiting and self._waiting[0].id < offset:
            self._waiting.popleft()

    def head(self) -> Update | None:
        """Show the update to be pushed next."""
        return next(chain(self._again, self._waiting), None)

    def done(self, update: Update) -> None:
        """Take away what was pushed."""
        if update in self._again:
            self._again.remove(update)
        elif update in self._waiting:
            self._waiting.remove(update)


class Webhook:
    """Pushes updates to the bot's address in order, each again until it is answered with 2xx."""

    def __init__(self, platform: Platform, queue: UpdateQueue, bell: Bell, redeliver_after: float) -> None:
        """Begin without an address; the first wait before a repetition is in seconds."""
        self._platform = platform
        self._queue = queue
        self._bell = bell
        self._redeliver_after = redeliver_after
        self._task: asyncio.Task[None] | None = None
        self._secret: str | None = None
        self.url = ""
        self.last_error = ""

    async def set(self, url: str, secret: str | None) -> None:
        """Push to a new address from now on, or to none."""
        self._check(url)
        await self.stop()
        self.url, self.last_error = url, ""
        self._secret = secret if self._platform.webhook_has_secret else None
        if url:
            self._task = asyncio.create_task(self._push())

    def _check(self, url: str) -> None:
        parts = urlsplit(url)
        if not url or parts.hostname in {"127.0.0.1", "localhost", "::1"}:
            return
        if parts.scheme != "https":
            raise refused(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        ports = self._platform.webhook_ports
        if ports is not None and (parts.port or 443) not in ports:
            raise refused(400, "Bad Request: bad webhook: Webhook can be set up only on allowed ports")

    async def stop(self) -> None:
        """Stop pushing."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.wait([task])

    async def _push(self) -> None:
        pause = self._redeliver_after
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)) as session:
            while True:
                update = await self._bell.until(self._queue.head)
                if update is None or await self._deliver(session, update):
                    pause = self._redeliver_after
                else:
                    await self._bell.until(lambda: None, pause)
                    pause = min(pause * 2, 60.0)

    async def _deliver(self, session: aiohttp.ClientSession, update: Update) -> bool:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._secret} if self._secret else {}
        try:
            async with session.post(self.url, json=update.body, headers=headers) as answer:
                if answer.status in _ACCEPTED:
                    self._queue.done(update)
                    return True
                self.last_error = f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except (aiohttp.ClientError, TimeoutError) as error:
            self.last_error = str(error) or type(error).__name__
        return False
