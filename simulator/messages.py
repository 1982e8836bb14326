"""Phones, bots, messages: the values of a chat, and how the Bot API writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from simulator.files import StoredFile
from simulator.flavours import Flavour, Platform
from simulator.formatting import Formatted
from simulator.markup import InlineButton, InlineKeyboard, Markup
from simulator.wire import Json, JsonObject


@dataclass(frozen=True, slots=True)
class BotUser:
    """The bot's own account."""

    id: int
    name: str
    username: str

    def as_json(self) -> JsonObject:
        """Write the bot as a User."""
        return {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}


@dataclass(frozen=True, slots=True)
class Phone:
    """A person's account on one messenger; an old client shows no toasts (Bale)."""

    flavour: Flavour
    user_id: int
    first_name: str
    number: str
    label: str = ""
    old_client: bool = False
    minimal: bool = False
    shown: bool = True

    @property
    def id(self) -> str:
        """Name the phone across both messengers."""
        return f"{self.flavour}-{self.user_id}"

    def as_json(self) -> JsonObject:
        """Write the person as a User; the documented minimum leaves out what Bale may leave out."""
        least: JsonObject = {"id": self.user_id, "first_name": self.first_name}
        if self.minimal:
            return least
        language: JsonObject = {"language_code": "fa"} if self.flavour is Flavour.TELEGRAM else {}
        return least | {"is_bot": False} | language

    def chat_json(self) -> JsonObject:
        """Write the private chat with this person."""
        return {"id": self.user_id, "type": "private", "first_name": self.first_name}


@dataclass(frozen=True, slots=True)
class Contact:
    """A shared contact; the number in whichever form the messenger gives it."""

    number: str | int
    first_name: str
    user_id: int | None

    def as_json(self) -> JsonObject:
        """Write the contact as the Bot API does."""
        known: JsonObject = {"phone_number": self.number, "first_name": self.first_name}
        return known if self.user_id is None else known | {"user_id": self.user_id}


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it stands now; times are Unix seconds, `text` is the caption where there is a file."""

    chat: int
    id: int
    from_bot: bool
    sent: int
    body: Formatted
    markup: Markup | None = None
    file: StoredFile | None = None
    contact: Contact | None = None
    edited: int | None = None
    deleted: bool = False

    @property
    def text(self) -> str:
        """Give the text or caption without its formatting."""
        return self.body.text

    @property
    def buttons(self) -> tuple[str, ...]:
        """Name the buttons under the message, row after row."""
        return tuple(button.text for row in self.inline_rows for button in row)

    @property
    def inline_rows(self) -> tuple[tuple[InlineButton, ...], ...]:
        """Give the rows of buttons under the message."""
        return self.markup.rows if isinstance(self.markup, InlineKeyboard) else ()


_COMMAND = re.compile(r"/[A-Za-z0-9_]{1,64}(?:@\w+)?")


def message_json(message: Message, phone: Phone, bot: BotUser, platform: Platform) -> JsonObject:
    """Write a message as the platform does."""
    sender = bot.as_json() if message.from_bot else phone.as_json()
    known: JsonObject = {
        "message_id": message.id,
        "from": sender,
        "date": message.sent,
        "chat": phone.chat_json(),
    }
    if message.edited is not None:
        known["edit_date"] = message.edited
    if isinstance(message.markup, InlineKeyboard):
        known["reply_markup"] = message.markup.as_json()
    return known | _content(message, platform)


def _content(message: Message, platform: Platform) -> JsonObject:
    if message.contact is not None:
        return {"contact": message.contact.as_json()}
    entities = _entities(message, platform)
    if message.file is None:
        return {"text": message.text} | ({"entities": entities} if entities else {})
    caption: JsonObject = {"caption": message.text} if message.text else {}
    noted: JsonObject = {"caption_entities": entities} if entities else {}
    return _file(message.file) | caption | noted


def _file(file: StoredFile) -> JsonObject:
    if file.kind == "picture":
        return {"photo": [file.as_json()]}
    return {"document": file.as_json()}


def _entities(message: Message, platform: Platform) -> list[Json]:
    if not platform.marks_commands:
        return []
    command = None if message.from_bot else _COMMAND.match(message.text)
    marks: list[Json] = [entity.as_json() for entity in message.body.entities]
    if command:
        marks.append({"type": "bot_command", "offset": 0, "length": command.end()})
    return marks
