"""The methods by which a bot writes, edits and deletes."""

from __future__ import annotations

from dataclasses import replace

import aiohttp

from simulator.files import DOWNLOAD_BYTES, Kind, StoredFile
from simulator.markup import InlineKeyboard, Markup, read_markup
from simulator.messages import Message
from simulator.messenger import Messenger
from simulator.rules import formatted
from simulator.wire import Call, Json, refused


def _markup(messenger: Messenger, call: Call) -> Markup | None:
    try:
        reading = read_markup(call.json("reply_markup"), messenger.platform.flavour)
    except ValueError:
        return None
    # A keyboard with a flaw that gets this far is Bale's: dropped without a word.
    return None if any(flaw.refusal for flaw in reading.flaws) else reading.markup


async def send_message(messenger: Messenger, call: Call) -> Json:
    """Send a text."""
    chat = messenger.reachable(call.number("chat_id"))
    body = formatted(call, "text", messenger.platform)
    message = messenger.show(chat, body, from_bot=True, markup=_markup(messenger, call))
    return messenger.as_json(message)


async def send_photo(messenger: Messenger, call: Call) -> Json:
    """Send a picture."""
    return await _send_file(messenger, call, "photo", "picture")


async def send_document(messenger: Messenger, call: Call) -> Json:
    """Send a file."""
    return await _send_file(messenger, call, "document", "document")


async def _send_file(messenger: Messenger, call: Call, name: str, kind: Kind) -> Json:
    chat = messenger.reachable(call.number("chat_id"))
    file = await _file(messenger, call, name, kind)
    body = formatted(call, "caption", messenger.platform)
    message = messenger.show(chat, body, from_bot=True, markup=_markup(messenger, call), file=file)
    return messenger.as_json(message)


async def _file(messenger: Messenger, call: Call, name: str, kind: Kind) -> StoredFile:
    given = call.text(name) or ""
    upload = call.uploads.get(given.removeprefix("attach://") if given.startswith("attach://") else name)
    if upload is not None:
        return messenger.files.keep(upload.content, upload.name, kind)
    if given.startswith(("http://", "https://")):
        content = await _download(given)
        return messenger.files.keep(content, given.rsplit("/", 1)[-1].split("?")[0] or "file", kind)
    if not given:
        raise refused(400, f"Bad Request: there is no {name} in the request")
    stored = messenger.files.by_id(given)
    if stored.kind != kind:
        raise refused(400, f"Bad Request: can't use file of type {stored.kind} as {kind}")
    return stored


async def _download(url: str) -> bytes:
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20)) as session,
            session.get(url) as answer,
        ):
            answer.raise_for_status()
            content = await answer.content.read(DOWNLOAD_BYTES + 1)
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        raise refused(400, "Bad Request: failed to get HTTP URL content") from error
    if len(content) > DOWNLOAD_BYTES:
        raise refused(400, "Bad Request: file is too big")
    return content


def _own_message(messenger: Messenger, call: Call) -> Message:
    chat = messenger.reachable(call.number("chat_id"))
    message = messenger.message(chat, call.number("message_id"))
    if not message.from_bot:
        raise refused(400, "Bad Request: message can't be edited")
    return message


def _edited(messenger: Messenger, message: Message) -> Json:
    answer = messenger.as_json(message)
    return answer | {"message_id": 0} if messenger.platform.edits_answer_with_stub else answer


def _inline(messenger: Messenger, call: Call) -> InlineKeyboard | None:
    markup = _markup(messenger, call)
    return markup if isinstance(markup, InlineKeyboard) and any(markup.rows) else None


async def edit_text(messenger: Messenger, call: Call) -> Json:
    """Change a text; buttons that are not given again go."""
    message = _own_message(messenger, call)
    if message.file is not None:
        raise refused(400, "Bad Request: there is no text in the message to edit")
    body = formatted(call, "text", messenger.platform)
    return _edited(messenger, messenger.edit(message, body, _inline(messenger, call)))


async def edit_caption(messenger: Messenger, call: Call) -> Json:
    """Change what stands under a picture or file."""
    message = _own_message(messenger, call)
    if message.file is None:
        raise refused(400, "Bad Request: there is no caption in the message to edit")
    body = formatted(call, "caption", messenger.platform)
    return _edited(messenger, messenger.edit(message, body, _inline(messenger, call)))


async def edit_markup(messenger: Messenger, call: Call) -> Json:
    """Change the buttons only."""
    message = _own_message(messenger, call)
    return _edited(messenger, messenger.edit(message, message.body, _inline(messenger, call)))


async def delete_message(messenger: Messenger, call: Call) -> Json:
    """Take a message away from both sides."""
    chat = messenger.chat(call.number("chat_id"))
    message = chat.messages.get(call.number("message_id") or 0)
    if message is None or message.deleted:
        raise refused(400, "Bad Request: message to delete not found")
    messenger.change(replace(message, deleted=True))
    return True
