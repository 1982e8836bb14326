"""The library the bot is built on, used without any special treatment."""

from __future__ import annotations

import pytest
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    MessageEntity,
    ReplyKeyboardMarkup,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, InvalidToken

from simulator import PhoneInHand, Simulator
from tests.simulator.conftest import bot_of
from tests.simulator.pictures import png

YES_NO = InlineKeyboardMarkup(
    [[InlineKeyboardButton("بله", callback_data="y"), InlineKeyboardButton("نه", callback_data="n")]]
)


@pytest.mark.parametrize("flavour", ["telegram", "bale"])
async def test_the_bot_introduces_itself(sim: Simulator, flavour: str) -> None:
    async with bot_of(sim, flavour) as bot:
        me = await bot.get_me()
        assert (me.username, me.id) == ("khodyar_demo_bot", int(sim.token(flavour).split(":")[0]))


async def test_a_talk_with_buttons(sim: Simulator, maryam: PhoneInHand) -> None:
    async with bot_of(sim, "telegram") as bot:
        await maryam.start("g-7")
        (update,) = await bot.get_updates(timeout=5)
        assert update.message is not None
        assert (update.message.text, update.message.entities[0].type) == ("/start g-7", "bot_command")
        sent = await bot.send_message(
            1001, "<b>سلام</b> مریم", parse_mode=ParseMode.HTML, reply_markup=YES_NO
        )
        heard = await maryam.hear("سلام")
        assert (heard.id, heard.text, heard.buttons) == (sent.message_id, "سلام مریم", ("بله", "نه"))
        assert [(e.kind, e.offset, e.length) for e in heard.body.entities] == [("bold", 0, 4)]

        await maryam.tap("بله")
        (update,) = await bot.get_updates(offset=update.update_id + 1, timeout=5)
        assert update.callback_query is not None
        assert (update.callback_query.data, update.callback_query.from_user.id) == ("y", 1001)
        (query,) = sim.unanswered
        assert (query.chat, query.message) == (1001, heard.id)
        await update.callback_query.answer("ثبت شد")
        assert await maryam.hear_toast() == "ثبت شد"
        await bot.edit_message_text("نوشته شد", 1001, sent.message_id)
        edited = await maryam.hear("نوشته شد")
        assert (edited.id, edited.buttons) == (sent.message_id, ())
        assert not sim.unanswered
        assert not sim.violations


async def test_entities_instead_of_markup(sim: Simulator, maryam: PhoneInHand) -> None:
    async with bot_of(sim, "telegram") as bot:
        await maryam.start()
        await bot.send_message(1001, "سلام مریم", entities=[MessageEntity(MessageEntity.BOLD, 5, 4)])
        assert [(e.kind, e.offset, e.length) for e in maryam.last.body.entities] == [("bold", 5, 4)]
    assert not sim.violations


async def test_a_menu_and_a_contact(sim: Simulator, maryam: PhoneInHand) -> None:
    menu = ReplyKeyboardMarkup([[KeyboardButton("شمارهٔ من", request_contact=True)], ["دفترچه", "صندوق ما"]])
    async with bot_of(sim, "telegram") as bot:
        await maryam.start()
        await bot.send_message(1001, "منو", reply_markup=menu)
        assert maryam.keyboard == (("شمارهٔ من",), ("دفترچه", "صندوق ما"))
        await maryam.press("دفترچه")
        await maryam.press("شمارهٔ من")
        _, said, shared = await bot.get_updates(timeout=5)
        assert said.message is not None
        assert shared.message is not None
        assert said.message.text == "دفترچه"
        assert shared.message.contact is not None
        assert (shared.message.contact.phone_number, shared.message.contact.user_id) == (
            "+989121234567",
            1001,
        )


@pytest.mark.parametrize("flavour", ["telegram", "bale"])
async def test_a_picture_there_and_back(sim: Simulator, flavour: str) -> None:
    phone = sim.phone(flavour, 7, "Sakineh", "+989120000000")
    picture = png(40, 30)
    async with bot_of(sim, flavour) as bot:
        await phone.send_picture(picture, "رسید")
        (update,) = await bot.get_updates(timeout=5)
        assert update.message is not None
        size = update.message.photo[-1]
        assert (size.width, size.height, update.message.caption) == (40, 30, "رسید")
        file = await bot.get_file(size.file_id)
        assert bytes(await file.download_as_bytearray()) == picture
        await bot.send_photo(7, size.file_id, caption="همان")
        await bot.send_photo(7, picture, filename="again.png")
        await bot.send_document(7, b"%PDF-1.7 made up", filename="دفترچه.pdf")
        assert (await phone.hear("همان")).file is not None
        document = await phone.hear()
        document = await phone.hear()
        assert document.file is not None
        assert (document.file.name, document.file.mime) == ("دفترچه.pdf", "application/pdf")


async def test_errors_are_the_platforms(sim: Simulator, maryam: PhoneInHand, zahra: PhoneInHand) -> None:
    async with bot_of(sim, "telegram") as bot:
        with pytest.raises(BadRequest, match=r"[Cc]hat not found"):
            await bot.send_message(404, "کسی هست؟")
        with pytest.raises(Forbidden, match="can't initiate"):
            await bot.send_message(1001, "سلام")
        await maryam.start()
        await maryam.block()
        with pytest.raises(Forbidden, match="blocked"):
            await bot.send_message(1001, "سلام")
        await maryam.unblock()
        await bot.send_message(1001, "سلام")
        with pytest.raises(BadRequest, match=r"[Cc]an't find end tag"):
            await bot.send_message(1001, "<b>سلام", parse_mode=ParseMode.HTML)
    async with bot_of(sim, "bale") as bot:
        # Bale's 404 looks like a wrong token to the library.
        with pytest.raises(InvalidToken):
            await bot.send_message(404, "کسی هست؟")
    assert [violation.rule for violation in sim.violations] == ["entities"]


async def test_blocking_is_told_on_telegram_only(
    sim: Simulator, maryam: PhoneInHand, zahra: PhoneInHand
) -> None:
    await maryam.start()
    await zahra.start()
    await maryam.block()
    await zahra.block()
    async with bot_of(sim, "telegram") as bot:
        _, update = await bot.get_updates(timeout=5)
        assert update.my_chat_member is not None
        assert update.my_chat_member.new_chat_member.status == "kicked"
    async with bot_of(sim, "bale") as bot:
        assert [update.message is not None for update in await bot.get_updates(timeout=5)] == [True]


async def test_the_other_methods(sim: Simulator, maryam: PhoneInHand) -> None:
    async with bot_of(sim, "telegram") as bot:
        await maryam.start()
        sent = await bot.send_photo(1001, png(2, 2), caption="یک", reply_markup=YES_NO)
        await bot.edit_message_caption(1001, sent.message_id, caption="دو", reply_markup=YES_NO)
        await bot.edit_message_reply_markup(1001, sent.message_id)
        assert (maryam.last.text, maryam.last.buttons) == ("دو", ())
        await bot.send_chat_action(1001, "typing")
        await bot.set_my_commands([("start", "آغاز")])
        assert (await bot.get_chat(1001)).first_name == "Maryam"
        await bot.delete_message(1001, sent.message_id)
        assert [message.text for message in maryam.messages] == ["/start"]
    assert not sim.violations
