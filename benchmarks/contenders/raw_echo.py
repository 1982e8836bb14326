"""The limit: a loop over aiohttp that knows no library, parses JSON and sends dictionaries."""

from __future__ import annotations

import asyncio
import json

import aiohttp

from benchmarks.contenders.ground import BUTTON, DATA, Ground, ground
from bot.platforms.raw import JsonObject

KEYBOARD = json.dumps({"inline_keyboard": [[{"text": BUTTON, "callback_data": DATA}]]})


async def run(given: Ground) -> None:
    """Poll until killed."""
    connector = aiohttp.TCPConnector(limit=256)
    async with aiohttp.ClientSession(connector=connector) as session, asyncio.TaskGroup() as group:
        offset = 0
        while True:
            fields = {"offset": str(offset), "limit": "100", "timeout": "25"}
            answer = await _call(session, given, "getUpdates", fields)
            for update in json.loads(answer)["result"]:
                offset = update["update_id"] + 1
                group.create_task(_echo(session, given, update))


async def _echo(session: aiohttp.ClientSession, given: Ground, update: JsonObject) -> None:
    match update:
        case {"callback_query": {"id": str(tap), "message": {"chat": {"id": int(chat)}, "text": str(text)}}}:
            await _call(session, given, "answerCallbackQuery", {"callback_query_id": tap})
        case {"message": {"chat": {"id": int(chat)}, "text": str(text)}}:
            pass
        case _:
            raise ValueError(update)
    fields = {"chat_id": str(chat), "text": text, "reply_markup": KEYBOARD}
    await _call(session, given, "sendMessage", fields)


async def _call(session: aiohttp.ClientSession, given: Ground, method: str, fields: dict[str, str]) -> bytes:
    async with session.post(f"{given.methods}/{method}", data=fields) as answer:
        return await answer.read()


if __name__ == "__main__":
    asyncio.run(run(ground()))
