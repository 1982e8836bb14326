"""Telegram: what python-telegram-bot was made for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.platforms.messenger import Messenger, Pace
from domain.ids import Platform
from texts.markup import for_telegram

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.platforms.raw import JsonObject

UPDATE_KINDS = ("message", "edited_message", "callback_query", "my_chat_member")


class Telegram(Messenger):
    """Telegram's Bot API."""

    platform = Platform.TELEGRAM
    pace = Pace(overall=30, chat=1, group=20 / 60)
    parse_mode = "HTML"
    sends_secret = True

    def repair(self, update: JsonObject) -> JsonObject:
        return update

    def repair_answer(self, method: str, status: int, body: bytes) -> tuple[int, bytes]:  # noqa: ARG002
        return status, body

    def render(self, text: str) -> str:
        return for_telegram(text)

    def deep_link(self, username: str, payload: str) -> str:
        return f"https://t.me/{username}?start={payload}"

    def is_group(self, chat_id: int) -> bool:
        return chat_id < 0

    async def list_commands(self, commands: Mapping[str, str]) -> None:
        await self.bot.set_my_commands(list(commands.items()))

    async def ask_for_webhook(self, url: str, secret: str) -> None:
        await self.bot.set_webhook(url, secret_token=secret, allowed_updates=UPDATE_KINDS)
