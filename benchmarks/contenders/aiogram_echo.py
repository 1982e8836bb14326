"""A bare echo in aiogram as it comes: answers the button, sends the text back, stores nothing."""

from __future__ import annotations

import asyncio

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

from benchmarks.contenders.ground import BUTTON, DATA, Ground, ground

KEYBOARD = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text=BUTTON, callback_data=DATA)]])


async def said(message: Message) -> None:
    """Say the same."""
    await message.answer(message.text or "", reply_markup=KEYBOARD)


async def tapped(query: CallbackQuery) -> None:
    """End the waiting sign and say the same."""
    await query.answer()
    if query.message is not None:
        await query.message.answer(query.message.text or "", reply_markup=KEYBOARD)


async def run(given: Ground) -> None:
    """Poll, or listen, until killed."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(given.api))
    bot = Bot(given.token, session=session)
    dispatcher = Dispatcher()
    dispatcher.message.register(said)
    dispatcher.callback_query.register(tapped)
    if not given.webhook:
        await dispatcher.start_polling(bot, handle_signals=False)
        return
    app = web.Application()
    SimpleRequestHandler(dispatcher, bot).register(app, "/hook")
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", given.port).start()
    await bot.set_webhook(given.webhook_url)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(run(ground()))
