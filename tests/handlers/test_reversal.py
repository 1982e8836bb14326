"""A wrong entry is reversed: asked for by one, confirmed by another, told to the member."""

from __future__ import annotations

from domain.ids import MembershipId
from domain.money import Rial
from domain.offices import Office
from storage import passbooks, rounds
from tests.phone import Phone
from tests.stage import Group, Stage
from tests.steps import reversal_asked

BOARD = (Office.CHAIR, Office.SECRETARY, Office.TREASURER)
USUAL = Rial.from_toman(500_000)


async def saved(group: Group, member: Phone, amount: str = "۵۰۰ هزار تومان") -> None:
    """A saving that is reported in cash and confirmed."""
    await member.press("menu_save")
    await member.say(amount)
    if member.last.name == "saving.unusual":
        await member.tap("yes")
    await member.tap("cash")
    await member.tap("confirm")
    await group.treasurer.tap("confirm_deposit")


async def balance(stage: Stage, member: MembershipId) -> Rial:
    return await stage.read(lambda conn: passbooks.member_balance(conn, member))


async def test_a_second_person_reverses_and_the_member_is_told(stage: Stage) -> None:
    group = await stage.group(offices=BOARD)
    member = group.members[0]
    await saved(group, member)
    await reversal_asked(group.treasurer)
    assert group.treasurer.last.name == "reversal.sent"
    assert await balance(stage, member.membership) == USUAL

    await group.chair.tap("agree_reversal")

    assert await balance(stage, member.membership) == Rial(0)
    assert member.last.name == "reversal.told_member"
    assert member.last.facts["reason"] == "دو بار نوشته شده"
    assert group.chair.newest("reversal.done").edited
    assert group.secretary.newest("reversal.done").edited
    assert group.treasurer.last.name == "reversal.your_wish_done"
    assert group.treasurer.newest("deposit.reversed").edited
    books = await stage.read(lambda conn: passbooks.books_as_text(conn, group.id))
    assert "2 2026-04-04 value 2026-04-04 reversal reverses 1" in books


async def test_whoever_asked_or_paid_is_not_the_second_person(stage: Stage) -> None:
    group = await stage.group(offices=BOARD)
    await saved(group, group.secretary)
    await reversal_asked(group.treasurer)
    assert "reversal.asked" in group.chair.names
    assert "reversal.asked" not in group.secretary.names + group.treasurer.names

    stolen = group.chair.newest("reversal.asked").buttons
    for data in stolen.values():
        assert await group.treasurer.tap_data(data) == ["common.foreign_button"]
    assert await balance(stage, group.secretary.membership) == USUAL


async def test_declined_it_stays_and_the_asker_is_told(stage: Stage) -> None:
    group = await stage.group(offices=BOARD)
    await saved(group, group.members[0])
    await reversal_asked(group.secretary)
    await group.chair.tap("decline_reversal")
    assert group.secretary.last.name == "reversal.your_wish_declined"
    assert "reversal.told_member" not in group.members[0].names
    assert await balance(stage, group.members[0].membership) == USUAL


async def test_a_second_tap_and_an_old_card_change_nothing(stage: Stage) -> None:
    group = await stage.group(offices=BOARD)
    await saved(group, group.members[0])
    await reversal_asked(group.treasurer)
    card = group.chair.newest("reversal.asked")
    other = group.secretary.newest("reversal.asked")
    await group.chair.tap("agree_reversal", card)
    assert await group.chair.tap("agree_reversal", card) == ["common.already_answered", "reversal.done"]
    assert await group.secretary.tap("decline_reversal", other) == [
        "common.already_answered",
        "reversal.done",
    ]
    assert await balance(stage, group.members[0].membership) == Rial(0)


async def test_without_a_board_of_two_the_facilitator_is_the_second(stage: Stage) -> None:
    group = await stage.group(offices=(Office.TREASURER,))
    await saved(group, group.members[0])
    await reversal_asked(group.treasurer)
    await group.facilitator.tap("agree_reversal")
    assert await balance(stage, group.members[0].membership) == Rial(0)


async def test_members_cannot_ask(stage: Stage) -> None:
    group = await stage.group()
    await saved(group, group.members[0])
    label = stage.texts.label("menu_reverse")
    assert await group.members[0].say(label) == ["refusals.not_for_you"]


async def test_the_same_entry_is_asked_for_once(stage: Stage) -> None:
    group = await stage.group(offices=BOARD)
    await saved(group, group.members[0])
    await reversal_asked(group.treasurer)
    await reversal_asked(group.secretary)
    assert group.secretary.last.name == "refusals.reversal_asked_already"


async def test_an_advance_that_was_used_falls_with_its_payment(stage: Stage) -> None:
    """Reversing the payment reverses the use that stands on it, in one correction."""
    group = await stage.group(offices=BOARD)
    member = group.members[0]
    await saved(group, member, "۱ میلیون تومان")
    await stage.pass_days(31)
    assert await balance(stage, member.membership) == Rial.from_toman(1_000_000)
    await reversal_asked(group.secretary)
    await group.chair.tap("agree_reversal")
    assert await balance(stage, member.membership) == Rial(0)
    assert await stage.read(lambda conn: passbooks.member_advance(conn, member.membership)) == Rial(0)


async def test_what_another_payment_still_covers_is_booked_again(stage: Stage) -> None:
    """Two payments in advance were used together; one is reversed, the other keeps its part of the round."""
    group = await stage.group(offices=BOARD)
    member = group.members[0]
    await saved(group, member, "۷۰۰ هزار تومان")
    await saved(group, member, "۳۰۰ هزار تومان")
    await stage.pass_days(31)
    assert await balance(stage, member.membership) == Rial.from_toman(1_000_000)
    await reversal_asked(group.secretary)
    await group.chair.tap("agree_reversal")
    assert await balance(stage, member.membership) == Rial.from_toman(700_000)
    assert await stage.read(lambda conn: passbooks.member_advance(conn, member.membership)) == Rial(0)
    lines = await stage.read(lambda conn: rounds.unpaid_lines(conn, member.membership))
    assert [(line.number, line.left) for line in lines] == [(2, Rial.from_toman(300_000))]


async def test_nothing_to_reverse_is_said(stage: Stage) -> None:
    group = await stage.group()
    assert await group.chair.press("menu_reverse") == ["refusals.nothing_to_reverse"]
