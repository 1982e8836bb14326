"""PTB's Update as one kind of incoming reply; everything platform-specific ends before this."""

from __future__ import annotations

from dataclasses import dataclass

import telegram
from telegram import (
    CallbackQuery,
    Chat,
    ChatMember,
    ChatMemberUpdated,
    Document,
    MaybeInaccessibleMessage,
    Message,
    PhotoSize,
    Update,
    User,
)
from telegram.constants import ChatType

LARGEST_NUMBER = 2**63 - 1
MOST_READ = 500  # letters: more than any answer takes; one letter may stand for eighteen once it is read


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
    """Return what a person sent in a private chat; None for group chats, channels and edits.

    The library checks no types: what is of the wrong one counts as not sent.
    """
    match update:
        case Update(callback_query=CallbackQuery() as query):
            return _tap(query)
        case Update(my_chat_member=ChatMemberUpdated() as change):
            return _presence(change)
        case Update(message=Message() as message):
            return _message(message)
        case _:
            return None


def _message(message: Message) -> Incoming | None:
    match message:
        case Message(chat=Chat(type=ChatType.PRIVATE, id=chat_id), from_user=User(id=user_id)):
            return _from(user_id, chat_id, _content(message, user_id))
        case _:
            return None


def _tap(query: CallbackQuery) -> Incoming | None:
    tap = Tap(_clean(str(query.id)), _clean(str(query.data or "")))
    match query:
        case CallbackQuery(message=None, from_user=User(id=user_id)):
            return _from(user_id, user_id, tap)
        case CallbackQuery(
            message=MaybeInaccessibleMessage(chat=Chat(type=ChatType.PRIVATE, id=chat_id)),
            from_user=User(id=user_id),
        ):
            return _from(user_id, chat_id, tap)
        case _:
            return None


def _presence(change: ChatMemberUpdated) -> Incoming | None:
    match change:
        case ChatMemberUpdated(
            chat=Chat(type=ChatType.PRIVATE, id=chat_id),
            from_user=User(id=user_id),
            new_chat_member=ChatMember(status=status),
        ):
            return _from(user_id, chat_id, Presence(status not in ("kicked", "left")))
        case _:
            return None


def _from(user_id: object, chat_id: object, content: Content) -> Incoming | None:
    """Return what was sent by whom; ids that no platform gives and no database holds are nobody's."""
    user, chat = _whole(user_id), _whole(chat_id)
    return None if user is None or chat is None else Incoming(Sender(user, chat), content)


def _content(message: Message, sender: object) -> Content:
    match message:
        case Message(contact=telegram.Contact(phone_number=phone, user_id=owner)):
            return Contact(_clean(str(phone)), own=owner == sender)
        case Message(photo=(*_, PhotoSize(file_id=str(file_id)))):
            return Picture(_clean(file_id), as_document=False)
        case Message(document=Document(file_id=str(file_id))):
            return Picture(_clean(file_id), as_document=True)
        case Message(text=str(text)):
            return Text(_clean(text)[:MOST_READ])
        case _:
            return Other()


def _clean(text: str) -> str:
    """Return a text without the one character that PostgreSQL keeps in none."""
    return text.replace("\0", "")


def _whole(value: object) -> int | None:
    fits = isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST_NUMBER
    return value if fits and isinstance(value, int) else None
