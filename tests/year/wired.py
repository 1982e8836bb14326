"""The ground over HTTP: the whole bot, the whole simulator, and phones that act on it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from sqlalchemy import Connection, text

from bot.wiring import RunningBot
from domain.ids import Platform
from domain.outgoing import Button, Inline
from simulator import PhoneInHand
from simulator.feed import MessageShown
from simulator.messages import Message
from tests.http.scene import Scene, others_turn
from tests.http.texts import NamedTexts, bare
from tests.phone import Heard, Phone

T = TypeVar("T")
LOOK = 0.003  # seconds between two looks at whether all is done
NEW_YEAR = datetime(2026, 3, 21, 6, 30, tzinfo=UTC)  # 1 Farvardin 1405, 10:00 in Tehran
# As the indexes say it: looked at every few milliseconds, while the tables hold a year.
WORK = text("""
SELECT EXISTS (SELECT 1 FROM inbox WHERE state = 'pending')
    OR EXISTS (SELECT 1 FROM outbox WHERE state IN ('waiting', 'sending'))
""")


class ArrivedTexts(NamedTexts):
    """Knows a text again after a platform has shown it without its marks."""

    def __init__(self) -> None:
        super().__init__()
        self._sent: dict[str, str] = {}

    def render(self, name: str, facts: Mapping[str, object] | None = None) -> str:
        text = super().render(name, facts)
        self._sent[bare(text)] = text
        return text

    def as_sent(self, arrived: str) -> str:
        """Return the text that was sent; a line before it may say whom it is for."""
        if bare(arrived) in self._sent:
            return self._sent[bare(arrived)]
        first, _, after = arrived.partition("\n")
        return f"{first}\n{self._sent[bare(after)]}"


class PhoneOnline(Phone):
    """A phone of the simulator; what stands in its chat is what arrived."""

    def __init__(self, ground: Wired, hand: PhoneInHand) -> None:
        super().__init__(Platform(hand.phone.flavour.value), hand.phone.user_id, ground.texts, self._nowhere)
        self._ground, self._hand = ground, hand
        self._places: dict[int, int] = {}  # where each message stands among what was heard

    async def say(self, text: str) -> list[str]:
        return await self._acted(self._hand.say(text))

    async def start(self, payload: str = "") -> list[str]:
        return await self._acted(self._hand.start(payload))

    async def contact(self, number: str, *, own: bool = True) -> list[str]:
        return await self._acted(self._hand.share_contact(number, user_id=self.user_id if own else None))

    async def press(self, label_or_word: str) -> list[str]:
        if not self._hand.keyboard:
            await self.say("/menu")
        return await self._acted(self._hand.press(self.texts.plain_label(label_or_word) or label_or_word))

    async def tap_data(self, data: str) -> list[str]:
        message, label = next(
            (message, button.text)
            for message in reversed(self._hand.messages)
            for row in message.inline_rows
            for button in row
            if button.data == data
        )
        return await self._acted(self._hand.tap(label, message))

    def hear(self, message: Message) -> None:
        """Note what has arrived, or has changed since."""
        heard = _heard(self._ground.texts, message)
        if message.id in self._places:
            self.heard[self._places[message.id]] = replace(heard, edited=True)
        else:
            self._places[message.id] = len(self.heard)
            self.heard.append(heard)

    async def _acted(self, act: Awaitable[object]) -> list[str]:
        before = len(self.heard)
        await act
        await self._ground.settle()
        return self.since(before)

    async def _nowhere(self, *_: object) -> None:
        raise AssertionError("this act of a phone does not go through the platform")


def _heard(texts: ArrivedTexts, message: Message) -> Heard:
    text = texts.as_sent(message.text)
    name, facts = texts.named(text)
    rows = tuple(tuple(Button(b.text, b.data or "") for b in row) for row in message.inline_rows)
    return Heard(name, facts, text, Inline(rows) if rows else None, None, None)


@dataclass
class Wired:
    """A scene with its running bot."""

    scene: Scene
    bot: RunningBot
    texts: ArrivedTexts
    phones: dict[str, PhoneOnline] = field(default_factory=dict)
    noted: int = 0
    _settling: asyncio.Future[None] | None = None

    @property
    def now(self) -> datetime:
        return self.scene.now

    @property
    def database_url(self) -> str:
        return self.scene.database_url

    def phone(self, platform: Platform | str) -> Phone:
        number = 1001 + len(self.phones)
        hand = self.scene.sim.phone(Platform(platform).value, number, "x", f"+98912000{number:04}")
        return self.phones.setdefault(hand.phone.id, PhoneOnline(self, hand))

    async def pass_time(self, time: timedelta) -> None:
        self.scene.now += time
        await self.bot.schedule.tick()
        await self.settle()

    async def read(self, unit: Callable[[Connection], T]) -> T:
        return await self.bot.database.read(unit)

    async def settle(self) -> None:
        """Wait until all updates are worked off and all that was said has arrived; many wait together."""
        if self._settling is None:
            self._settling = asyncio.ensure_future(self._settle())
        await self._settling

    async def _settle(self) -> None:
        queues = [messenger.updates for messenger in self.scene.sim.world.messengers.values()]
        await others_turn(0)  # those who act together act now
        self._settling = None
        while any(map(len, queues)) or await self.read(lambda conn: conn.execute(WORK).scalar_one()):
            await others_turn(LOOK)
        feed = self.scene.sim.world.feed
        for event in feed.after(self.noted):
            match event.happening:
                case MessageShown(message) if message.from_bot and event.phone:
                    self.phones[event.phone].hear(message)
        self.noted = feed.last
