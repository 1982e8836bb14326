"""A bare echo in python-telegram-bot by polling: as it comes, concurrent, or over this project's aiohttp."""

from __future__ import annotations

import sys

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from benchmarks.contenders.ground import BUTTON, DATA, Ground, ground
from bot.platforms.request import AiohttpRequest

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton(BUTTON, callback_data=DATA)]])
CONCURRENT = 256


async def said(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say the same."""
    if update.message is not None:
        await update.message.reply_text(update.message.text or "", reply_markup=KEYBOARD)


async def tapped(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """End the waiting sign and say the same."""
    query = update.callback_query
    if query is not None:
        await query.answer()
        if isinstance(query.message, Message):
            await query.message.reply_text(query.message.text or "", reply_markup=KEYBOARD)


def application(given: Ground, kind: str) -> Application:  # type: ignore[type-arg]  # six of them say nothing here
    """Build the echo of this kind."""
    builder = ApplicationBuilder().token(given.token).base_url(f"{given.api}/bot")
    match kind:
        case "concurrent":
            builder = builder.concurrent_updates(CONCURRENT).connection_pool_size(CONCURRENT)
        case "aiohttp":
            plain = AiohttpRequest(lambda _method, status, body: (status, body))
            polling = AiohttpRequest(lambda _method, status, body: (status, body))
            builder = builder.concurrent_updates(CONCURRENT).request(plain).get_updates_request(polling)
        case _:
            pass
    made = builder.build()
    made.add_handler(CallbackQueryHandler(tapped))
    made.add_handler(MessageHandler(filters.TEXT, said))
    return made


if __name__ == "__main__":
    application(ground(), sys.argv[1]).run_polling(stop_signals=None)
