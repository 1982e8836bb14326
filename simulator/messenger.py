"""One messenger: its phones, chats, files and the updates its bot has to fetch."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from simulator.feed import ActionShown, Bell, Feed, KeyboardShown, MessageShown, PhoneChanged, ToastShown
from simulator.files import FileStore, StoredFile
from simulator.flavours import Platform
from simulator.formatting import Formatted
from simulator.markup import InlineKeyboard, Markup, RemoveKeyboard, ReplyKeyboard
from simulator.messages import BotUser, Contact, Message, Phone, message_json
from simulator.updates import UpdateQueue, Webhook
from simulator.wire import JsonObject, Refused, refused

KEPT_MESSAGES = 1_000
ANSWER_WITHIN = 60.0  # generous: a busy machine is slow, not wrong

Clock = Callable[[], float]


@dataclass(slots=True)
class Chat:
    """The private chat of one phone with the bot."""

    phone: Phone
    messages: dict[int, Message] = field(default_factory=dict)
    keyboard: ReplyKeyboard | None = None
    started: bool = False
    blocked: bool = False
    last_id: int = 0


@dataclass(frozen=True, slots=True)
class Query:
    """A tap that the bot has not answered yet; `at` is the loop's time in seconds."""

    id: str
    chat: int
    message: int
    at: float


class Messenger:
    """The state of one flavour; every change is told to the feed."""

    def __init__(
        self,
        platform: Platform,
        token: str,
        bot: BotUser,
        bell: Bell,
        feed: Feed,
        clock: Clock,
        patience: float,
    ) -> None:
        """Begin without phones; `patience` is the webhook's first wait in seconds."""
        self.platform = platform
        self.token = token
        self.bot = bot
        self.feed = feed
        self.chats: dict[int, Chat] = {}
        self.files = FileStore(platform.flavour)
        self.updates = UpdateQueue(platform, bell)
        self.webhook = Webhook(platform, self.updates, bell, patience)
        self.queries: dict[str, Query] = {}
        self._clock = clock
        self._last_message = 0
        self._last_query = 0

    def add(self, phone: Phone) -> Chat:
        """Switch a phone on. ValueError when the account has one already."""
        if phone.user_id in self.chats:
            message = f"{phone.id} exists already"
            raise ValueError(message)
        chat = self.chats[phone.user_id] = Chat(phone)
        self.feed.add(phone, PhoneChanged(phone, blocked=False))
        return chat

    def now(self) -> int:
        """Give the time in Unix seconds."""
        return int(self._clock())

    def chat(self, chat_id: int | None) -> Chat:
        """Find the chat of a request. Refused when there is none."""
        if chat_id not in self.chats:
            raise Refused(self.platform.unknown_chat)
        return self.chats[chat_id]

    def reachable(self, chat_id: int | None) -> Chat:
        """Find a chat the bot may write to. Refused when it was blocked or never greeted."""
        chat = self.chat(chat_id)
        if chat.blocked:
            raise refused(403, "Forbidden: bot was blocked by the user")
        if not chat.started:
            raise refused(403, "Forbidden: bot can't initiate conversation with a user")
        return chat

    def message(self, chat: Chat, message_id: int | None) -> Message:
        """Find a message that was not deleted. Refused when there is none."""
        message = chat.messages.get(message_id or 0)
        if message is None or message.deleted:
            raise refused(400, "Bad Request: message to edit not found")
        return message

    def show(
        self,
        chat: Chat,
        body: Formatted,
        *,
        from_bot: bool,
        markup: Markup | None = None,
        file: StoredFile | None = None,
        contact: Contact | None = None,
    ) -> Message:
        """Append a message to a chat."""
        message = Message(
            chat.phone.user_id, self._message_id(chat), from_bot, self.now(), body, markup, file, contact
        )
        chat.messages[message.id] = message
        if len(chat.messages) > KEPT_MESSAGES:
            del chat.messages[next(iter(chat.messages))]
        self.feed.add(chat.phone, MessageShown(message))
        self._change_keyboard(chat, markup)
        return message

    def _message_id(self, chat: Chat) -> int:
        chat.last_id += 1
        self._last_message += 1
        return chat.last_id if self.platform.message_ids_per_chat else self._last_message

    def _change_keyboard(self, chat: Chat, markup: Markup | None) -> None:
        match markup:
            case ReplyKeyboard():
                chat.keyboard = markup
            case RemoveKeyboard():
                chat.keyboard = None
            case _:
                return
        self.feed.add(chat.phone, KeyboardShown(chat.keyboard))

    def change(self, message: Message) -> None:
        """Put a changed message in the place of the old one."""
        chat = self.chats[message.chat]
        chat.messages[message.id] = message
        self.feed.add(chat.phone, MessageShown(message))

    def edit(self, message: Message, body: Formatted, markup: InlineKeyboard | None) -> Message:
        """Change what a message says and the buttons under it. Refused when nothing would change."""
        if self.platform.refuses_same_edit and (message.body, message.markup) == (body, markup):
            raise refused(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are"
                " exactly the same as a current content and reply markup of the message",
            )
        edited = replace(message, body=body, markup=markup, edited=self.now())
        self.change(edited)
        return edited

    def act(self, chat: Chat, action: str) -> None:
        """Show that the bot is busy."""
        self.feed.add(chat.phone, ActionShown(action))

    def ask(self, chat: Chat, message: Message, data: str) -> str:
        """Tell the bot of a tap and give the query's id."""
        self._last_query += 1
        kind = "1" if chat.phone.old_client else "2"
        query = Query(
            f"{kind}{self.bot.id}{self._last_query:06}",
            chat.phone.user_id,
            message.id,
            asyncio.get_running_loop().time(),
        )
        self.queries[query.id] = query
        instance: JsonObject = (
            {"chat_instance": str(chat.phone.user_id * 7919)} if self.platform.names_chat_instance else {}
        )
        asked: JsonObject = {
            "id": query.id,
            "from": chat.phone.as_json(),
            "message": self.as_json(message),
            "data": data,
        }
        self.updates.put("callback_query", asked | instance)
        return query.id

    def answer(self, query_id: str, text: str, *, alert: bool) -> None:
        """Answer a tap. Refused when it is unknown or was answered before."""
        query = self.queries.pop(query_id, None)
        if query is None:
            raise refused(
                400,
                "Bad Request: query is too old and response timeout expired or query ID is invalid",
            )
        phone = self.chats[query.chat].phone
        if text and not phone.old_client:
            self.feed.add(phone, ToastShown(text, alert))

    def overdue(self) -> list[Query]:
        """Take out the taps the bot left without an answer for too long."""
        limit = asyncio.get_running_loop().time() - ANSWER_WITHIN
        late = [query for query in self.queries.values() if query.at < limit]
        for query in late:
            del self.queries[query.id]
        return late

    def as_json(self, message: Message) -> JsonObject:
        """Write a message as this platform does."""
        return message_json(message, self.chats[message.chat].phone, self.bot, self.platform)

    def start_payload(self, url: str) -> str | None:
        """Read the payload of a link that opens this bot, None for any other link."""
        hosts = "|".join(re.escape(host) for host in self.platform.link_hosts)
        found = re.fullmatch(
            rf"(?:https?://)?(?:{hosts})/@?{re.escape(self.bot.username)}/?(?:\?start=(?P<payload>[\w-]{{0,64}}))?",
            url.strip(),
            re.IGNORECASE | re.ASCII,
        )
        return (found["payload"] or "") if found else None
