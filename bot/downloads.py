"""Pictures are fetched in the background: links do not last, and the other platform needs the bytes."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

import structlog
from telegram.error import BadRequest, TelegramError

from bot.machine import read_surely, rung, write_surely
from storage.pictures import (
    Queued,
    fail_picture,
    give_up_elsewhere,
    postpone_picture,
    queued_pictures,
    store_picture,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.machine import Machine
    from bot.platforms.messenger import Messenger
    from domain.ids import Platform
    from storage.units import Database

AT_ONCE = 8
LOOK_SECONDS = 2.0
MOST_TRIES = 10


class Downloads:
    """Fetches what is queued."""

    def __init__(
        self,
        database: Database,
        messengers: Mapping[Platform, Messenger],
        machine: Machine,
        stored: Callable[[], None],
    ) -> None:
        self._database = database
        self._messengers = messengers
        self._machine = machine
        self._stored = stored
        self._bell = asyncio.Event()

    def wake(self) -> None:
        """Say that a picture may have been queued."""
        self._bell.set()

    async def run(self) -> None:
        """Fetch until cancelled: nothing is lost by stopping in the middle."""
        elsewhere = partial(give_up_elsewhere, platforms=tuple(self._messengers))
        await write_surely(self._database, self._machine, elsewhere)
        while True:
            if not await self.once():
                await rung(self._bell, LOOK_SECONDS)

    async def once(self) -> int:
        """Fetch some of what is due and return how many were tried."""
        due = partial(
            queued_pictures, platforms=tuple(self._messengers), now=self._machine.now(), limit=AT_ONCE
        )
        found = await read_surely(self._database, self._machine, due)
        async with asyncio.TaskGroup() as group:
            for picture in found:
                group.create_task(self._fetch(picture))
        return len(found)

    async def _fetch(self, picture: Queued) -> None:
        try:
            content = await self._messengers[picture.platform].download(picture.file_id)
        except TelegramError as error:
            await self._failed(picture, error)
        else:
            unit = partial(store_picture, picture_id=picture.id, content=content, now=self._machine.now())
            await write_surely(self._database, self._machine, unit)
            self._stored()

    async def _failed(self, picture: Queued, error: TelegramError) -> None:
        reason = str(error)
        if isinstance(error, BadRequest) or picture.tries + 1 >= MOST_TRIES:
            structlog.get_logger().warning("picture_given_up", picture_id=picture.id, reason=reason)
            unit = partial(fail_picture, picture_id=picture.id, reason=reason)
            await write_surely(self._database, self._machine, unit)
            self._stored()
        else:
            until = self._machine.later(self._machine.backoff(picture.tries))
            wait = partial(postpone_picture, picture_id=picture.id, until=until, reason=reason)
            await write_surely(self._database, self._machine, wait)
