"""How fast is fast enough: token buckets per chat and per platform, as arithmetic on seconds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.platforms.messenger import Messenger

REMEMBERED_CHATS = 10_000


@dataclass(slots=True)
class Bucket:
    """Lets through `burst` at once and then `rate` a second."""

    rate: float
    burst: int
    _owed_until: float = float("-inf")

    def reserve(self, now: float) -> float:
        """Take the next turn and return the moment it comes."""
        start = max(self._owed_until, now - (self.burst - 1) / self.rate)
        turn = max(now, start)
        self._owed_until = start + 1 / self.rate
        return turn

    def is_full(self, now: float) -> bool:
        """Whether nothing is remembered here that could matter."""
        return self._owed_until <= now - (self.burst - 1) / self.rate


class Pacer:
    """Gives each message its turn, so that neither the chat nor the platform is overrun."""

    def __init__(self, messenger: Messenger) -> None:
        self._messenger = messenger
        pace = messenger.pace
        self._overall = Bucket(pace.overall, max(1, int(pace.overall / 2)))
        self._chats: dict[int, Bucket] = {}

    def wait_for_chat(self, chat_id: int, now: float) -> float:
        """Take a turn in a chat and return how many seconds to wait for it."""
        bucket = self._chats.get(chat_id) or self._new(chat_id, now)
        return bucket.reserve(now) - now

    def wait_for_platform(self, now: float) -> float:
        """Take a turn on the platform, when the chat's has come: a slow chat must not hold the others up."""
        return self._overall.reserve(now) - now

    def _new(self, chat_id: int, now: float) -> Bucket:
        if len(self._chats) >= REMEMBERED_CHATS:
            self._chats = {chat: bucket for chat, bucket in self._chats.items() if not bucket.is_full(now)}
        pace = self._messenger.pace
        rate = pace.group if self._messenger.is_group(chat_id) else pace.chat
        self._chats[chat_id] = Bucket(rate, pace.burst)
        return self._chats[chat_id]
