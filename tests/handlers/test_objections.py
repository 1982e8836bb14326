"""A member objects: the board answers, the facilitator has the last word, and nothing is stopped by it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from conversations.talks.objection import Thing
from domain.ids import ObjectionId
from domain.money import Rial
from domain.objections import About, State
from domain.offices import Office
from storage import objections, passbooks
from storage.objections import ObjectionRow
from tests.assembly import proposed, voted
from tests.phone import Phone
from tests.stage import Group, Stage
from tests.steps import save

BOARD = (Office.CHAIR, Office.SECRETARY, Office.TREASURER)
WHY = "من ۶۰۰ هزار تومان دادم"
ANSWER = "رسید بانک ۵۰۰ هزار تومان است"
LAST = "رسید را با هم دیدیم؛ همان ۵۰۰ هزار تومان است"


async def saved(stage: Stage, offices: tuple[Office, ...] = BOARD) -> tuple[Group, Phone]:
    """A group in which somebody has saved once."""
    group = await stage.group(offices=offices)
    await save(group, group.members[0])
    return group, group.members[0]


async def objected(
    member: Phone, about: str = "about_entry", number: str = "1", words: str = WHY
) -> list[str]:
    """Object by the menu."""
    await member.press("menu_objection")
    await member.tap("object")
    if member.last.name == "objection.about":
        await member.tap(about)
    await member.tap(number)
    await member.say(words)
    return await member.tap("confirm")


async def answered(who: Phone, words: str = ANSWER) -> list[str]:
    await who.tap("answer_objection")
    await who.say(words)
    return await who.tap("confirm")


async def row(stage: Stage, number: int = 1) -> ObjectionRow:
    found = await stage.read(lambda conn: objections.objection_by_id(conn, ObjectionId(number)))
    assert found is not None
    return found


async def test_the_board_answers_and_she_is_content(stage: Stage) -> None:
    group, member = await saved(stage)
    assert await objected(member) == ["objection.sent", "objection.open"]
    card = group.chair.newest("objection.open")
    assert (card.facts["words"], card.fact("thing", Thing).amount) == (WHY, Rial.from_toman(500_000))
    assert group.secretary.newest("objection.open").choices == ("answer",)
    assert group.treasurer.newest("objection.open").choices == ()  # he confirmed that entry himself
    assert "objection.open" not in group.facilitator.names + group.members[1].names

    assert await answered(group.secretary) == ["objection.you_answered"]
    assert group.chair.newest("objection.answered").edited
    assert member.last.name == "objection.answered"
    assert (member.last.facts["answer"], member.last.choices) == (ANSWER, ("content", "carry"))

    assert await member.tap("content") == ["objection.you_are_content"]
    for phone in (member, group.chair, group.secretary, group.treasurer):
        assert phone.newest("objection.settled").edited
    found = await row(stage)
    assert (found.state, found.answered_by, found.settled_by) == (
        State.SETTLED,
        group.secretary.person,
        member.person,
    )


async def test_an_objection_stops_nothing(stage: Stage) -> None:
    group, member = await saved(stage)
    await objected(member)
    await save(group, member)
    balance = await stage.read(lambda conn: passbooks.member_balance(conn, member.membership))
    assert balance == Rial.from_toman(500_000)


async def test_who_is_not_content_carries_it_to_the_facilitator_who_settles_it(stage: Stage) -> None:
    group, member = await saved(stage)
    await objected(member)
    await answered(group.chair)
    assert await member.tap("carry") == ["objection.you_carried"]
    card = group.facilitator.newest("objection.carried")
    assert card.fact("thing", Thing).amount is None  # it is hers and the board's
    assert group.chair.newest("objection.carried").choices == ()

    assert await answered(group.facilitator, LAST) == ["objection.you_answered"]
    assert member.last.name == "objection.settled"
    assert (member.last.facts["last"], member.last.choices) == (LAST, ())
    assert group.chair.newest("objection.settled").edited
    assert group.facilitator.newest("objection.settled").edited
    assert (await row(stage)).settled_by == group.facilitator.person


async def test_without_an_answer_in_seven_days_it_goes_to_the_facilitator_by_itself(stage: Stage) -> None:
    group, member = await saved(stage)
    await objected(member)
    old = group.chair.newest("objection.open")
    await stage.pass_days(7)
    assert (await row(stage)).state is State.OPEN
    await stage.pass_days(1)
    assert (await row(stage)).state is State.CARRIED
    assert group.facilitator.newest("objection.carried").choices == ("answer",)
    assert member.last.name == "objection.carried"
    assert await group.chair.tap("answer_objection", old) == ["common.already_answered", "objection.carried"]
    assert group.facilitator.names.count("objection.carried") == 1
    await answered(group.facilitator, LAST)
    assert member.last.name == "objection.settled"


async def test_she_may_be_content_at_any_time(stage: Stage) -> None:
    group, member = await saved(stage)
    await objected(member)
    await member.tap("content")
    assert (await row(stage)).state is State.SETTLED
    await stage.pass_days(9)
    assert "objection.carried" not in group.facilitator.names


async def test_a_resolution_and_a_round_are_objected_to(stage: Stage) -> None:
    group, _member = await saved(stage)
    await proposed(group.chair)
    await voted(group, "yyyyyy")
    other = group.members[1]
    assert await objected(other, "about_resolution", "1", "گران است") == ["objection.sent", "objection.open"]
    assert await objected(other, "about_round", "1", "من هم دادم") == ["objection.sent", "objection.open"]
    answers = {heard.fact("thing", Thing).about: heard.choices for heard in group.treasurer.heard[-2:]}
    assert answers == {About.RESOLUTION: ("answer",), About.ROUND: ()}


async def test_where_nobody_of_the_board_is_impartial_it_goes_to_the_facilitator_at_once(
    stage: Stage,
) -> None:
    group, member = await saved(stage, (Office.TREASURER,))
    assert await objected(member) == ["objection.sent_to_facilitator", "objection.carried"]
    assert group.facilitator.last.name == "objection.carried"
    assert group.facilitator.last.facts["answer"] == ""


async def test_the_chair_does_not_answer_her_own_objection(stage: Stage) -> None:
    group = await stage.group(offices=BOARD)
    await save(group, group.chair)
    await objected(group.chair)
    assert group.chair.last.choices == ("content",)
    assert group.secretary.last.choices == ("answer",)


async def test_a_foreign_a_second_and_an_old_press_change_nothing(stage: Stage) -> None:
    group, member = await saved(stage)
    await objected(member)
    hers, boards = member.newest("objection.open"), group.chair.newest("objection.open")
    for data in (*hers.buttons.values(), *boards.buttons.values()):
        assert await group.members[1].tap_data(data) == ["common.foreign_button"]
    await answered(group.chair)
    assert await group.chair.tap("answer_objection", boards) == [
        "common.already_answered",
        "objection.answered",
    ]
    assert await member.tap("content", hers) == ["common.already_answered", "objection.answered"]
    await member.tap("content")
    assert await stage.repeat() == []
    assert (await row(stage)).revision == 3


async def test_whoever_answers_second_is_told_how_it_stands(stage: Stage) -> None:
    group, member = await saved(stage)
    await objected(member)
    for phone in (group.chair, group.secretary):
        await phone.tap("answer_objection")
        await phone.say(ANSWER)
    await group.chair.tap("confirm")
    assert await group.secretary.tap("confirm") == ["refusals.already_decided"]
    assert (await row(stage)).answered_by == group.chair.person


async def test_an_officer_who_left_the_board_meanwhile_does_not_answer(stage: Stage) -> None:
    group, member = await saved(stage)
    await objected(member)
    await stage.appoint(group, Office.CHAIR, group.members[1])
    assert await group.chair.tap("answer_objection") == ["refusals.not_yours_to_answer"]


async def test_one_thing_is_objected_to_once_and_three_at_a_time(stage: Stage) -> None:
    group, member = await saved(stage)
    await objected(member)
    await member.press("menu_objection")
    await member.tap("object")
    assert member.last.name == "objection.which"  # only the round is left
    assert member.last.facts["about"] is About.ROUND
    await member.say("/cancel")
    await objected(member, "about_round")
    await member.press("menu_objection")
    assert await member.tap("object") == ["refusals.nothing_to_object_to"]
    await save(group, member, "۷۰۰ هزار تومان")
    await objected(member, number="2")
    assert await member.press("menu_objection") == ["objection.page", *["objection.open"] * 3]
    assert await member.tap("object") == ["refusals.too_many_objections"]


async def test_an_objection_begun_twice_is_kept_once(stage: Stage) -> None:
    group, member = await saved(stage)
    second = await stage.second_account(member, "bale")
    for phone in (member, second):
        await phone.press("menu_objection")
        await phone.tap("object")
        await phone.tap("about_entry")
        await phone.tap("1")
        await phone.say(WHY)
    await asyncio.gather(member.tap("confirm"), second.tap("confirm"))
    assert max(member.names[-1:] + second.names[-1:]) == "refusals.nothing_to_object_to"
    assert len(await stage.read(lambda conn: objections.unsettled_in(conn, group.id))) == 1


async def test_others_cannot_object_in_her_name(stage: Stage) -> None:
    group, member = await saved(stage)
    await member.press("menu_passbook")
    (data,) = member.last.buttons.values()
    assert await group.members[1].tap_data(data) == ["common.foreign_button"]
    assert await member.tap_data(data) == ["objection.about"]


async def test_a_helper_objects_for_a_member_without_a_phone(stage: Stage) -> None:
    group = await stage.group(offices=BOARD)
    helper = group.members[0]
    await stage.phoneless(group.id, helper)
    await stage.pass_days(31)
    await helper.press("menu_objection")
    _, hers = helper.last.buttons.values()
    await helper.tap_data(hers)
    await helper.tap("1")
    await helper.say(WHY)
    await helper.tap("confirm")
    assert helper.last.name == "objection.open"
    assert helper.last.facts["name"] == "ننه صغری"
    await answered(group.chair)
    assert helper.last.name == "objection.answered"
    await helper.tap("content")
    assert (await row(stage)).settled_by == helper.person


async def test_board_and_facilitator_find_what_is_open(stage: Stage) -> None:
    group, member = await saved(stage)
    await objected(member)
    assert await group.chair.press("menu_waiting") == ["waiting.count", "objection.open"]
    assert await group.treasurer.press("menu_waiting") == ["waiting.nothing"]
    await group.treasurer.press("menu_members")
    assert await group.treasurer.tap("objections") == ["objection.open"]
    await group.facilitator.press("menu_groups")
    await group.facilitator.tap("open")
    assert "objections" not in group.facilitator.last.choices
    await answered(group.chair)
    await member.tap("carry")
    assert await group.facilitator.press("menu_waiting") == ["waiting.count", "objection.carried"]
    await group.facilitator.press("menu_groups")
    await group.facilitator.tap("open")
    assert await group.facilitator.tap("objections") == ["objection.carried"]


async def test_an_answer_that_waits_to_be_worked_off_is_waited_for(stage: Stage) -> None:
    group, member = await saved(stage)
    await objected(member)
    await group.chair.tap("answer_objection")
    await group.chair.say(ANSWER)
    await stage.pass_time(timedelta(days=7))
    await group.chair.tap("confirm")
    await stage.pass_days(1)
    assert (await row(stage)).state is State.ANSWERED


async def test_hostile_words_are_words(stage: Stage) -> None:
    group, member = await saved(stage)
    await objected(member, words="*پررنگ* <b>x</b>")
    assert group.chair.newest("objection.open").facts["words"] == "پررنگ bx/b"


async def test_what_is_stored_about_her_names_her_objections(stage: Stage) -> None:
    _group, member = await saved(stage)
    await objected(member)
    await member.press("menu_me")
    await member.tap("stored")
    assert member.newest("me.stored_membership").facts["objected"] == 1
