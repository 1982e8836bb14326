"""PTB's Update as one kind of incoming reply; everything platform-specific ends before this."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Message, Update, User
from telegram.constants import ChatType


@dataclass(frozen=True, slots=True)
class Sender:
    """Who wrote, and in which private chat."""

    user_id: int
    chat_id: int


@dataclass(frozen=True, slots=True)
class Text:
    """Something typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A shared phone number; `own` only where the platform says so."""

    phone: str
    own: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph, or a file sent as one."""

    file_id: str
    as_document: bool


@dataclass(frozen=True, slots=True)
class Tap:
    """An inline button."""

    callback_id: str
    data: str


@dataclass(frozen=True, slots=True)
class Other:
    """A sticker, a voice message, a place: nothing the bot can use yet."""


@dataclass(frozen=True, slots=True)
class Presence:
    """The person blocked the bot, or let it in again."""

    here: bool


Content = Text | Contact | Picture | Tap | Other | Presence


@dataclass(frozen=True, slots=True)
class Incoming:
    """What one person sent in her private chat."""

    sender: Sender
    content: Content


def read(update: Update) -> Incoming | None:
    """Return what a person sent in a private chat; None for group chats, channels and edits."""
    if update.callback_query is not None:
        query = update.callback_query
        chat = query.message.chat if query.message else None
        if chat is not None and chat.type != ChatType.PRIVATE:
            return None
        chat_id = chat.id if chat else query.from_user.id
        return Incoming(Sender(query.from_user.id, chat_id), Tap(query.id, query.data or ""))
    if update.my_chat_member is not None and update.my_chat_member.chat.type == ChatType.PRIVATE:
        change = update.my_chat_member
        here = change.new_chat_member.status not in ("kicked", "left")
        return Incoming(Sender(change.from_user.id, change.chat.id), Presence(here))
    message = update.message
    if message is None or message.from_user is None or message.chat.type != ChatType.PRIVATE:
        return None
    return Incoming(Sender(message.from_user.id, message.chat.id), _content(message, message.from_user))


def _content(message: Message, sender: User) -> Content:
    if message.contact is not None:
        return Contact(str(message.contact.phone_number), own=message.contact.user_id == sender.id)
    if message.photo:
        return Picture(message.photo[-1].file_id, as_document=False)
    if message.document is not None:
        return Picture(message.document.file_id, as_document=True)
    if message.text is not None:
        return Text(message.text)
    return Other()
