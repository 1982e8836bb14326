"""A bare echo in aiogram as it comes: answers the button, sends the text back, stores nothing."""

from __future__ import annotations

import asyncio

from aiogram import Dispatcher
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from benchmarks.contenders.aiogram_running import run
from benchmarks.contenders.ground import BUTTON, DATA, ground

KEYBOARD = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text=BUTTON, callback_data=DATA)]])


async def said(message: Message) -> None:
    """Say the same."""
    await message.answer(message.text or "", reply_markup=KEYBOARD)


async def tapped(query: CallbackQuery) -> None:
    """End the waiting sign and say the same."""
    await query.answer()
    if query.message is not None:
        await query.message.answer(query.message.text or "", reply_markup=KEYBOARD)


def echoing() -> Dispatcher:
    """Return what hears words and taps."""
    dispatcher = Dispatcher()
    dispatcher.message.register(said)
    dispatcher.callback_query.register(tapped)
    return dispatcher


if __name__ == "__main__":
    asyncio.run(run(ground(), echoing()))
