"""A group with paper books brings its balances along: each member confirms, two sign, one entry."""

from __future__ import annotations

from domain.money import Rial
from domain.offices import Office
from domain.opening import LineState
from storage import passbooks
from tests.opening import asked, begun, confirmed, entered, line, opening
from tests.stage import Stage
from tests.steps import save

BOARD = (Office.CHAIR, Office.SECRETARY, Office.TREASURER)
HERS = Rial.from_toman(1_000_000)


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
    await group.chair.press("menu_members")
    assert "page" not in group.chair.last.choices


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
    assert await group.treasurer.tap("12000000") == ["opening_line.owes"]
    assert await group.treasurer.tap("no") == ["opening_line.written", "opening.page"]
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
    await group.treasurer.tap("no")
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
    await group.treasurer.tap("no")
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
    await group.treasurer.tap("no")
    for phone in (group.chair, group.chair, group.secretary, *group.members[1:]):
        await phone.tap("right")
    assert group.treasurer.last.name == "opening.falls_short"
    assert "opening.sign" not in group.chair.names


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


async def test_a_member_who_had_nothing(stage: Stage) -> None:
    group = await stage.group(offices=BOARD)
    await group.treasurer.press("menu_members")
    await begun(group.treasurer)
    while "line" in group.treasurer.last.choices:
        await group.treasurer.tap("line")
        await group.treasurer.tap("0")
        await group.treasurer.tap("no")
    await group.treasurer.tap("send")
    await confirmed(group)
    await group.chair.tap("sign")
    await group.secretary.tap("sign")
    books = await stage.read(lambda conn: passbooks.books_as_text(conn, group.id))
    assert "201/" not in books
    assert "  303 -80,000,000" in books
