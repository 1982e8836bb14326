"""A whole saving in aiogram, the same calls with fixed words: questions, the card, its change, the receipt.

Nothing is stored, checked or counted: whose card it is stands in its buttons.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from pathlib import Path

from aiogram import Bot, Dispatcher
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from benchmarks.contenders.aiogram_running import run
from benchmarks.contenders.ground import ground
from benchmarks.people import CARD, TALK, treasurer_of

WORDS = Path(__file__).with_name("saving.json")
MARKUP = "HTML"
Rows = list[list[dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Said:
    """A text with what stands under it."""

    text: str
    buttons: Rows
    keyboard: InlineKeyboardMarkup | None


class Saving:
    """The talk of every member, and the treasurers' confirmations."""

    def __init__(self, said: dict[str, Said]) -> None:
        self._said = said

    async def begin(self, message: Message) -> None:
        """Ask the first question."""
        await self._answer(message, "amount")

    async def tapped(self, query: CallbackQuery, bot: Bot) -> None:
        """End the waiting sign and go on: the button names what comes next, or whose card it is."""
        await query.answer()
        message, data = query.message, query.data or ""
        if not isinstance(message, Message):
            return
        if data.startswith(TALK):
            await self._go_on(message, data.removeprefix(TALK), bot)
        else:
            await message.edit_text(self._said["changed"].text, parse_mode=MARKUP)
            await self._send(bot, int(data.removeprefix(CARD)), "receipt", None)

    async def _go_on(self, message: Message, name: str, bot: Bot) -> None:
        await self._answer(message, name)
        if name == "written":
            keyboard = _keyboard(self._said["card"].buttons, f"{CARD}{message.chat.id}")
            await self._send(bot, treasurer_of(message.chat.id), "card", keyboard)

    async def _answer(self, message: Message, name: str) -> None:
        said = self._said[name]
        await message.answer(said.text, parse_mode=MARKUP, reply_markup=said.keyboard)

    async def _send(self, bot: Bot, chat: int, name: str, keyboard: InlineKeyboardMarkup | None) -> None:
        await bot.send_message(chat, self._said[name].text, parse_mode=MARKUP, reply_markup=keyboard)


def saving() -> Dispatcher:
    """Return what hears words and taps."""
    talk = Saving(words())
    dispatcher = Dispatcher()
    dispatcher.message.register(talk.begin)
    dispatcher.callback_query.register(talk.tapped)
    return dispatcher


def words() -> dict[str, Said]:
    """Read what the bot of this project says in a saving, with data of our own in the buttons."""
    blocks = json.loads(WORDS.read_text("utf-8"))
    return {name: _read(block["text"], block["buttons"]) for name, block in blocks.items()}


def _read(text: str, rows: Rows) -> Said:
    return Said(text, rows, _keyboard(rows) if rows else None)


def _keyboard(rows: Rows, data: str | None = None) -> InlineKeyboardMarkup:
    """Return the buttons; all of them with this data, where it is given."""
    buttons = [
        [InlineKeyboardButton(text=one["text"], callback_data=data or one["callback_data"]) for one in row]
        for row in rows
    ]
    return InlineKeyboardMarkup(inline_keyboard=buttons)


if __name__ == "__main__":
    asyncio.run(run(ground(), saving()))
