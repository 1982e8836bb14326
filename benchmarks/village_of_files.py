"""A seeded database with the bot's own conduct above it, without the network: members save in it."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, func, select
from telegram import Update

from bot.installation import prepare
from bot.machine import utc_now
from bot.run import tools_of
from bot.settings import Settings
from bot.wiring import open_migrated
from domain.ids import Platform
from domain.outgoing import Inline
from handlers.arrival import Arrival
from handlers.desk import Desk
from storage import dispatch, inbox, outcomes
from storage.dispatch import Claim
from storage.inbox import Incoming, Lane
from storage.outcomes import Delivered
from storage.schema import account, membership
from storage.units import Database

BOT_ID = 77
MOST_STEPS = 8
LEAVING = ("/back", "/cancel")


class Village:
    """Phones without a messenger: what is said to a chat is taken from the outbox as delivery would."""

    def __init__(self, database: Database, desk: Desk, save: str) -> None:
        self.latencies: list[float] = []
        self._database, self._desk, self._save, self._updates = database, desk, save, 0

    @classmethod
    async def opened(cls, file: Path) -> Self:
        settings = Settings(database_url=f"sqlite:///{file}")
        database = await open_migrated(settings.database_url)
        tools = tools_of(settings, await database.write(prepare))
        return cls(database, Desk(tools), tools.texts.label("menu_save"))

    async def close(self) -> None:
        await self._database.close()

    async def count(self) -> int:
        """Return how many members there are."""
        counted = select(func.count()).select_from(membership)
        return await self._database.read(lambda conn: conn.execute(counted).scalar_one())

    async def members(self, most: int) -> Sequence[Lane]:
        """Return chats of members from all over the database."""
        return await self._database.read(partial(_chats, most=most))

    async def save(self, member: Lane) -> None:
        """Go through the whole talk, always by the first button that goes on."""
        data = await self.say(member, self._save)
        steps = 0
        while data is not None and steps < MOST_STEPS:
            data, steps = await self.tap(member, data), steps + 1

    async def say(self, member: Lane, text: str) -> str | None:
        return await self._arrives(member, {"message": _message(member) | {"text": text}})

    async def tap(self, member: Lane, data: str) -> str | None:
        query = {"id": "1", "from": _user(member), "message": _message(member), "chat_instance": "1"}
        return await self._arrives(member, {"callback_query": query | {"data": data}})

    async def _arrives(self, member: Lane, body: dict[str, object]) -> str | None:
        self._updates += 1
        raw = json.dumps({"update_id": self._updates} | body)
        given = Incoming(member, BOT_ID, self._updates, sha256(raw.encode()).digest(), raw)
        began = time.perf_counter()
        await self._database.write(partial(inbox.keep, updates=[given], received_at=utc_now()))
        await self._database.write(partial(self._answer, member=member))
        said = await self._database.write(partial(_deliver, member=member))
        self.latencies.append(time.perf_counter() - began)
        return _next_tap(said)

    def _answer(self, conn: Connection, member: Lane) -> None:
        pending = inbox.first_pending(conn, member)
        if pending is not None and inbox.finish(conn, pending.id, utc_now()):
            update = Update.de_json(json.loads(pending.body), None)
            self._desk.handle(conn, Arrival(pending.id, member.platform, pending.received_at), update)


def _chats(conn: Connection, most: int) -> list[Lane]:
    everybody = conn.execute(select(func.max(account.c.id))).scalar_one()
    chats = select(account.c.platform, account.c.chat_id).where(account.c.membership_id.is_not(None))
    spread = chats.where(account.c.id % max(1, everybody // most) == 0).order_by(account.c.id).limit(most)
    return [Lane(Platform(row.platform), row.chat_id) for row in conn.execute(spread)]


def _deliver(conn: Connection, member: Lane) -> list[Claim]:
    """Mark as sent what waits, as delivery does; return what was said here."""
    now, said = utc_now(), list[Claim]()
    for platform in Platform:
        claimed = dispatch.claim(conn, platform, "growth", now, now, 128)
        outcomes.mark_sent(conn, [Delivered(one, one.id, one.out.action) for one in claimed], now)
        said += claimed
    return [one for one in said if one.out.chat_id == member.chat_id]


def _next_tap(said: Sequence[Claim]) -> str | None:
    """Return the data of the first button of a question; None where nothing is asked any more."""
    for one in reversed(said):
        if isinstance(one.out.keyboard, Inline):
            data = [button.data for row in one.out.keyboard.rows for button in row]
            asked = [d for d in data if d.startswith("t.") and d.split(".")[2] not in LEAVING]
            return asked[0] if asked else None
    return None


def _user(member: Lane) -> dict[str, object]:
    return {"id": member.chat_id, "is_bot": False, "first_name": "x"}


def _message(member: Lane) -> dict[str, object]:
    chat = {"id": member.chat_id, "type": "private"}
    return {"message_id": 1, "date": 1_800_000_000, "chat": chat, "from": _user(member)}
