"""A group with paper books brings its balances along: each member confirms, two sign, one entry."""

from __future__ import annotations

import asyncio

from domain.money import Rial
from domain.offices import Office
from domain.opening import LineState
from storage import openings, passbooks
from storage.openings import LineRow, OpeningRow
from tests.phone import Phone
from tests.stage import Group, Stage
from tests.steps import save

BOARD = (Office.CHAIR, Office.SECRETARY, Office.TREASURER)
HERS = Rial.from_toman(1_000_000)


async def begun(who: Phone, cash: str = "۳ میلیون تومان", bank: str = "۵ میلیون تومان") -> list[str]:
    """Say what money there was, out of the group's page."""
    await who.tap("page")
    await who.tap("2026-03-20")
    await who.say(cash)
    await who.say(bank)
    await who.tap("0")
    return await who.tap("confirm")


async def entered(stage: Stage, offices: tuple[Office, ...] = BOARD, cash: str = "۳ میلیون تومان") -> Group:
    """Six members with a million each, in 3 of cash and 5 in the bank."""
    group = await stage.group(offices=offices)
    who = group.officers.get(Office.TREASURER, group.facilitator)
    if who is not group.facilitator:
        await who.press("menu_members")
    else:
        await who.press("menu_groups")
        await who.tap("open")
    assert await begun(who, cash) == ["opening.page"]
    await lines_entered(who)
    return group


async def lines_entered(who: Phone) -> None:
    while "line" in who.last.choices:
        await who.tap("line")
        await who.say("یک میلیون تومان")


async def asked(stage: Stage) -> Group:
    """Every member has her card."""
    group = await entered(stage)
    assert await group.treasurer.tap("send") == ["opening.page"]
    return group


async def confirmed(group: Group) -> None:
    """Everybody says that it is right; the chair twice, as the treasurer entered his own line."""
    for phone in (group.chair, group.chair, group.secretary, *group.members):
        await phone.tap("right")


async def opening(stage: Stage, group: Group) -> OpeningRow:
    found = await stage.read(lambda conn: openings.opening_of(conn, group.id))
    assert found is not None
    return found


async def line(stage: Stage, member: Phone) -> LineRow:
    found = await stage.read(lambda conn: openings.unbooked_line(conn, member.membership))
    assert found is not None
    return found


async def test_from_the_paper_book_to_one_entry(stage: Stage) -> None:
    group = await asked(stage)
    member = group.members[0]
    assert member.last.name == "opening.waiting_line"
    assert member.last.facts["amount"] == HERS
    assert "opening.waiting_line" not in group.treasurer.names
    await confirmed(group)
    assert member.newest("opening.confirmed_line").edited
    assert group.treasurer.names.count("opening.sign") == 0

    assert await group.secretary.tap("sign") == ["opening.you_signed"]
    assert group.chair.newest("opening.sign").facts["signer"] != ""
    assert (await group.chair.tap("sign"))[0] == "opening.booked"

    assert (await opening(stage, group)).state == "booked"
    for phone in (member, group.treasurer):
        assert phone.last.name == "opening.slip"
        assert phone.last.facts["balance"] == HERS
    assert group.treasurer.newest("opening.booked").facts["rest"] == Rial.from_toman(2_000_000)
    books = await stage.read(lambda conn: passbooks.books_as_text(conn, group.id))
    assert books.splitlines()[:10] == [
        "1 2026-04-04 value 2026-03-20 opening",
        "  101 +30,000,000",
        "  102 +50,000,000",
        *(f"  201/{phone.membership} -10,000,000" for phone in group.everybody),
        "  303 -20,000,000",
    ]


async def test_afterwards_the_group_saves_as_every_group(stage: Stage) -> None:
    group = await asked(stage)
    await confirmed(group)
    await group.secretary.tap("sign")
    await group.chair.tap("sign")
    await save(group, group.members[0])
    assert group.members[0].last.facts["balance"] == Rial.from_toman(1_500_000)
    await group.treasurer.press("menu_members")
    assert "page" not in group.treasurer.last.choices


async def test_capital_aid_from_outside_belongs_to_nobody(stage: Stage) -> None:
    group = await entered(stage)
    await group.treasurer.tap("money")
    await group.treasurer.tap("2026-03-20")
    await group.treasurer.tap("30000000")
    await group.treasurer.tap("50000000")
    await group.treasurer.say("یک و نیم میلیون تومان")
    await group.treasurer.say("خیریهٔ مهر")
    assert await group.treasurer.tap("confirm") == ["opening.page"]
    assert group.treasurer.last.facts["rest"] == Rial.from_toman(500_000)
    await group.treasurer.tap("send")
    await confirmed(group)
    await group.secretary.tap("sign")
    await group.chair.tap("sign")
    books = await stage.read(lambda conn: passbooks.books_as_text(conn, group.id))
    assert "  301/1 -15,000,000" in books
    assert group.chair.newest("opening.booked").facts["giver"] == "خیریهٔ مهر"


async def test_a_member_names_another_sum_and_it_becomes_hers(stage: Stage) -> None:
    group = await asked(stage)
    member = group.members[0]
    await member.tap("wrong")
    await member.say("یک میلیون و دویست هزار تومان")
    assert await member.tap("confirm") == ["opening.you_disputed"]
    assert group.treasurer.last.name == "opening.disputed"
    assert await group.treasurer.tap("line", group.treasurer.last) == ["opening_line.savings"]
    assert await group.treasurer.tap("12000000") == ["opening_line.written", "opening.page"]
    found = await line(stage, member)
    assert (found.savings, found.state) == (Rial.from_toman(1_200_000), LineState.CONFIRMED)
    assert member.newest("opening.confirmed_line").edited


async def test_a_third_sum_is_put_before_her_again(stage: Stage) -> None:
    group = await asked(stage)
    member = group.members[0]
    await member.tap("wrong")
    await member.tap("0")
    await member.tap("confirm")
    await group.treasurer.tap("line", group.treasurer.last)
    await group.treasurer.say("۹۰۰ هزار تومان")
    assert member.last.name == "opening.waiting_line"
    await member.tap("right", member.last)
    assert (await line(stage, member)).savings == Rial.from_toman(900_000)


async def test_one_line_is_corrected_and_only_she_is_asked_anew(stage: Stage) -> None:
    group = await asked(stage)
    await confirmed(group)
    member = group.members[1]
    await group.treasurer.tap("lines")
    await group.treasurer.tap_data(list(group.treasurer.last.buttons.values())[4])
    await group.treasurer.say("۹۰۰ هزار تومان")
    assert group.chair.newest("opening.altered").edited  # her card to sign
    assert member.last.name == "opening.waiting_line"
    assert (await line(stage, group.members[0])).state is LineState.CONFIRMED
    await member.tap("right", member.last)
    assert group.chair.last.name == "opening.sign"
    assert group.chair.last.facts["rest"] == Rial.from_toman(2_100_000)


async def test_savings_beyond_the_money_are_not_sent(stage: Stage) -> None:
    group = await entered(stage, cash="۵۰۰ هزار تومان")
    treasurer = group.treasurer
    assert treasurer.last.facts["short"] == Rial.from_toman(500_000)
    assert "send" not in treasurer.last.choices
    await treasurer.tap("money")
    await treasurer.tap("2026-03-20")
    await treasurer.say("یک میلیون تومان")
    await treasurer.tap("50000000")
    await treasurer.tap("0")
    await treasurer.tap("confirm")
    assert treasurer.last.facts["rest"] == Rial(0)
    assert "send" in treasurer.last.choices


async def test_savings_that_grew_beyond_the_money_are_not_signed(stage: Stage) -> None:
    group = await asked(stage)
    member = group.members[0]
    await member.tap("wrong")
    await member.say("۹ میلیون تومان")
    await member.tap("confirm")
    await group.treasurer.tap("line", group.treasurer.last)
    await group.treasurer.tap("90000000")
    for phone in (group.chair, group.chair, group.secretary, *group.members[1:]):
        await phone.tap("right")
    assert group.treasurer.last.name == "opening.falls_short"
    assert "opening.sign" not in group.chair.names


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


async def test_it_begins_only_while_the_books_are_empty(stage: Stage) -> None:
    group = await stage.group(offices=BOARD)
    await group.treasurer.press("menu_members")
    page = group.treasurer.last
    await save(group, group.members[0])
    assert await group.treasurer.tap("page", page) == ["refusals.books_have_begun"]
    await group.treasurer.press("menu_members")
    assert "page" not in group.treasurer.last.choices


async def test_begun_in_time_it_is_booked_though_savings_came_meanwhile(stage: Stage) -> None:
    group = await asked(stage)
    await save(group, group.members[0])
    for phone in (group.chair, group.chair, group.secretary, *group.members):
        await phone.tap("right")
    await group.secretary.tap("sign")
    await group.chair.tap("sign")
    assert group.members[0].last.facts["balance"] == Rial.from_toman(1_500_000)


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


async def test_a_member_who_had_nothing(stage: Stage) -> None:
    group = await stage.group(offices=BOARD)
    await group.treasurer.press("menu_members")
    await begun(group.treasurer)
    while "line" in group.treasurer.last.choices:
        await group.treasurer.tap("line")
        await group.treasurer.tap("0")
    await group.treasurer.tap("send")
    await confirmed(group)
    await group.chair.tap("sign")
    await group.secretary.tap("sign")
    books = await stage.read(lambda conn: passbooks.books_as_text(conn, group.id))
    assert "201/" not in books
    assert "  303 -80,000,000" in books
