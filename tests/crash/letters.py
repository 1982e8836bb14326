"""What the bot says, brought to each phone's owner in order, however many phones there are."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from simulator import PhoneInHand, Simulator
from simulator.feed import MessageShown
from simulator.messages import Message

PATIENCE = 240.0  # seconds; longer than leases of a dead worker, which nobody gives back


class Stuck(AssertionError):
    """Somebody waits for an answer that does not come."""


class Letterbox:
    """One phone with all that has come to it and was not looked at."""

    def __init__(self, phone: PhoneInHand) -> None:
        self.phone = phone
        self.arrived: asyncio.Queue[Message] = asyncio.Queue()
        self._passed: list[str] = []

    async def next(self) -> Message:
        """Wait for the next message or the next state of one."""
        return await self.arrived.get()

    async def hears(self, words: str) -> Message:
        """Wait for a message that holds these words, passing over others. Stuck when none comes."""
        self._passed.clear()
        try:
            async with asyncio.timeout(PATIENCE):
                while words not in (message := await self.next()).text:
                    self._passed.append(message.text)
        except TimeoutError:
            raise Stuck(f"{self.phone.phone.id} waited for {words!r} and heard {self._passed}") from None
        return message


class Post:
    """Brings letters; a phone that is not known here has no letterbox and needs none."""

    def __init__(self, sim: Simulator) -> None:
        self._sim = sim
        self._boxes: dict[str, Letterbox] = {}
        self._seen = sim.world.feed.last
        self.brought = 0

    def box(self, phone: PhoneInHand) -> Letterbox:
        """Set up a letterbox."""
        return self._boxes.setdefault(phone.phone.id, Letterbox(phone))

    async def until_brought(self, letters: int, seconds: float) -> None:
        """Wait until so many more letters have come, but no longer than so many seconds."""
        goal = self.brought + letters
        await self._sim.world.bell.until(lambda: True if self.brought >= goal else None, seconds)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[Post]:
        """Carry letters until the block ends."""
        carrying = asyncio.create_task(self._carry())
        try:
            yield self
        finally:
            carrying.cancel()
            await asyncio.wait([carrying])

    async def _carry(self) -> None:
        feed, bell = self._sim.world.feed, self._sim.world.bell
        while True:
            await bell.until(lambda: True if feed.last > self._seen else None)
            assert feed.reaches(self._seen), "letters were lost: the feed keeps too few events"
            events, self._seen = feed.after(self._seen), feed.last
            for event in events:
                if isinstance(event.happening, MessageShown) and event.happening.message.from_bot:
                    self._bring(event.phone or "", event.happening.message)

    def _bring(self, phone: str, message: Message) -> None:
        self.brought += 1
        if phone in self._boxes:
            self._boxes[phone].arrived.put_nowait(message)
