"""What can be objected to: whatever was booked of one's own money and loans, and what the group spent."""

from __future__ import annotations

from conversations.talks.objection import Thing
from domain.money import Rial
from domain.posting import MoveKind, PaidFor
from domain.reversing import Sort
from tests.handlers.test_objections import objected, saved
from tests.phone import Phone
from tests.repaying import lent, pay
from tests.stage import Stage
from tests.steps import moved, reversal_asked


async def offered(member: Phone) -> list[tuple[object, Rial | None]]:
    """The entries she may object to, newest first: how they are called, and their sums."""
    await member.press("menu_objection")
    await member.tap("object")
    if member.last.name == "objection.about":
        await member.tap("about_entry")
    things: list[tuple[object, Rial | None]] = []
    for number in filter(str.isdecimal, member.last.choices):
        await member.tap(number)
        thing = member.last.fact("thing", Thing)
        things.append((thing.what, thing.amount))
        await member.say("/back")
    await member.say("/cancel")
    return things


async def test_she_objects_to_what_is_booked_on_her_loan(stage: Stage) -> None:
    group = await lent(stage)
    (member,) = group.members
    await pay(group, "3433000")
    paid, taken = (PaidFor.LOAN, Rial(3_433_000)), (Sort.LOAN, Rial(10_000_000))
    assert (await offered(member))[:2] == [paid, taken]
    assert len(await offered(group.secretary)) == 1  # what is hers
    assert (await objected(member, number="3"))[0] == "objection.sent"
    card = group.chair.newest("objection.open")
    assert (card.fact("thing", Thing).what, card.fact("thing", Thing).amount) == paid
    assert group.treasurer.newest("objection.open").choices == ()  # who took it in does not judge it
    await reversal_asked(group.treasurer)
    await group.chair.tap("agree_reversal")
    assert (await offered(member))[0] == (PaidFor.LOAN, Rial(-3_433_000))


async def test_any_member_objects_to_a_cost_of_the_group(stage: Stage) -> None:
    group, member = await saved(stage)
    await moved(group.treasurer, "running_cost", "40,000", "cash", "دفتر و خودکار", "later")
    await group.chair.tap("agree_move")
    await moved(group.treasurer, "banked", "100,000")
    await group.chair.tap("agree_move")
    other = group.members[1]
    assert await offered(other) == [(MoveKind.RUNNING_COST, Rial.from_toman(40_000))]
    assert (await objected(other, number="2"))[0] == "objection.sent"
    card = group.secretary.newest("objection.open")
    assert card.fact("thing", Thing).words == "دفتر و خودکار"
    assert card.choices == ("answer",)
    assert group.chair.newest("objection.open").choices == ()  # she confirmed it
    await group.secretary.tap("answer_objection")
    assert len(await offered(member)) == 2  # her own saving, and the cost
