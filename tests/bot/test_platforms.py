"""Shapes and answers as each platform gives them, and what is made of them."""

from __future__ import annotations

import json

import pytest
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, TimedOut

from bot.platforms.bale import Bale
from bot.platforms.outcome import (
    NotNow,
    Outcome,
    Refused,
    RetryLater,
    Sent,
    Uncertain,
    Unreachable,
    outcome_of,
)
from bot.platforms.raw import JsonObject
from bot.platforms.request import NotSent, Throttled
from bot.platforms.telegram import Telegram

TOKEN = "123456789:AAF-abcdefghijklmnopqrstuvwxyz012345"
CHAT: JsonObject = {"id": 5, "type": "private"}
SENDER: JsonObject = {"id": 5, "first_name": "Zahra"}


@pytest.fixture
def bale() -> Bale:
    return Bale(TOKEN, "https://bale.example")


@pytest.fixture
def telegram() -> Telegram:
    return Telegram(TOKEN, "https://telegram.example")


@pytest.mark.parametrize(
    "content",
    [
        {"text": "hello"},
        {"sticker": {"file_id": "a", "width": 1, "height": 1}},
        {"voice": {"file_id": "a"}},
        {"photo": [{"file_id": "a", "width": 1, "height": 1}]},
        {"document": {"file_id": "a"}},
        {"web_app_data": {"data": "x"}},
        {"invoice": {"title": "t", "description": "d", "start_parameter": "s", "total_amount": 1}},
        {"contact": {"phone_number": 98912, "first_name": "Z"}},
        {"new_chat_members": [{"id": 6}]},
        {"reply_to_message": {"message_id": 1, "chat": CHAT, "from": {"id": 1}}},
    ],
)
def test_documented_minimum_of_bale_can_be_read(bale: Bale, content: JsonObject) -> None:
    message: JsonObject = {"message_id": 1, "from": SENDER, "date": 0, "chat": CHAT, **content}
    update = bale.parse({"update_id": 1, "message": message})
    assert update.message is not None
    assert update.message.from_user is not None


def test_a_tap_on_bale_without_its_chat_instance_can_be_read(bale: Bale) -> None:
    query: JsonObject = {"id": "1", "from": SENDER, "data": "x", "message": {"message_id": 1, "chat": CHAT}}
    assert bale.parse({"update_id": 1, "callback_query": query}).callback_query is not None


def test_a_number_as_an_integer_becomes_text(bale: Bale) -> None:
    message: JsonObject = {"message_id": 1, "chat": CHAT, "contact": {"phone_number": 989121234567}}
    read = bale.parse({"update_id": 1, "message": message}).message
    assert read is not None
    assert read.contact is not None
    assert read.contact.phone_number == "989121234567"


def test_a_command_on_bale_is_marked_as_one(bale: Bale) -> None:
    message: JsonObject = {"message_id": 1, "chat": CHAT, "text": "/start abc"}
    read = bale.parse({"update_id": 1, "message": message}).message
    assert read is not None
    assert list(read.parse_entities(["bot_command"]).values()) == ["/start"]


def ok(result: object) -> bytes:
    return json.dumps({"ok": True, "result": result}).encode()


def failed(code: int, said: str) -> bytes:
    return json.dumps({"ok": False, "error_code": code, "description": said}).encode()


@pytest.mark.parametrize(
    ("method", "status", "body", "rewritten"),
    [
        ("sendMessage", 404, failed(404, "no such group or user"), (400, "chat not found")),
        ("editMessageText", 404, failed(404, "Not Found"), (400, "Not Found")),
        ("sendMessage", 403, failed(403, "Token not found"), (401, "Unauthorized")),
        ("sendMessage", 403, failed(403, "bot was blocked"), (403, "bot was blocked")),
        ("sendMessage", 200, failed(400, "bad"), (400, "bad")),
    ],
)
def test_bales_errors_are_reworded(
    bale: Bale, method: str, status: int, body: bytes, rewritten: tuple[int, str]
) -> None:
    code, answer = bale.repair_answer(method, status, body)
    assert (code, json.loads(answer)["description"]) == rewritten


def test_bales_plain_rate_limit_is_one(bale: Bale) -> None:
    assert bale.repair_answer("sendMessage", 200, b"local_rate_limited")[0] == 429


def test_the_stub_of_an_edit_says_only_that_it_worked(bale: Bale) -> None:
    _, answer = bale.repair_answer("editMessageText", 200, ok({"message_id": 0}))
    assert json.loads(answer)["result"] is True


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (Throttled(3), RetryLater(3)),
        (NotSent("x"), NotNow("x")),
        (InvalidToken("x"), NotNow("x")),
        (Forbidden("x"), Unreachable("x")),
        (BadRequest("Chat not found"), Unreachable("Chat not found")),
        (BadRequest("Message is not modified: same"), Sent(None)),
        (BadRequest("Wrong"), Refused("Wrong")),
        (TimedOut("x"), Uncertain("x")),
        (NetworkError("x"), Uncertain("x")),
    ],
)
def test_errors_are_read_as_what_they_mean(error: NetworkError, outcome: Outcome) -> None:
    assert outcome_of(error) == outcome


def test_links_open_the_bot_on_its_own_platform(bale: Bale, telegram: Telegram) -> None:
    assert bale.deep_link("bot", "abc") == "https://ble.ir/bot?start=abc"
    assert telegram.deep_link("bot", "abc") == "https://t.me/bot?start=abc"
