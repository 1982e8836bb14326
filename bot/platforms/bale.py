"""Bale: looks like Telegram and is not; everything in which it differs stands here.

Updates lack fields the library insists on, answers are worded so that it misreads them, edits give a stub.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from bot.platforms.messenger import Messenger, Pace
from bot.platforms.raw import Json, compact, json_object
from domain.ids import Platform
from texts.markup import for_bale

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.platforms.raw import JsonObject

RATE_LIMITED = b"local_rate_limited"
MESSAGES = frozenset({"message", "edited_message"})

_USER: JsonObject = {"is_bot": False, "first_name": ""}
_FILE: JsonObject = {"file_unique_id": "", "width": 0, "height": 0, "duration": 0}
_STICKER: JsonObject = {"is_animated": False, "is_video": False, "type": "regular"}
# What the library demands inside a field of this name, and what is put where Bale sent nothing.
LEFT_OUT: dict[str, JsonObject] = {
    "animation": _FILE,
    "audio": _FILE,
    "callback_query": {"chat_instance": ""},
    "contact": {"first_name": ""},
    "document": _FILE,
    "forward_from": _USER,
    "from": _USER,
    "invoice": {"title": "", "description": "", "start_parameter": "", "currency": "IRR", "total_amount": 0},
    "left_chat_member": _USER,
    "edited_message": {"date": 0},
    "message": {"date": 0},
    "new_chat_members": _USER,
    "photo": _FILE,
    "reply_to_message": {"date": 0},
    "sticker": _FILE | _STICKER,
    "successful_payment": {"telegram_payment_charge_id": "", "provider_payment_charge_id": ""},
    "video": _FILE,
    "voice": _FILE,
    "web_app_data": {"button_text": ""},
}


class Bale(Messenger):
    """Bale's Bot API."""

    platform = Platform.BALE
    pace = Pace(overall=10, chat=1, group=15 / 60)
    parse_mode = None
    sends_secret = False

    def repair(self, update: JsonObject) -> JsonObject:
        return {name: _filled(name, value) for name, value in update.items()}

    def repair_answer(self, method: str, status: int, body: bytes) -> tuple[int, bytes]:
        if RATE_LIMITED in body[:200]:
            return HTTPStatus.TOO_MANY_REQUESTS, body
        answer = None if method == "getUpdates" else json_object(body)
        if answer is None:
            return status, body
        if status == HTTPStatus.OK and answer.get("ok") is False:
            code = answer.get("error_code")
            status = code if isinstance(code, int) else HTTPStatus.BAD_REQUEST
        if status == HTTPStatus.OK:
            return status, compact(answer | {"result": _result(method, answer.get("result"))}).encode()
        return _error(method, status, answer)

    def render(self, text: str) -> str:
        return for_bale(text)

    def deep_link(self, username: str, payload: str) -> str:
        return f"https://ble.ir/{username}?start={payload}"

    def is_group(self, chat_id: int) -> bool:  # noqa: ARG002
        return False  # the number says nothing about the kind of chat here

    async def list_commands(self, commands: Mapping[str, str]) -> None:
        """Bale knows no list of commands."""

    async def ask_for_webhook(self, url: str, secret: str) -> None:  # noqa: ARG002
        await self.bot.set_webhook(url)


def _filled(name: str, value: Json) -> Json:
    match value:
        case dict():
            inside = {key: _filled(key, part) for key, part in value.items()}
            return _completed(name, LEFT_OUT.get(name, {}) | inside)
        case list():
            return [_filled(name, part) for part in value]
        case _:
            return value


def _completed(name: str, value: JsonObject) -> JsonObject:
    if name == "contact" and "phone_number" in value:
        return value | {"phone_number": str(value["phone_number"])}
    if value.get("file_unique_id") == "":
        return value | {"file_unique_id": value.get("file_id")}
    text = value.get("text")
    if name in MESSAGES and isinstance(text, str) and text.startswith("/"):
        return _with_command(value, text)
    return value


def _with_command(message: JsonObject, text: str) -> JsonObject:
    given = message.get("entities")
    known = given if isinstance(given, list) else []
    if any(isinstance(entity, dict) and entity.get("type") == "bot_command" for entity in known):
        return message
    length = len(text.split(maxsplit=1)[0].encode("utf-16-le")) // 2
    command: JsonObject = {"type": "bot_command", "offset": 0, "length": length}
    entities: list[Json] = [command, *known]
    return message | {"entities": entities}


def _result(method: str, result: Json) -> Json:
    """Keep of a result what can be relied on; a stub of an edit says only that it worked."""
    match result:
        case dict() if method.startswith("edit"):
            return True
        case {"message_id": int() as message_id}:
            chat: JsonObject = {"id": 0, "type": "private"}
            return {"message_id": message_id, "date": 0, "chat": chat}
        case dict() if method == "getFile":
            return result | {"file_unique_id": result.get("file_unique_id", result.get("file_id"))}
        case dict() if method == "getMe":
            return _USER | result
        case _:
            return result


def _error(method: str, status: int, answer: JsonObject) -> tuple[int, bytes]:
    said = str(answer.get("description") or "")
    if status == HTTPStatus.FORBIDDEN and "token" in said.lower():
        return HTTPStatus.UNAUTHORIZED, _saying("Unauthorized")
    if status == HTTPStatus.NOT_FOUND:  # an unknown chat where something was to be sent; otherwise the method
        return HTTPStatus.BAD_REQUEST, _saying("chat not found" if method.startswith("send") else said)
    return status, compact(answer).encode()


def _saying(description: str) -> bytes:
    return compact({"ok": False, "description": description}).encode()
