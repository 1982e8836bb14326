"""Both messengers together, with what is noted about the bots that use them."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Mapping

from simulator.faults import Faults
from simulator.feed import Bell, Feed, RuleBroken
from simulator.flavours import PLATFORMS, Flavour
from simulator.messages import BotUser, Phone
from simulator.messenger import Chat, Clock, Messenger
from simulator.pace import Pace
from simulator.rules import Violation

KEPT_VIOLATIONS = 1_000
USERNAME = "khodyar_demo_bot"
TOKENS = {
    Flavour.TELEGRAM: "7100000001:AAFsimulator-telegram-demo-token-01",
    Flavour.BALE: "7200000002:AAFsimulator-bale-demo-token-000002",
}


class World:
    """Everything the simulator remembers."""

    def __init__(
        self,
        tokens: Mapping[Flavour, str] = TOKENS,
        *,
        username: str = USERNAME,
        bot_name: str = "Khodyar",
        clock: Clock = time.time,
        redeliver_after: float = 0.5,
    ) -> None:
        """Begin without phones; a webhook that fails is tried again after `redeliver_after` seconds."""
        self.bell = Bell()
        self.feed = Feed(self.bell)
        self.faults = Faults()
        self.pace = Pace()
        self.violations: deque[Violation] = deque(maxlen=KEPT_VIOLATIONS)
        self.violation_count = 0
        self.chats: list[Chat] = []
        self.closing = asyncio.Event()
        self.messengers = {
            flavour: Messenger(
                PLATFORMS[flavour],
                token,
                BotUser(int(token.partition(":")[0]), bot_name, username),
                self.bell,
                self.feed,
                clock,
                redeliver_after,
            )
            for flavour, token in tokens.items()
        }

    def add(self, phone: Phone) -> Chat:
        """Switch a phone on. ValueError when the account has one already."""
        messenger = self.messengers[phone.flavour]
        self.chats.append(messenger.add(phone))
        return self.chats[-1]

    def find(self, phone_id: str) -> tuple[Messenger, Chat]:
        """Find a phone by its id. LookupError when there is none."""
        for chat in self.chats:
            if chat.phone.id == phone_id:
                return self.messengers[chat.phone.flavour], chat
        raise LookupError(phone_id)

    def others(self, messenger: Messenger) -> tuple[Messenger, ...]:
        """Give the messengers that are not this one."""
        return tuple(other for other in self.messengers.values() if other is not messenger)

    def note(self, violation: Violation) -> None:
        """Record a broken rule and show it."""
        self.violations.append(violation)
        self.violation_count += 1
        self.feed.add(None, RuleBroken(violation))

    def note_overdue(self) -> None:
        """Record the taps that were left without an answer."""
        for flavour, messenger in self.messengers.items():
            for query in messenger.overdue():
                detail = f"the tap {query.id} was not answered"
                self.note(Violation(flavour, "answerCallbackQuery", query.chat, "unanswered", detail))

    async def close(self) -> None:
        """End every wait, so that the server can stop."""
        self.closing.set()
        for messenger in self.messengers.values():
            await messenger.webhook.stop()
            messenger.updates.close()
        self.bell.ring()
