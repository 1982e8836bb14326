from __future__ import annotations

from datetime import timedelta

from domain.money import Rial
from tests.phone import Phone
from tests.stage import Stage
from tests.steps import report, save

USUAL = Rial.from_toman(500_000)


async def member_of(stage: Stage) -> Phone:
    return (await stage.group()).members[0]


async def test_an_amount_out_of_the_blue_offers_to_record_it(stage: Stage) -> None:
    group = await stage.group()
    member = group.members[0]
    assert await member.say("۵۰۰ هزار تومان") == ["saving.offered"]
    assert await member.say("بله") == ["saving.way"]
    assert await member.say("نقد") == ["saving.confirm"]
    assert member.last.facts["amount"] == USUAL
    assert await member.say("تأیید") == ["saving.written_down"]
    assert group.treasurer.last.name == "deposit.waiting"


async def test_a_doubtful_amount_out_of_the_blue_is_not_guessed(stage: Stage) -> None:
    member = await member_of(stage)
    for text in ("۵۰۰", "پونصد تومن"):
        assert "saving.way" not in await member.say(text)
        await member.say("/cancel")


async def test_text_that_fits_nothing_gets_a_short_answer(stage: Stage) -> None:
    member = await member_of(stage)
    assert await member.say("چه خبر؟") == ["common.nothing_fits"]
    assert member.last.facts["saves"] is True
    assert member.last.menu


async def test_the_code_of_a_group_may_simply_be_typed(stage: Stage) -> None:
    group = await stage.group()
    newcomer = stage.phone()
    said = await newcomer.say(f" {group.code[:3].lower()}-{group.code[3:]} ")
    assert said
    assert "common.nothing_fits" not in said


async def test_a_menu_press_inside_a_talk_is_answered_and_the_talk_goes_on(stage: Stage) -> None:
    member = await member_of(stage)
    await member.press("menu_save")
    await member.tap("5000000")
    assert await member.press("menu_fund") == ["fund.totals"]
    assert await member.tap("cash") == ["saving.confirm"]
    assert await member.tap("confirm") == ["saving.written_down"]


async def test_a_second_talk_parks_the_first_which_is_then_taken_up_again(stage: Stage) -> None:
    group = await stage.group()
    member, treasurer = group.members[0], group.treasurer
    await report(member)
    await treasurer.press("menu_save")
    await treasurer.tap("5000000")
    assert await treasurer.tap("not_received") == ["not_received.reason"]
    await treasurer.say("نرسیده")
    said = await treasurer.tap("confirm")
    assert said == ["deposit.you_refused", "common.back_to_parked", "saving.way"]
    await treasurer.tap("cash")
    assert await treasurer.tap("confirm") == ["saving.written_down"]


async def test_the_same_talk_begun_anew_does_not_come_back_afterwards(stage: Stage) -> None:
    member = await member_of(stage)
    await member.press("menu_save")
    await member.tap("5000000")
    await member.press("menu_save")
    await member.tap("5000000")
    await member.tap("cash")
    assert await member.tap("confirm") == ["saving.written_down"]


async def test_after_an_hour_it_says_that_it_goes_on(stage: Stage) -> None:
    member = await member_of(stage)
    await member.press("menu_save")
    await stage.pass_time(timedelta(hours=3))
    assert await member.tap("5000000") == ["common.continuing", "saving.way"]
    assert await member.tap("cash") == ["saving.confirm"]


async def test_after_a_day_it_begins_again(stage: Stage) -> None:
    member = await member_of(stage)
    await member.press("menu_save")
    await member.tap("5000000")
    await stage.pass_time(timedelta(hours=25))
    assert await member.tap("cash") == ["common.begun_again", "saving.amount"]
    assert await member.tap("5000000") == ["saving.way"]


async def test_what_only_waits_for_its_yes_waits_longer(stage: Stage) -> None:
    group = await stage.group()
    member = group.members[0]
    await member.press("menu_save")
    await member.tap("5000000")
    await member.tap("cash")
    await stage.pass_days(3)
    assert await member.tap("confirm") == ["common.continuing", "saving.written_down"]
    assert group.treasurer.names == ["deposit.waiting"]


async def test_back_goes_one_question_back_and_stops_at_the_first(stage: Stage) -> None:
    member = await member_of(stage)
    await member.press("menu_save")
    await member.tap("5000000")
    await member.tap("transfer")
    assert await member.tap("back") == ["saving.way"]
    assert await member.say("/back") == ["saving.amount"]
    assert await member.say("برگرد") == ["saving.amount"]
    assert await member.tap("5000000") == ["saving.way"]


async def test_cancel_forgets_the_talk(stage: Stage) -> None:
    member = await member_of(stage)
    for way in ("/cancel", "انصراف"):
        await member.press("menu_save")
        await member.tap("5000000")
        assert await member.say(way) == ["common.cancelled"]
    await member.press("menu_save")
    assert await member.tap("cancel_talk") == ["common.cancelled"]
    assert await member.say("/cancel") == ["common.nothing_open"]
    assert await member.say("/back") == ["common.nothing_open"]


async def test_help_inside_a_talk_leaves_it_open(stage: Stage) -> None:
    member = await member_of(stage)
    await member.press("menu_save")
    assert await member.say("/help") == ["help.known"]
    assert await member.say("/menu@khodyar_test_bot") == ["common.menu_of_group"]
    assert await member.tap("5000000") == ["saving.way"]


async def test_a_reply_that_cannot_be_read_is_answered_with_what_would_be(stage: Stage) -> None:
    member = await member_of(stage)
    await member.press("menu_save")
    assert await member.say("خیلی") == ["common.amount_unread", "saving.amount"]
    assert await member.sticker() == ["common.cannot_use_that", "saving.amount"]
    assert await member.contact("+989121234567") == ["common.amount_unread", "saving.amount"]
    assert await member.tap("5000000") == ["saving.way"]
    assert await member.say("چک") == ["common.choose", "saving.way"]


async def test_a_sticker_out_of_the_blue_gets_a_kind_word(stage: Stage) -> None:
    member = await member_of(stage)
    assert await member.sticker() == ["common.cannot_use_that"]
    assert await member.picture() == ["common.picture_without_matter"]


async def test_a_menu_word_of_another_role_is_refused(stage: Stage) -> None:
    group = await stage.group()
    waiting = stage.texts.label("menu_waiting")
    assert await group.members[0].say(waiting) == ["refusals.not_for_you"]
    assert await group.treasurer.say(waiting) == ["waiting.nothing"]


async def test_everybody_sees_the_menu_of_her_role(stage: Stage) -> None:
    group = await stage.group()
    seen = {}
    for name, phone in {
        "member": group.members[0],
        "treasurer": group.treasurer,
        "new": stage.phone(),
    }.items():
        await phone.say("/menu")
        seen[name] = set(phone.last.menu)
    label = stage.texts.label
    assert {label("menu_save"), label("menu_passbook")} <= seen["member"]
    assert label("menu_waiting") in seen["treasurer"] - seen["member"]
    assert not seen["new"] & {label("menu_save"), label("menu_waiting")}
    assert label("menu_help") in seen["member"] & seen["treasurer"] & seen["new"]


async def test_a_stranger_hears_what_this_is(stage: Stage) -> None:
    stranger = stage.phone()
    assert (await stranger.start())[0] == "about.what"
    assert await stranger.say("/help") == ["help.stranger"]
    assert await stranger.say("سلام") == ["common.nothing_fits"]
    assert stranger.last.facts["saves"] is False


async def test_who_blocks_the_bot_is_told_nothing_until_she_is_back(stage: Stage) -> None:
    group = await stage.group()
    member = group.members[0]
    await report(member)
    await member.presence(here=False)
    await group.treasurer.tap("confirm_deposit")
    assert "saving.receipt_slip" not in member.names
    await member.presence(here=True)
    await save(group, member, "100,000")
    assert member.last.name == "saving.receipt_slip"
    assert member.last.facts["balance"] == USUAL


async def test_notices_go_to_the_messenger_she_used_last(stage: Stage) -> None:
    group = await stage.group()
    member = group.members[0]
    other = await stage.second_account(member, "bale")
    await report(member)
    await other.say("/menu")
    await group.treasurer.tap("confirm_deposit")
    assert other.last.name == "saving.receipt_slip"
    assert "saving.receipt_slip" not in member.names


async def test_what_is_said_in_a_group_chat_is_left_alone(stage: Stage) -> None:
    member = await member_of(stage)
    assert await member.in_group_chat("۵۰۰ هزار تومان") == []
    assert await member.edits("۵۰۰ هزار تومان") == []


async def test_our_own_mistake_is_said_kindly(stage: Stage) -> None:
    member = await member_of(stage)
    await member.press("menu_save")
    assert await stage.fail(member, "۶۰۰ هزار تومان") == ["common.our_mistake"]
    assert await member.tap("5000000") == ["saving.way"]
