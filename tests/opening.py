"""Short ways through the opening balances, for scenarios that begin where these end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.money import Rial
from domain.offices import Office
from storage import openings
from storage.openings import LineRow, OpeningRow
from tests.phone import Phone
from tests.stage import Group, Stage

BOARD = (Office.CHAIR, Office.SECRETARY, Office.TREASURER)
HERS = Rial.from_toman(1_000_000)
NO_LOANS: Mapping[int, Sequence[str]] = {}
WHY = "در دفتر کاغذی دو بار جمع شده بود"
FREE = ("۹۰۰ هزار تومان", "3", "۱ اردیبهشت", "method_zero")
WITH_FEE = ("یک میلیون تومان", "۵", "۱۵ اسفند ۱۴۰۴", "method_fixed_fee", "۲۰ هزار تومان")  # a month late


async def begun(who: Phone, cash: str = "۳ میلیون تومان", bank: str = "۵ میلیون تومان") -> list[str]:
    """Say what money there was, out of the group's page."""
    await who.tap("page")
    await who.tap("2026-03-20")
    for amount in (cash, bank):
        await (who.tap(amount) if amount.isascii() else who.say(amount))
    await who.tap("0")
    return await who.tap("confirm")


async def entered(
    stage: Stage,
    offices: tuple[Office, ...] = BOARD,
    cash: str = "۳ میلیون تومان",
    bank: str = "۵ میلیون تومان",
    loans: Mapping[int, Sequence[str]] = NO_LOANS,
) -> Group:
    """Six members with a million each, in 3 of cash and 5 in the bank."""
    group = await stage.group(offices=offices)
    who = group.officers.get(Office.TREASURER, group.facilitator)
    if who is not group.facilitator:
        await who.press("menu_members")
    else:
        await who.press("menu_groups")
        await who.tap("open")
    assert await begun(who, cash, bank) == ["opening.page"]
    await lines_entered(who, loans)
    return group


async def lines_entered(who: Phone, loans: Mapping[int, Sequence[str]] = NO_LOANS) -> None:
    """A million for each; `loans` are the answers on a loan of the member at that place of the list."""
    place = 0
    while "line" in who.last.choices:
        await who.tap("line")
        await who.say("یک میلیون تومان")
        if place in loans:
            await who.tap("yes")
            await old_loan(who, loans[place])
        assert await who.tap("no") == ["opening_line.written", "opening.page"]
        place += 1


async def old_loan(who: Phone, answers: Sequence[str]) -> None:
    """Say, or press, what the talk asks of one loan, and that it is shown as it is."""
    for answer in answers:
        await (who.tap(answer) if answer.isascii() else who.say(answer))
    assert await who.tap("yes") == ["opening_line.owes"]


async def asked(stage: Stage, loans: Mapping[int, Sequence[str]] = NO_LOANS) -> Group:
    """Every member has her card."""
    group = await entered(stage, loans=loans)
    assert await group.treasurer.tap("send") == ["opening.page"]
    return group


async def signed(stage: Stage, loans: Mapping[int, Sequence[str]] = NO_LOANS) -> Group:
    """It is in the books."""
    group = await asked(stage, loans)
    await confirmed(group)
    await group.secretary.tap("sign")
    assert (await group.chair.tap("sign"))[0] == "opening.booked"
    return group


async def line_to_correct(group: Group, place: int) -> list[str]:
    """Open the signed line of the member at that place of the list, out of the group's page."""
    treasurer = group.treasurer
    await treasurer.press("menu_members")
    await treasurer.tap("page")
    await treasurer.tap("lines")
    return await treasurer.tap_data(list(treasurer.last.buttons.values())[place])


async def corrected(group: Group, place: int, savings: str) -> list[str]:
    """Say that the member at that place, who owes nothing, had saved another sum."""
    assert await line_to_correct(group, place) == ["opening_line.savings"]
    await group.treasurer.say(savings)
    assert await group.treasurer.tap("no") == ["correction.reason"]
    return await group.treasurer.say(WHY)


async def both_sign(group: Group) -> list[str]:
    """The secretary signs the correction that is under way, and then the chair."""
    assert await group.secretary.tap("fix_yes", group.secretary.newest("correction.confirmed")) == [
        "opening.you_signed"
    ]
    return await group.chair.tap("fix_yes", group.chair.newest("correction.confirmed"))


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
