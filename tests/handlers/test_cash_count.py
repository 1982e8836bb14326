"""The cash is counted against the books; a difference is booked once another person confirms it."""

from __future__ import annotations

from domain.ledger import Account
from domain.money import Rial
from domain.offices import Office
from storage import books, counts
from storage.counts import CountRow
from tests.phone import Phone
from tests.stage import Group, Stage
from tests.steps import moved, report, save

ALL_OFFICES = (Office.CHAIR, Office.SECRETARY, Office.TREASURER)
USUAL = Rial.from_toman(500_000)


async def with_money(stage: Stage) -> Group:
    """A group with 500,000 toman in the box."""
    group = await stage.group(offices=ALL_OFFICES)
    await save(group, group.members[0])
    return group


async def counted(who: Phone, amount: str, reason: str | None = None) -> list[str]:
    """Count the box and confirm what was found."""
    await who.press("menu_money")
    await who.tap("cash_count")
    await (who.tap("0") if amount == "0" else who.say(amount))
    if reason:
        await who.say(reason)
    return await who.tap("confirm")


async def cash(stage: Stage, group: Group) -> Rial:
    return await stage.read(lambda conn: books.balance_of(conn, group.id, Account.CASH))


async def latest(stage: Stage, group: Group) -> CountRow | None:
    return await stage.read(lambda conn: counts.latest_count(conn, group.id))


async def test_a_count_that_agrees_is_kept_with_the_head_of_the_books(stage: Stage) -> None:
    group = await with_money(stage)
    assert await counted(group.treasurer, "۵۰۰ هزار تومان") == ["cash_count.agrees"]
    assert group.treasurer.last.facts["number"] == 1
    assert group.chair.last.name == "cash_count.told_agrees"
    await group.members[1].press("menu_fund")
    shown = group.members[1].last.fact("count", CountRow)
    assert (shown.counted, shown.short, shown.over) == (USUAL, Rial(0), Rial(0))


async def test_too_little_is_booked_once_the_chair_confirms_it(stage: Stage) -> None:
    group = await with_money(stage)
    assert await counted(group.treasurer, "450,000", "پول خرد گم شد") == ["cash_count.differs"]
    assert group.chair.last.name == "move.waiting"
    assert group.chair.last.facts["purpose"] == "پول خرد گم شد"
    assert await cash(stage, group) == USUAL
    await group.chair.tap("agree_move")
    assert await cash(stage, group) == Rial.from_toman(450_000)
    text = await stage.read(lambda conn: books.books_as_text(conn, group.id))
    assert "cash_short\n  503 +500,000\n  101 -500,000\n" in text
    member = group.members[1]
    await member.press("menu_fund")
    assert member.last.fact("count", CountRow).short == Rial.from_toman(50_000)
    await member.tap("costs")
    assert member.last.fact("costs", list)[0][3] == "پول خرد گم شد"


async def test_too_much_is_income(stage: Stage) -> None:
    group = await with_money(stage)
    await counted(group.treasurer, "510,000", "کسی پول خردش را نگرفت")
    await group.chair.tap("agree_move")
    text = await stage.read(lambda conn: books.books_as_text(conn, group.id))
    assert "cash_over\n  101 +100,000\n  405 -100,000\n" in text


async def test_an_empty_box_is_counted_too(stage: Stage) -> None:
    group = await stage.group(offices=ALL_OFFICES)
    assert await counted(group.treasurer, "0") == ["cash_count.agrees"]
    assert group.treasurer.last.facts["number"] == 0


async def test_a_count_whose_difference_was_declined_does_not_stand(stage: Stage) -> None:
    group = await with_money(stage)
    await counted(group.treasurer, "500,000")
    first = await latest(stage, group)
    await counted(group.treasurer, "400,000", "نمی‌دانم")
    found = await latest(stage, group)
    assert found is not None
    assert found.state == "waiting"
    await group.chair.tap("decline_move")
    assert await latest(stage, group) == first
    assert await cash(stage, group) == USUAL


async def test_nobody_counts_again_while_a_difference_waits(stage: Stage) -> None:
    group = await with_money(stage)
    await counted(group.treasurer, "400,000", "نمی‌دانم")
    await group.treasurer.press("menu_money")
    assert await group.treasurer.tap("cash_count") == ["refusals.difference_waits"]
    await group.treasurer.tap("withdraw_move")
    assert await counted(group.treasurer, "500,000") == ["cash_count.agrees"]


async def test_money_that_came_while_she_counted_is_said(stage: Stage) -> None:
    group = await with_money(stage)
    treasurer = group.treasurer
    await report(group.members[1])
    await treasurer.press("menu_money")
    await treasurer.tap("cash_count")
    await treasurer.say("1,000,000")
    assert treasurer.last.name == "cash_count.over"
    assert treasurer.last.facts["waiting"] == USUAL
    await treasurer.tap("confirm_deposit")
    await treasurer.say("یک نفر بیشتر داد")
    assert await treasurer.tap("confirm") == ["refusals.cash_moved_meanwhile", "cash_count.counted"]
    await treasurer.say("1,000,000")
    assert await treasurer.tap("confirm") == ["cash_count.agrees"]


async def test_only_the_treasurer_counts(stage: Stage) -> None:
    group = await with_money(stage)
    await group.treasurer.press("menu_money")
    await group.treasurer.tap("cash_count")
    await group.treasurer.say("500,000")
    await stage.appoint(group, Office.TREASURER, group.members[0])
    assert await group.treasurer.tap("confirm") == ["refusals.treasurer_enters"]
    await group.chair.press("menu_money")
    assert "cash_count" not in group.chair.last.choices


async def test_what_else_went_out_is_not_a_difference(stage: Stage) -> None:
    group = await with_money(stage)
    await moved(group.treasurer, "banked", "200,000")
    await group.chair.tap("agree_move")
    assert await counted(group.treasurer, "300,000") == ["cash_count.agrees"]
