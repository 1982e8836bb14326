"""What a phone can do, in the hand of a test and over HTTP, and what a watching page hears."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from simulator import PhoneInHand, Simulator, Unheard
from simulator.acts import CannotAct
from simulator.wire import Json
from tests.simulator.pictures import png
from tests.simulator.raw import call
from tests.simulator.raw import field as at

KEYS: Json = {
    "inline_keyboard": [[{"text": "بله", "callback_data": "y"}, {"text": "نه", "callback_data": "n"}]]
}


async def test_a_stale_card_can_still_be_tapped(sim: Simulator, maryam: PhoneInHand) -> None:
    await maryam.start()
    await call(sim, "telegram", "sendMessage", chat_id=1001, text="تأیید؟", reply_markup=KEYS)
    card = await maryam.hear("تأیید؟")
    await call(sim, "telegram", "editMessageText", chat_id=1001, message_id=card.id, text="تأیید شد")
    with pytest.raises(CannotAct):
        await maryam.tap("نه")
    await maryam.tap("نه", on=card)
    assert at((await call(sim, "telegram", "getUpdates")).result, 1, "callback_query", "data") == "n"


async def test_what_was_heard_is_told_when_the_expected_is_not(sim: Simulator, maryam: PhoneInHand) -> None:
    await maryam.start()
    await call(sim, "telegram", "sendMessage", chat_id=1001, text="یک")
    with pytest.raises(Unheard, match="یک"):
        await maryam.hear("دو", timeout=0.05)
    assert (await maryam.hear()).text == "یک"
    with pytest.raises(Unheard):
        await maryam.hear(timeout=0.05)


async def test_own_texts_can_be_edited(sim: Simulator, maryam: PhoneInHand) -> None:
    said = await maryam.say("۵۰۰")
    await maryam.edit(said, "۵۰۰ هزار")
    result = (await call(sim, "telegram", "getUpdates")).result
    assert at(result, 1, "edited_message", "text") == "۵۰۰ هزار"


async def test_anothers_contact(sim: Simulator, maryam: PhoneInHand) -> None:
    await maryam.share_contact("+989350000000", user_id=77)
    result = (await call(sim, "telegram", "getUpdates")).result
    assert at(result, 0, "message", "contact", "user_id") == 77


async def test_a_keyboard_for_once_goes_when_pressed(sim: Simulator, maryam: PhoneInHand) -> None:
    await maryam.start()
    menu: Json = {"keyboard": [["منو"]], "one_time_keyboard": True}
    await call(sim, "telegram", "sendMessage", chat_id=1001, text="۱", reply_markup=menu)
    with pytest.raises(CannotAct):
        await maryam.press("دفترچه")
    await maryam.press("منو")
    assert not maryam.keyboard
    await call(sim, "telegram", "sendMessage", chat_id=1001, text="۲", reply_markup=menu)
    await call(sim, "telegram", "sendMessage", chat_id=1001, text="۳", reply_markup={"remove_keyboard": True})
    assert not maryam.keyboard


async def test_a_picture_that_is_none_is_refused(sim: Simulator, maryam: PhoneInHand) -> None:
    await maryam.start()
    answer = await call(sim, "telegram", "sendPhoto", chat_id=1001, photo="not-a-file-of-ours")
    assert answer.status == 400
    await maryam.send_document(b"<svg onload='alert(1)'/>", "a.svg")
    file = maryam.messages[-1].file
    assert file is not None
    async with (
        aiohttp.ClientSession(sim.address) as session,
        session.get(f"/api/files/telegram/{file.id}") as got,
    ):
        assert (got.content_type, got.content_disposition and got.content_disposition.type) == (
            "application/octet-stream",
            "attachment",
        )


ACTS: tuple[tuple[str, Json, int], ...] = (
    ("start", {"payload": "g-7"}, 200),
    ("say", {"text": "سلام"}, 200),
    ("say", {"text": ""}, 400),
    ("tap", {"message": 99, "row": 0, "column": 0}, 400),
    ("contact", {"with_user_id": False}, 200),
    ("edit", {"message": 2, "text": "درود"}, 200),
    ("open", {"url": "https://ble.ir/khodyar_demo_bot?start=x"}, 200),
    ("block", {}, 200),
    ("say", {"text": "؟"}, 400),
    ("unblock", {}, 200),
    ("fly", {}, 404),
)


async def test_a_picture_named_by_address_or_attached(sim: Simulator, maryam: PhoneInHand) -> None:
    await maryam.send_picture(png(5, 4))
    sent = maryam.messages[-1].file
    assert sent is not None
    address = f"{sim.url('telegram')}/file/bot{sim.token('telegram')}/{sent.path}"
    await call(sim, "telegram", "sendPhoto", chat_id=1001, photo=address)
    form = aiohttp.FormData({"chat_id": "1001", "photo": "attach://part"})
    form.add_field("part", png(5, 4), filename="a.png")
    method = f"{sim.url('telegram')}/bot{sim.token('telegram')}/sendPhoto"
    async with aiohttp.ClientSession() as session, session.post(method, data=form) as answer:
        assert answer.status == 200
    pictures = [message.file.content for message in maryam.messages if message.file]
    assert pictures == [png(5, 4)] * 3
    assert (await call(sim, "telegram", "sendPhoto", chat_id=1001, photo=address + "x")).status == 400
    assert not sim.violations


async def test_a_phone_over_http(sim: Simulator) -> None:
    async with aiohttp.ClientSession(sim.address) as session:
        body = {"flavour": "bale", "name": "گلناز", "number": "+989120000009"}
        async with session.post("/api/phones", json=body) as made:
            phone = (await made.json())["id"]
        for act, asked, status in ACTS:
            async with session.post(f"/api/phones/{phone}/{act}", json=asked) as answer:
                assert (act, answer.status) == (act, status)
        async with session.post(f"/api/phones/{phone}/picture?name=a.png", data=png(3, 3)) as sent:
            assert (await sent.json())["file"]["kind"] == "picture"
        async with session.get(f"/api/phones/{phone}/messages") as shown:
            texts = [message["text"] for message in (await shown.json())["messages"]]
        assert texts == ["/start g-7", "درود", "", "/start x", ""]
        async with session.post(
            f"/api/phones/{phone}/say", json={"text": "؟"}, headers={"Origin": "http://evil.example"}
        ) as foreign:
            assert foreign.status == 403
        for address in ("/", f"/phone/{phone}", "/static/page.js", "/static/fonts/Vazirmatn-Regular.woff2"):
            async with session.get(address) as page:
                assert page.status == 200


@asynccontextmanager
async def stream(
    sim: Simulator, query: str = "", last: str = ""
) -> AsyncIterator[AsyncIterator[tuple[str, str, Json]]]:
    headers = {"Last-Event-ID": last} if last else {}
    async with (
        aiohttp.ClientSession(sim.address) as session,
        session.get(f"/events{query}", headers=headers) as got,
    ):
        yield events(got)


async def events(response: aiohttp.ClientResponse) -> AsyncIterator[tuple[str, str, Json]]:
    while True:
        lines = [(await response.content.readline()).decode() for _ in range(4)]
        number, name, data = (line.partition(": ")[2].strip() for line in lines[:3])
        yield number, name, json.loads(data)


async def test_a_page_that_lost_its_connection_misses_nothing(
    sim: Simulator, maryam: PhoneInHand, zahra: PhoneInHand
) -> None:
    await maryam.say("پیش از صفحه")
    async with stream(sim, "?phone=telegram-1001") as page:
        number, name, everything = await anext(page)
        assert (name, at(everything, "phones", 0, "messages", 0, "text")) == ("all", "پیش از صفحه")
        await maryam.say("یک")
        number, name, event = await anext(page)
        assert (name, at(event, "message", "text")) == ("message", "یک")
    await zahra.say("روی گوشی دیگر")
    await maryam.say("دو")
    async with stream(sim, "?phone=telegram-1001", last=number) as page:
        number, name, event = await anext(page)
        assert (name, at(event, "message", "text")) == ("message", "دو")
    async with stream(sim, last="another-run.3") as page:
        assert (await anext(page))[1] == "all"


async def test_the_page_hears_of_toasts_typing_and_broken_rules(sim: Simulator, maryam: PhoneInHand) -> None:
    await maryam.start()
    async with stream(sim) as page:
        await anext(page)
        await call(sim, "telegram", "sendChatAction", chat_id=1001, action="typing")
        await call(sim, "telegram", "sendMessage", chat_id=1001, text="۱", reply_markup=KEYS)
        await maryam.tap("بله")
        (query,) = sim.unanswered
        await call(
            sim, "telegram", "answerCallbackQuery", callback_query_id=query.id, text="شد", colour="red"
        )
        names = [(await anext(page))[1] for _ in range(4)]
    assert names == ["action", "message", "violation", "toast"]
