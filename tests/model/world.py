"""Three groups that share some of their people, on a stage on which two may act at once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable
from functools import partial
from hashlib import sha256

from sqlalchemy import Connection, update

from domain.offices import Office
from handlers.desk import Desk
from storage import inbox
from storage.inbox import Incoming, Lane
from storage.schema import group as groups
from storage.units import open_database
from tests.installation import BOT_ID
from tests.phone import Phone, Raw
from tests.stage import Group, Stage

WHOLE_BOARD = (Office.CHAIR, Office.SECRETARY, Office.TREASURER)
GROUP_NAMES = ("سپیدار", "زیتون", "انار")
SHARED, CHAIRS = "پری‌دخت نیک‌نام", "هاجر دلاور"
HELPED = ("ننه خاتون", "بی‌بی گل‌افروز")


class Together(Stage):
    """A stage whose program can be stopped and started, and in which several updates arrive at once."""

    _held: list[Incoming] | None = None

    async def restart(self, url: str) -> None:
        """Begin again with nothing but the database."""
        await self.database.close()
        self.database = await open_database(url)
        self.desk = Desk(self.tools)
        self._answer = self.desk.handle

    async def at_once(self, *acts: Awaitable[object]) -> None:
        """Let several chats' updates be worked off side by side."""
        held: list[Incoming] = []
        self._held = held
        for act in acts:
            await act
        self._held = None
        await self.database.write(lambda conn: inbox.keep(conn, held, self.now))
        work = (partial(self._work_off, lane=incoming.lane) for incoming in held)
        await asyncio.gather(*(self.database.write(unit) for unit in work))
        await self._collect()

    async def _deliver(self, phone: Phone, kind: str, body: Raw) -> None:
        if self._held is None:
            await super()._deliver(phone, kind, body)
            return
        self._updates += 1
        raw = json.dumps({"update_id": self._updates, kind: body})
        lane = Lane(phone.platform, phone.user_id)
        self._held.append(Incoming(lane, BOT_ID, self._updates, sha256(raw.encode()).digest(), raw))


async def peopled(stage: Together) -> list[Group]:
    """A whole board, a treasurer alone, and a group where only the facilitator is; some belong to two."""
    first = await stage.group(offices=WHOLE_BOARD, members=2)
    second = await stage.group("300000 toman", offices=(Office.TREASURER,), members=1)
    third = await stage.group("200000 toman", offices=(), members=1, facilitator=first.facilitator)
    made = [first, second, third]
    first.members.append(await stage.member(first.id, platform="bale"))
    shared = await stage.member(first.id, SHARED)
    first.members.append(shared)
    second.members.append(await stage.member(second.id, phone=shared))
    third.members.append(await stage.member(third.id, phone=first.treasurer))
    await stage.phoneless(first.id, first.members[0], HELPED[0])
    await stage.phoneless(second.id, second.treasurer, HELPED[1])
    await stage.second_account(first.chair, "bale")
    for group, name in zip(made, GROUP_NAMES, strict=True):
        await stage.write(partial(_call, group=group, name=name))
    return made


def _call(conn: Connection, group: Group, name: str) -> None:
    conn.execute(update(groups).where(groups.c.id == group.id).values(name=name))
