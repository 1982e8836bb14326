"""Intake: raw updates are stored in one commit, and only then acknowledged and worked on."""

from __future__ import annotations

import hmac
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

from bot.platforms.raw import Json, JsonObject, compact
from storage.inbox import Incoming, Lane, keep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from bot.platforms.messenger import Messenger
    from storage.units import Database

NO_CHAT = 0
LARGEST_NUMBER = 2**63 - 1


class Intake:
    """Takes updates in; `wake` hears of the chats they came from."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        wake: Callable[[Iterable[Lane]], None],
        key: bytes | None = None,
    ) -> None:
        self._key = key or b""
        self._database = database
        self._clock = clock
        self._wake = wake

    async def take(self, messenger: Messenger, updates: Sequence[Json]) -> None:
        """Store a batch and return when it is safe to acknowledge it. Raises DatabaseUnavailable."""
        batch = [incoming(messenger, one, self._key) for one in updates]
        await self._database.write(partial(keep, updates=batch, received_at=self._clock()))
        self._wake({one.lane for one in batch})


def incoming(messenger: Messenger, value: Json, key: bytes = b"") -> Incoming:
    """Describe one update without believing much of it."""
    update = value if isinstance(value, dict) else {}
    number = number_of(update)
    body, flaw = _written(value, number)
    return Incoming(
        lane=Lane(messenger.platform, chat_of(update)),
        bot_id=messenger.bot_id,
        update_id=number or 0,
        body_hash=print_of(update, body, key),
        body=body,
        flaw="this is no update" if number is None else flaw,
    )


def print_of(update: JsonObject, body: str, key: bytes) -> bytes:
    """Return what a repetition is known by; that of a tap needs a key, as it may be a secret vote."""
    if "callback_query" in update:
        return hmac.digest(key, body.encode(), "sha256")
    return sha256(body.encode()).digest()


def _written(value: Json, number: int | None) -> tuple[str, str | None]:
    """Return the body to be kept; of what is nested too deeply to be written, nothing but its number."""
    try:
        return compact(value), None
    except RecursionError:
        return compact({"update_id": number}), "nested too deeply"


def number_of(update: JsonObject) -> int | None:
    """Return the update's number, None where there is none that could be one."""
    return _whole(update.get("update_id"))


def chat_of(update: JsonObject) -> int:
    """Return the chat in whose order an update is worked on: its message's, else its sender's own, else 0."""
    for content in update.values():
        if isinstance(content, dict):
            found = _id(content, "chat") or _id(content.get("message"), "chat") or _id(content, "from")
            return found or NO_CHAT
    return NO_CHAT


def _id(content: Json, name: str) -> int | None:
    part = content.get(name) if isinstance(content, dict) else None
    return _whole(part.get("id")) if isinstance(part, dict) else None


def _whole(value: Json) -> int | None:
    fits = isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST_NUMBER
    return value if fits and isinstance(value, int) else None
