"""A messenger as the rest of the bot sees it; `telegram` and `bale` say where they differ."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast
from urllib.parse import urlencode

import telegram
from telegram import Bot, InputFile
from telegram.error import TelegramError

from bot.platforms.markup import inline_of, markup_of
from bot.platforms.outcome import Outcome, Sent, outcome_of
from bot.platforms.raw import Json, JsonObject, compact, json_object
from bot.platforms.request import FILE_SECONDS, AiohttpRequest, Fields, request_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.ids import Platform
    from domain.outgoing import Keyboard

T = TypeVar("T", bound=telegram.TelegramObject)
LARGEST_FILE = 20 << 20  # bytes
POLL_SECONDS = 25
POLL_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a platform may be spoken to: messages a second in all, in one chat, and in one group chat."""

    overall: float
    chat: float
    group: float
    burst: int = 3


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of ours, sent by its bytes."""

    name: str
    content: bytes


class QuietBot(Bot):
    """A Bot that is ready before its platform answers: getMe is asked in the background, not at start."""

    async def initialize(self) -> None:
        """Open the pool of connections, and nothing else."""
        await self.request.initialize()

    async def shutdown(self) -> None:
        """Close the pool of connections."""
        await self.request.shutdown()


class Messenger(ABC):
    """One platform: how it is reached, how it wants texts, how its answers are to be read."""

    platform: ClassVar[Platform]
    pace: ClassVar[Pace]
    parse_mode: ClassVar[str | None]
    sends_secret: ClassVar[bool]
    longest_text: ClassVar[int] = 4096
    longest_caption: ClassVar[int] = 1024

    def __init__(self, token: str, api_url: str, proxy: str | None = None) -> None:
        self.bot_id = int(token.partition(":")[0])
        self._request = AiohttpRequest(self.repair_answer, proxy)
        self._base = f"{api_url}/bot{token}"
        self.bot = QuietBot(
            token,
            f"{api_url}/bot",
            f"{api_url}/file/bot",
            request=self._request,
            get_updates_request=self._request,
        )

    @abstractmethod
    def repair(self, update: JsonObject) -> JsonObject:
        """Fill what the library insists on and the platform leaves out."""

    @abstractmethod
    def repair_answer(self, method: str, status: int, body: bytes) -> tuple[int, bytes]:
        """Rewrite an answer into what Telegram would have said."""

    @abstractmethod
    def render(self, text: str) -> str:
        """Turn our one emphasis mark into the platform's markup."""

    @abstractmethod
    def deep_link(self, username: str, payload: str) -> str:
        """Return the address that opens the bot and sends /start with the payload."""

    @abstractmethod
    def is_group(self, chat_id: int) -> bool:
        """Whether the slower pace of group chats holds."""

    @abstractmethod
    async def list_commands(self, commands: Mapping[str, str]) -> None:
        """Show the slash commands where the platform can. Raises TelegramError."""

    @abstractmethod
    async def ask_for_webhook(self, url: str, secret: str) -> None:
        """Have updates brought to the address. Raises TelegramError."""

    def parse(self, update: JsonObject) -> telegram.Update:
        """Read the kinds that `handlers.incoming` heeds; the library alone would look for twenty more.

        Raises whatever the library raises for what it cannot read.
        """
        said = self.repair(_without_message_under_tap(update))
        return telegram.Update(
            cast("int", said["update_id"]),
            message=self._read(telegram.Message, said.get("message")),
            callback_query=self._read(telegram.CallbackQuery, said.get("callback_query")),
            my_chat_member=self._read(telegram.ChatMemberUpdated, said.get("my_chat_member")),
        )

    async def username(self) -> str:
        """Ask the platform for the bot's name. Raises TelegramError."""
        return (await self.bot.get_me()).username or ""

    async def updates(self, offset: int | None) -> list[Json]:
        """Wait for updates; an offset acknowledges all before it. Raises TelegramError."""
        fields = {"limit": POLL_LIMIT, "timeout": POLL_SECONDS} | (
            {} if offset is None else {"offset": offset}
        )
        answer = json_object(
            await self._request.retrieve(
                f"{self._base}/getUpdates?{urlencode(fields)}", read_timeout=POLL_SECONDS + 10
            )
        )
        match answer:
            case {"ok": True, "result": list() as updates}:
                return updates
            case _:
                raise TelegramError("getUpdates was answered with something else than a list")

    async def stop_webhook(self) -> None:
        """Have updates kept for polling. Raises TelegramError."""
        await self.bot.delete_webhook()

    async def send(self, chat_id: int, text: str, keyboard: Keyboard | None) -> Outcome:
        """Send a text."""
        return await self._call("sendMessage", self._message(chat_id, "text", text, markup_of(keyboard)))

    async def send_photo(
        self, chat_id: int, photo: str | Upload, text: str | None, keyboard: Keyboard | None
    ) -> Outcome:
        """Send a picture by its id on this platform or by its bytes, the text below it."""
        said = self._message(chat_id, "caption", text, markup_of(keyboard))
        return await self._call("sendPhoto", said | {"photo": _sendable(photo)})

    async def send_document(
        self, chat_id: int, document: str | Upload, text: str | None, keyboard: Keyboard | None
    ) -> Outcome:
        """Send a file as it is, the text below it."""
        said = self._message(chat_id, "caption", text, markup_of(keyboard))
        return await self._call("sendDocument", said | {"document": _sendable(document)})

    async def edit(self, chat_id: int, message_id: int, text: str, keyboard: Keyboard | None) -> Outcome:
        """Replace a text and its buttons."""
        said = self._message(chat_id, "text", text, inline_of(keyboard))
        return await self._call("editMessageText", said | {"message_id": str(message_id)})

    async def edit_caption(
        self, chat_id: int, message_id: int, text: str, keyboard: Keyboard | None
    ) -> Outcome:
        """Replace the text below a picture or file, and its buttons."""
        said = self._message(chat_id, "caption", text, inline_of(keyboard))
        return await self._call("editMessageCaption", said | {"message_id": str(message_id)})

    async def answer(self, callback_id: str) -> Outcome:
        """End the waiting sign on a pressed button."""
        return await self._call("answerCallbackQuery", {"callback_query_id": callback_id})

    async def download(self, file_id: str) -> bytes:
        """Fetch a file. Raises TelegramError, also for what is larger than 20 MB."""
        found = await self.bot.get_file(file_id)
        if found.file_path is None or (found.file_size or 0) > LARGEST_FILE:
            raise TelegramError("the platform does not hand out this file")
        content = await self._request.retrieve(found.file_path, read_timeout=FILE_SECONDS)
        if len(content) > LARGEST_FILE:
            raise TelegramError("the file is larger than 20 MB")
        return content

    def _read(self, kind: type[T], part: Json) -> T | None:
        return None if part is None else kind.de_json(cast("JsonObject", part), self.bot)

    def _message(
        self, chat_id: int, place: str, text: str | None, markup: JsonObject | None
    ) -> dict[str, str | InputFile]:
        fields: dict[str, str | InputFile] = {"chat_id": str(chat_id)}
        if text is not None:
            fields[place] = self.render(text)
            fields |= {} if self.parse_mode is None else {"parse_mode": self.parse_mode}
        if markup is not None:
            fields["reply_markup"] = compact(markup)
        return fields

    async def _call(self, method: str, fields: Fields) -> Outcome:
        """Call a method by its fields: the library's own way reads a whole Message for the sake of its id."""
        try:
            result = await self._request.post(f"{self._base}/{method}", request_of(fields))
        except TelegramError as error:
            return outcome_of(error)
        except (KeyError, TypeError):  # answered with success, in words the library does not know
            return Sent(None)
        match result:
            case {"message_id": int(message_id)}:
                return Sent(message_id)
            case _:
                return Sent(None)


def _without_message_under_tap(update: JsonObject) -> JsonObject:
    """Leave out what stands under a tap in one's own chat: to build that is half of reading a tap."""
    query = update.get("callback_query")
    if not isinstance(query, dict) or not _in_own_chat(query):
        return update
    kept: Json = {name: part for name, part in query.items() if name != "message"}
    return update | {"callback_query": kept}


def _in_own_chat(query: JsonObject) -> bool:
    match query:
        case {"from": {"id": user}, "message": {"chat": {"type": "private", "id": chat}}}:
            return user == chat
        case _:
            return False


def _sendable(file: str | Upload) -> str | InputFile:
    return InputFile(file.content, filename=file.name) if isinstance(file, Upload) else file
