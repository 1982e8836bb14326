"""What a person can do with a phone; each act is shown on it and told to the bot."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from simulator.feed import KeyboardShown, PhoneChanged
from simulator.files import DOWNLOAD_BYTES, Kind
from simulator.flavours import Flavour
from simulator.formatting import Formatted, trimmed
from simulator.markup import InlineButton
from simulator.messages import Contact, Message
from simulator.messenger import Chat, Messenger
from simulator.rules import TEXT_LENGTH
from simulator.wire import JsonObject


class CannotAct(Exception):
    """A phone cannot do this now; the message says why, in English."""


class Opened(StrEnum):
    """What came of tapping a link."""

    STARTED = "started"
    OTHER_MESSENGER = "other_messenger"
    ELSEWHERE = "elsewhere"


def say(messenger: Messenger, chat: Chat, text: str) -> Message:
    """Send a text to the bot."""
    body = trimmed(Formatted(text))
    if not body.text or len(body.text) > TEXT_LENGTH:
        raise CannotAct("a text has 1 to 4096 characters")
    return _send(messenger, chat, body)


def start(messenger: Messenger, chat: Chat, payload: str = "") -> Message:
    """Press the messenger's start button, or open a link with a payload."""
    if chat.blocked:
        unblock(messenger, chat)
    return say(messenger, chat, f"/start {payload}".rstrip())


def _send(
    messenger: Messenger,
    chat: Chat,
    body: Formatted,
    contact: Contact | None = None,
    content: tuple[bytes, str, Kind] | None = None,
) -> Message:
    if chat.blocked:
        raise CannotAct("the bot is blocked on this phone")
    chat.started = True
    file = messenger.files.keep(*content) if content else None
    message = messenger.show(chat, body, from_bot=False, contact=contact, file=file)
    messenger.updates.put("message", messenger.as_json(message))
    return message


def press(messenger: Messenger, chat: Chat, text: str) -> Message:
    """Press one of the large buttons at the bottom."""
    keyboard = chat.keyboard
    buttons = [button for row in keyboard.rows for button in row] if keyboard else []
    button = next((button for button in buttons if button.text == text), None)
    if keyboard is None or button is None:
        raise CannotAct(f"no button {text!r} among {[button.text for button in buttons]}")
    if keyboard.once:
        chat.keyboard = None
        messenger.feed.add(chat.phone, KeyboardShown(None))
    return share_contact(messenger, chat) if button.contact else say(messenger, chat, text)


def tap(messenger: Messenger, message: Message, row: int, column: int) -> InlineButton:
    """Tap a button under a message, as it stood in the given state of the message."""
    chat = messenger.chats[message.chat]
    rows = message.inline_rows
    if not (0 <= row < len(rows) and 0 <= column < len(rows[row])):
        raise CannotAct("the message has no such button")
    button = rows[row][column]
    if button.data is not None:
        if chat.blocked:
            raise CannotAct("the bot is blocked on this phone")
        current = messenger.chats[message.chat].messages.get(message.id, message)
        messenger.ask(chat, current, button.data)
    return button


def own_contact(chat: Chat, *, with_user_id: bool = True) -> Contact:
    """Give a person's own number the way the messenger writes it."""
    phone = chat.phone
    number = phone.number if phone.flavour is Flavour.TELEGRAM else phone.number.removeprefix("+")
    return Contact(number, phone.first_name, phone.user_id if with_user_id else None)


def share_contact(messenger: Messenger, chat: Chat, contact: Contact | None = None) -> Message:
    """Share a contact, one's own unless another is given."""
    return _send(messenger, chat, Formatted(""), contact=contact or own_contact(chat))


def send_file(
    messenger: Messenger, chat: Chat, content: bytes, name: str, kind: Kind, caption: str = ""
) -> Message:
    """Send a picture, or any file as a document."""
    if len(content) > DOWNLOAD_BYTES:
        raise CannotAct("a file has at most 20 MB")
    return _send(messenger, chat, trimmed(Formatted(caption)), content=(content, name, kind))


def edit(messenger: Messenger, chat: Chat, message_id: int, text: str) -> Message:
    """Change a text one sent oneself."""
    message = chat.messages.get(message_id)
    if message is None or message.from_bot or message.file or message.contact or not text.strip():
        raise CannotAct("only one's own texts can be changed")
    edited = replace(message, body=trimmed(Formatted(text)), edited=messenger.now())
    messenger.change(edited)
    messenger.updates.put("edited_message", messenger.as_json(edited))
    return edited


def block(messenger: Messenger, chat: Chat) -> None:
    """Block the bot."""
    _set_blocked(messenger, chat, blocked=True)


def unblock(messenger: Messenger, chat: Chat) -> None:
    """Let the bot write again."""
    _set_blocked(messenger, chat, blocked=False)


def _set_blocked(messenger: Messenger, chat: Chat, *, blocked: bool) -> None:
    if chat.blocked == blocked:
        return
    chat.blocked = blocked
    messenger.feed.add(chat.phone, PhoneChanged(chat.phone, blocked))
    if messenger.platform.tells_of_blocking:
        messenger.updates.put("my_chat_member", _membership(messenger, chat))


def _membership(messenger: Messenger, chat: Chat) -> JsonObject:
    gone: JsonObject = {"user": messenger.bot.as_json(), "status": "kicked", "until_date": 0}
    there: JsonObject = {"user": messenger.bot.as_json(), "status": "member"}
    old, new = (there, gone) if chat.blocked else (gone, there)
    return {
        "chat": chat.phone.chat_json(),
        "from": chat.phone.as_json(),
        "date": messenger.now(),
        "old_chat_member": old,
        "new_chat_member": new,
    }


def open_link(mine: Messenger, others: tuple[Messenger, ...], chat: Chat, url: str) -> Opened:
    """Tap a link: this messenger's bot is started, the other's cannot be."""
    payload = mine.start_payload(url)
    if payload is not None:
        start(mine, chat, payload)
        return Opened.STARTED
    foreign = any(other.start_payload(url) is not None for other in others)
    return Opened.OTHER_MESSENGER if foreign else Opened.ELSEWHERE


def kind_of(word: str) -> Kind:
    """Read whether a file goes as a picture or as a document."""
    return "document" if word == "document" else "picture"
