"""What the simulator notes about a request, and what it refuses."""

from __future__ import annotations

import pytest

from simulator import PhoneInHand, Simulator, messenger
from simulator.documented import fields_of
from simulator.flavours import BALE, TELEGRAM, Flavour
from simulator.methods import METHODS
from simulator.rules import check
from simulator.wire import Call, Json
from tests.simulator.raw import call


def keys(**button: Json) -> Json:
    return {"inline_keyboard": [[{"text": "بله", **button}]]}


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"text": "آ" * 4096}, None),
        ({"text": "آ" * 4097}, "length"),
        ({"text": " "}, "text_empty"),
        ({"text": "<b>۱</b>", "parse_mode": "HTML"}, None),
        ({"text": "<b>" + "آ" * 4096 + "</b>", "parse_mode": "HTML"}, None),
        ({"text": "<b>۱", "parse_mode": "HTML"}, "entities"),
        ({"text": "۱", "parse_mode": "MarkdownV2"}, "parse_mode"),
        ({"text": "۱", "reply_to_message_id": 4}, "field"),
        ({"text": "۱", "reply_markup": keys(callback_data="ب" * 32)}, None),
        ({"text": "۱", "reply_markup": keys(callback_data="ب" * 33)}, "callback_data"),
        ({"text": "۱", "reply_markup": keys(callback_data="")}, "callback_data"),
        ({"text": "۱", "reply_markup": keys()}, "button_action"),
        ({"text": "۱", "reply_markup": keys(callback_data="y", url="https://example.org")}, "button_action"),
        ({"text": "۱", "reply_markup": keys(url="example.org")}, "button_url"),
        ({"text": "۱", "reply_markup": keys(callback_data="y", colour="green")}, "button_field"),
        ({"text": "۱", "reply_markup": {"keyboard": [["منو"]]}}, None),
        ({"text": "۱", "reply_markup": {"keyboard": [[{"text": ""}]]}}, "button_text"),
        ({"text": "۱", "reply_markup": {"keyboard": "منو"}}, "markup"),
        ({"text": "۱", "reply_markup": "{"}, "markup"),
    ],
)
def test_telegrams_rules(fields: dict[str, Json], rule: str | None) -> None:
    flaws = check(Call("sendMessage", {"chat_id": 1, **fields}), TELEGRAM)
    assert [flaw.rule for flaw in flaws] == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("method", "fields", "rule"),
    [
        ("sendMessage", {"text": "*۱* و _۲_", "parse_mode": "Markdown"}, None),
        ("sendMessage", {"text": "t.me/khodyar_demo_bot?start=g"}, None),
        ("sendMessage", {"text": "[این](https://t.me/khodyar_demo_bot)"}, "foreign_link"),
        (
            "sendMessage",
            {"text": "۱", "reply_markup": keys(url="https://t.me/khodyar_demo_bot")},
            "foreign_link",
        ),
        ("sendMessage", {"text": "۱\\."}, "backslash"),
        ("sendMessage", {"text": "<i>۱</i>"}, "html"),
        ("sendMessage", {"text": "۱", "reply_parameters": "{}"}, "field"),
        (
            "sendMessage",
            {"text": "۱", "reply_markup": keys(callback_data="y", style="danger")},
            "button_field",
        ),
        ("sendPhoto", {"photo": "x", "caption": "آ" * 1025}, "length"),
        ("setMyCommands", {"commands": "[]"}, "method"),
        ("getUpdates", {"offset": 1, "limit": 101}, "limit"),
    ],
)
def test_bales_rules(method: str, fields: dict[str, Json], rule: str | None) -> None:
    given = fields if method == "getUpdates" else {"chat_id": 1, **fields}
    flaws = check(Call(method, given if method != "setMyCommands" else fields), BALE)
    assert [flaw.rule for flaw in flaws] == ([rule] if rule else [])


@pytest.mark.parametrize("flavour", list(Flavour))
def test_every_documented_method_is_played(flavour: Flavour) -> None:
    documented = {name for name in METHODS if fields_of(flavour, name) is not None}
    assert METHODS.keys() - documented == (set() if flavour is Flavour.TELEGRAM else {"setmycommands"})


async def test_violations_are_kept_and_the_request_refused(sim: Simulator, maryam: PhoneInHand) -> None:
    await maryam.start()
    refused = await call(sim, "telegram", "sendMessage", chat_id=1001, text="آ" * 4097)
    assert (refused.status, refused.body["description"]) == (400, "Bad Request: message text is too long")
    (violation,) = sim.violations
    assert (violation.method, violation.chat, violation.rule) == ("sendMessage", 1001, "length")
    assert len(maryam.messages) == 1


async def test_going_too_fast_is_a_warning(sim: Simulator, maryam: PhoneInHand) -> None:
    await maryam.start()
    for number in range(14):
        await call(sim, "telegram", "sendMessage", chat_id=1001, text=str(number))
    assert [warning.chat for warning in sim.pace_warnings] == [1001]
    assert not sim.violations


async def test_the_same_edit_twice_is_refused(sim: Simulator, maryam: PhoneInHand) -> None:
    await maryam.start()
    await call(sim, "telegram", "sendMessage", chat_id=1001, text="یک")
    edits = [
        await call(sim, "telegram", "editMessageText", chat_id=1001, message_id=maryam.last.id, text="دو")
        for _ in range(2)
    ]
    assert [edit.status for edit in edits] == [200, 400]
    assert "not modified" in str(edits[1].body["description"])


async def test_a_tap_left_without_an_answer(
    sim: Simulator, maryam: PhoneInHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    await maryam.start()
    await call(sim, "telegram", "sendMessage", chat_id=1001, text="؟", reply_markup=keys(callback_data="y"))
    await maryam.tap("بله")
    assert not sim.violations
    monkeypatch.setattr(messenger, "ANSWER_WITHIN", -1.0)
    (violation,) = sim.violations
    assert (violation.rule, violation.chat) == ("unanswered", 1001)
    assert not sim.unanswered
