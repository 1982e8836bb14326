"""Where Bale differs, so that a bot which works here does not stumble there."""

from __future__ import annotations

import aiohttp

from simulator import PhoneInHand, Simulator
from simulator.wire import Json
from tests.simulator.raw import call
from tests.simulator.raw import field as at

YES: Json = {"inline_keyboard": [[{"text": "بله", "callback_data": "y"}]]}


async def test_an_edit_answers_with_a_stub(sim: Simulator, zahra: PhoneInHand) -> None:
    await zahra.start()
    sent = at((await call(sim, "bale", "sendMessage", chat_id=1001, text="یک")).result, "message_id")
    edited = await call(sim, "bale", "editMessageText", chat_id=1001, message_id=sent, text="دو")
    assert at(edited.result, "message_id") == 0
    assert (zahra.last.id, zahra.last.text) == (sent, "دو")


async def test_message_ids_count_per_chat(sim: Simulator, zahra: PhoneInHand) -> None:
    other = sim.phone("bale", 1002, "Leila", "+989120000000")
    assert [(await phone.say("سلام")).id for phone in (zahra, other)] == [1, 1]
    here, there = (sim.phone("telegram", number, "T", "+989120000000") for number in (1, 2))
    assert [(await phone.say("سلام")).id for phone in (here, there)] == [1, 2]


async def test_html_is_shown_and_markdown_read(sim: Simulator, zahra: PhoneInHand) -> None:
    await zahra.start()
    await call(
        sim, "bale", "sendMessage", chat_id=1001, text="<b>یک</b> و *دو* و 3*4 و a_b_c", parse_mode="HTML"
    )
    assert zahra.last.text == "<b>یک</b> و دو و 3*4 و a_b_c"
    assert [entity.kind for entity in zahra.last.body.entities] == ["bold"]
    assert {violation.rule for violation in sim.violations} == {"parse_mode", "html"}


async def test_a_keyboard_that_cannot_be_read_is_dropped(sim: Simulator, zahra: PhoneInHand) -> None:
    await zahra.start()
    wrong: Json = {"inline_keyboard": [[{"text": "بله", "callback_data": "x" * 65}]]}
    sent = await call(sim, "bale", "sendMessage", chat_id=1001, text="تأیید؟", reply_markup=wrong)
    assert sent.status == 200
    assert not zahra.last.buttons
    assert [violation.rule for violation in sim.violations] == ["callback_data"]


async def test_errors_have_bales_numbers(sim: Simulator, zahra: PhoneInHand) -> None:
    assert (await call(sim, "bale", "sendMessage", chat_id=5, text="سلام")).status == 404
    assert (await call(sim, "bale", "sendPoll", chat_id=1001)).status == 404
    wrong = f"{sim.url('bale')}/bot1:x/getMe"
    async with aiohttp.ClientSession() as session, session.get(wrong) as answer:
        body = await answer.json()
        assert (answer.status, body["description"]) == (403, "Token not found")


async def test_updates_may_hold_only_what_is_documented(sim: Simulator) -> None:
    least = sim.phone("bale", 7, "Batoul", "+989120000007", minimal=True)
    await least.say("سلام")
    await call(sim, "bale", "sendMessage", chat_id=7, text="؟", reply_markup=YES)
    await least.tap("بله")
    await least.share_contact(with_user_id=False)
    said, tapped, shared = [(await call(sim, "bale", "getUpdates")).result] * 3
    assert at(said, 0, "message", "from") == {"id": 7, "first_name": "Batoul"}
    query = at(tapped, 1, "callback_query")
    assert isinstance(query, dict)
    assert "chat_instance" not in query
    assert at(shared, 2, "message", "contact") == {"phone_number": "989120000007", "first_name": "Batoul"}


async def test_an_old_client_shows_no_toast(sim: Simulator) -> None:
    old = sim.phone("bale", 8, "Kobra", "+989120000008", old_client=True)
    await old.say("سلام")
    await call(sim, "bale", "sendMessage", chat_id=8, text="؟", reply_markup=YES)
    await old.tap("بله")
    (query,) = sim.unanswered
    assert query.id.startswith("1")
    await call(sim, "bale", "answerCallbackQuery", callback_query_id=query.id, text="ثبت شد")
    assert not sim.unanswered
    assert not old.toasts


async def test_links_belong_to_their_messenger(
    sim: Simulator, zahra: PhoneInHand, maryam: PhoneInHand
) -> None:
    assert await zahra.open("https://ble.ir/khodyar_demo_bot?start=g-7") == "started"
    assert zahra.messages[-1].text == "/start g-7"
    assert await zahra.open("t.me/khodyar_demo_bot?start=g-7") == "other_messenger"
    assert await maryam.open("t.me/khodyar_demo_bot?start=g-7") == "started"
    assert await maryam.open("https://t.me/another_bot?start=g-7") == "elsewhere"
