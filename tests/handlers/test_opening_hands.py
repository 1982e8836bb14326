"""Who confirms, witnesses and signs opening balances, and who does not."""

from __future__ import annotations

import asyncio

from domain.money import Rial
from domain.offices import Office
from domain.opening import LineState
from storage import openings, passbooks
from tests.opening import asked, begun, confirmed, entered, line, lines_entered, opening
from tests.stage import Stage

BOARD = (Office.CHAIR, Office.SECRETARY, Office.TREASURER)
HERS = Rial.from_toman(1_000_000)


async def test_whoever_cannot_be_reached_is_witnessed_by_two_after_seven_days(stage: Stage) -> None:
    group = await asked(stage)
    for phone in (group.chair, group.chair, group.secretary, *group.members[1:]):
        await phone.tap("right")
    member = group.members[0]
    await stage.pass_days(7)
    assert "opening.witness" not in group.chair.names
    await stage.pass_days(1)
    assert "opening.witness" not in group.treasurer.names  # he entered it
    card = group.chair.newest("opening.witness")
    assert await group.chair.tap("right", card) == ["opening.witnessed_once"]
    assert await group.chair.tap("right", group.chair.newest("opening.witness")) == [
        "refusals.second_officer_witnesses"
    ]
    assert (await line(stage, member)).state is LineState.WAITING
    assert await group.secretary.tap("right", group.secretary.newest("opening.witness")) == [
        "opening.you_confirmed",
        "opening.sign",
    ]
    found = await line(stage, member)
    assert (found.witness_id, found.said_by) == (group.chair.person, group.secretary.person)
    assert await stage.read(lambda conn: openings.openings_due(conn, stage.now, 5)) == ()


async def test_she_may_still_say_it_herself_after_seven_days(stage: Stage) -> None:
    group = await asked(stage)
    await stage.pass_days(8)
    await group.chair.tap("right", group.chair.newest("opening.witness"))
    member = group.members[0]
    assert await member.tap("right", member.newest("opening.waiting_line")) == ["opening.you_confirmed"]


async def test_a_helper_says_it_for_a_member_without_a_phone(stage: Stage) -> None:
    group = await stage.group(offices=BOARD)
    served = await stage.phoneless(group.id, group.members[0])
    mine = await stage.phoneless(group.id, group.treasurer, "گلناز")
    await group.treasurer.press("menu_members")
    await begun(group.treasurer)
    await lines_entered(group.treasurer)
    await group.treasurer.tap("send")
    assert group.members[0].last.facts["name"] == "ننه صغری"
    await group.members[0].tap("right", group.members[0].last)
    hers = await stage.read(lambda conn: openings.unbooked_line(conn, served))
    assert hers is not None
    assert hers.said_by == group.members[0].person
    names = [heard.facts["name"] for heard in group.chair.heard if heard.name == "opening.waiting_line"]
    assert "گلناز" in names  # her helper entered it himself
    assert mine


async def test_without_a_treasurer_the_facilitator_enters_and_two_of_the_board_sign(stage: Stage) -> None:
    group = await entered(stage, (Office.CHAIR, Office.SECRETARY))
    await group.facilitator.tap("send")
    for phone in group.everybody:
        await phone.tap("right")
    await group.chair.tap("sign")
    assert (await group.secretary.tap("sign"))[0] == "opening.booked"
    entry = await stage.read(lambda conn: passbooks.entry_numbered(conn, group.id, 1))
    assert (entry.entered_by, entry.confirmed_by) == (group.facilitator.person, group.secretary.person)


async def test_where_the_board_is_one_short_the_facilitator_is_the_second(stage: Stage) -> None:
    group = await entered(stage, (Office.CHAIR, Office.TREASURER))
    await group.treasurer.tap("send")
    for phone in (group.chair, group.chair, *group.members):
        await phone.tap("right")
    await group.facilitator.tap("sign")
    assert (await group.chair.tap("sign"))[0] == "opening.booked"


async def test_others_neither_enter_nor_sign_nor_confirm(stage: Stage) -> None:
    group = await asked(stage)
    await group.chair.press("menu_members")
    await group.chair.tap("page")
    assert group.chair.last.name == "opening.page"
    assert group.chair.last.choices == ()
    hers = group.members[0].last
    for data in hers.buttons.values():
        assert await group.members[1].tap_data(data) == ["common.foreign_button"]
    await confirmed(group)
    sign = group.chair.newest("opening.sign")
    assert await group.treasurer.tap_data(next(iter(sign.buttons.values()))) == ["common.foreign_button"]


async def test_a_second_tap_and_an_old_card_change_nothing(stage: Stage) -> None:
    group = await asked(stage)
    member = group.members[0]
    card = member.last
    await member.tap("right", card)
    assert await member.tap("right", card) == ["common.already_answered", "opening.confirmed_line"]
    assert await member.tap("wrong", card) == ["common.already_answered", "opening.confirmed_line"]
    page = group.treasurer.newest("opening.page")
    assert "send" not in page.choices


async def test_two_who_sign_at_the_same_instant_book_it_once(stage: Stage) -> None:
    group = await asked(stage)
    await confirmed(group)
    await asyncio.gather(group.chair.tap("sign"), group.secretary.tap("sign"))
    late = group.secretary if (await opening(stage, group)).signed_by == group.chair.person else group.chair
    if (await opening(stage, group)).state != "booked":
        assert late.last.name == "refusals.already_decided"
        await late.tap("sign")
    assert await stage.read(lambda conn: openings.books_are_empty(conn, group.id)) is False
    books = await stage.read(lambda conn: passbooks.books_as_text(conn, group.id))
    assert books.count(" opening") == 1


async def test_the_same_person_does_not_sign_twice(stage: Stage) -> None:
    group = await asked(stage)
    await confirmed(group)
    await group.chair.tap("sign")
    assert await group.chair.tap("sign", group.chair.newest("opening.sign")) == [
        "refusals.another_officer_signs"
    ]


async def test_a_lost_card_is_found_again(stage: Stage) -> None:
    group = await asked(stage)
    assert await group.members[0].press("menu_passbook") == ["passbook.page", "opening.waiting_line"]
    assert await group.chair.press("menu_waiting") == ["waiting.count", *["opening.waiting_line"] * 2]
    await confirmed(group)
    assert await group.chair.press("menu_waiting") == ["waiting.count", "opening.sign"]
    assert await group.treasurer.press("menu_waiting") == ["waiting.nothing"]


async def test_who_has_a_line_under_way_does_not_leave_at_once(stage: Stage) -> None:
    group = await asked(stage)
    member = group.members[0]
    await member.press("menu_me")
    await member.tap("leave")
    assert member.last.name == "leave.as_a_wish"
