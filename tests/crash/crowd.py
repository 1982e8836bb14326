"""Members who save and treasurers who count, each by a script that never asks twice: they wait and trust."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from domain.ids import MembershipId
from simulator import PhoneInHand, Simulator
from tests.crash.letters import Letterbox, Post
from tests.crash.village import Villager
from tests.http.wording import button, said

ENTRY_NUMBER = re.compile(r"شمارهٔ ثبت\D*([\d٬]+)")


class Saver:
    """A member: she saves, waits for the receipt, and saves again while she is asked to."""

    def __init__(self, box: Letterbox, membership: MembershipId) -> None:
        self.membership = membership
        self.reported = 0
        self.receipts: Counter[int] = Counter()
        self.last_receipt = ""
        self._box = box

    async def save_while(self, going_on: asyncio.Event) -> None:
        """Save at least once, and always to the end."""
        await self._box.phone.say("/menu")
        await self._hears("common.menu_of_group")
        await self._save()
        while going_on.is_set():
            await self._save()

    async def _save(self) -> None:
        await self._box.phone.press(button("menu_save"))
        offered = await self._box.hears(said("saving.amount"))
        await self._box.phone.tap(offered.buttons[0], offered)
        await self._taps(button("cash"), "saving.way")
        await self._taps(button("confirm"), "saving.confirm")
        await self._hears("saving.written_down")
        self.reported += 1
        while len(self.receipts) < self.reported:
            self._keep((await self._box.hears(said("saving.receipt_slip"))).text)

    async def _taps(self, word: str, under: str) -> None:
        message = await self._box.hears(said(under))
        await self._box.phone.tap(word, message)

    async def _hears(self, name: str) -> None:
        await self._box.hears(said(name))

    def _keep(self, receipt: str) -> None:
        found = ENTRY_NUMBER.search(receipt)
        assert found, receipt
        number = int(found[1].replace("٬", ""))
        self.receipts[number] += 1
        self.last_receipt = receipt if number == max(self.receipts) else self.last_receipt


class Treasurer:
    """Confirms whatever is put before her, once for each card that comes, also for one that comes again."""

    def __init__(self, box: Letterbox) -> None:
        self._box = box
        self._tapped: set[int] = set()

    async def count(self) -> None:
        """Count for ever."""
        while True:
            card = await self._box.next()
            if button("confirm_deposit") in card.buttons and card.id not in self._tapped:
                self._tapped.add(card.id)
                await self._box.phone.tap(button("confirm_deposit"), card)


class Crowd:
    """Everybody who has a phone in the village."""

    def __init__(self, sim: Simulator, post: Post, villagers: Sequence[Villager]) -> None:
        self._going_on = asyncio.Event()
        self._going_on.set()
        boxes = [(one, post.box(_phone(sim, one))) for one in villagers]
        self.savers = [Saver(box, one.membership) for one, box in boxes if not one.is_treasurer]
        self.treasurers = [Treasurer(box) for one, box in boxes if one.is_treasurer]
        self._saving: list[asyncio.Task[None]] = []

    @asynccontextmanager
    async def busy(self) -> AsyncIterator[None]:
        """Let everybody save and count until the block ends; whoever is stuck ends it."""
        counting = [asyncio.create_task(one.count()) for one in self.treasurers]
        self._saving = [asyncio.create_task(one.save_while(self._going_on)) for one in self.savers]
        try:
            yield
        finally:
            for task in (*counting, *self._saving):
                task.cancel()
            await asyncio.gather(*counting, *self._saving, return_exceptions=True)

    def check(self) -> None:
        """Raise what went wrong with any script so far."""
        for task in self._saving:
            if task.done():
                task.result()

    async def finish(self) -> None:
        """Let each member end what she has begun. Stuck when one cannot."""
        self._going_on.clear()
        await asyncio.gather(*self._saving)


def _phone(sim: Simulator, one: Villager) -> PhoneInHand:
    phone = sim.phone(one.platform.value, one.user_id, f"person {one.user_id}", "+989121112233")
    phone.let_bot_write()
    return phone
