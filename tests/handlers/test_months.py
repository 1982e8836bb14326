"""A month is closed: asked for by the treasurer, confirmed by another person, and nothing is booked in it."""

from __future__ import annotations

import pytest

from domain.calendar import moment_of
from domain.closings import Checklist
from domain.ledger import Account
from domain.money import Rial
from domain.offices import Office
from storage import months
from tests.months import asked, last_day, until_the_first
from tests.stage import Group, Stage
from tests.steps import moved, report, save

ALL_OFFICES = (Office.CHAIR, Office.SECRETARY, Office.TREASURER)
USUAL = Rial.from_toman(500_000)


@pytest.fixture
async def group(stage: Stage) -> Group:
    """A group with a saving in the box and a cost without a picture, in the month after."""
    made = await stage.group(offices=ALL_OFFICES)
    await save(made, made.members[0])
    await moved(made.treasurer, "running_cost", "40,000", "cash", "چای", "later")
    await made.chair.tap("agree_move")
    await until_the_first(stage)
    return made


async def test_a_month_is_closed_by_two_and_frozen_as_it_stands(stage: Stage, group: Group) -> None:
    day = last_day(stage.now)
    assert await asked(group.treasurer) == ["close_month.sent"]
    card = group.chair.last
    assert card.name == "month.asked"
    assert card.facts["balances"] == (
        (Account.CASH, Rial.from_toman(460_000)),
        (Account.SAVINGS, USUAL),
        (Account.RUNNING_COSTS, Rial.from_toman(40_000)),
    )
    assert card.facts["debit"] == card.facts["credit"] == USUAL
    await group.chair.tap("agree_month")
    assert group.chair.newest("month.closed").edited
    assert group.treasurer.last.name == "month.told_closed"
    (closed,) = await stage.read(lambda conn: months.closed_months(conn, group.id, 5))
    assert (closed.last_day, closed.sequence, closed.balances) == (day, 2, card.facts["balances"])


async def test_what_is_still_open_is_said_first(stage: Stage, group: Group) -> None:
    await report(group.members[1])
    await moved(group.treasurer, "banked", "100,000")
    await group.treasurer.press("menu_money")
    await group.treasurer.tap("close_month")
    assert group.treasurer.last.facts["checklist"] == Checklist(1, 1, 1, counted=False)
    await group.treasurer.press("menu_money")
    await group.treasurer.tap("cash_count")
    await group.treasurer.say("460,000")
    await group.treasurer.tap("confirm")
    assert group.treasurer.last.name == "close_month.checklist"  # taken up again, as it was
    await group.treasurer.tap("no")
    await group.treasurer.press("menu_money")
    await group.treasurer.tap("close_month")
    assert group.treasurer.last.facts["checklist"] == Checklist(1, 1, 1, counted=True)


async def test_a_tap_that_reached_us_in_the_month_is_not_booked_in_it_any_more(
    stage: Stage, group: Group
) -> None:
    """It was worked off late; the next tap books it today."""
    await report(group.members[1])
    await asked(group.treasurer)
    await group.chair.tap("agree_month")
    now, stage.now = stage.now, moment_of(last_day(stage.now), 23)
    assert await group.treasurer.tap("confirm_deposit") == ["refusals.books_are_closed"]
    stage.now = now
    assert await group.treasurer.tap("confirm_deposit") == []
    assert group.members[1].last.name == "saving.receipt_slip"


async def test_what_was_added_to_the_month_meanwhile_is_not_closed_unseen(stage: Stage, group: Group) -> None:
    await report(group.members[1])
    await asked(group.treasurer)
    now, stage.now = stage.now, moment_of(last_day(stage.now), 23)
    await group.treasurer.tap("confirm_deposit")
    stage.now = now
    assert await group.chair.tap("agree_month") == ["refusals.month_changed_meanwhile"]
    await group.chair.tap("decline_month")
    assert group.treasurer.last.name == "month.told_declined"
    assert await asked(group.treasurer) == ["close_month.sent"]
    await group.chair.tap("agree_month")
    assert group.treasurer.last.name == "month.told_closed"


async def test_it_is_asked_for_once_and_closed_once(stage: Stage, group: Group) -> None:
    await asked(group.treasurer)
    card = group.chair.last
    await group.treasurer.press("menu_money")
    assert await group.treasurer.tap("close_month") == ["refusals.month_waits"]
    await group.chair.tap("agree_month", card)
    assert await stage.repeat() == []
    assert await group.treasurer.tap("close_month") == ["refusals.no_month_to_close"]
    await stage.pass_days(40)
    for word in ("agree_month", "decline_month"):
        assert await group.chair.tap(word, card) == ["common.already_answered", "month.closed"]
    assert len(await stage.read(lambda conn: months.closed_months(conn, group.id, 5))) == 1


async def test_a_running_month_cannot_be_closed(stage: Stage) -> None:
    group = await stage.group(offices=ALL_OFFICES)
    await group.treasurer.press("menu_money")
    assert await group.treasurer.tap("close_month") == ["refusals.no_month_to_close"]
    await save(group, group.members[0])
    assert await group.treasurer.tap("close_month") == ["refusals.no_month_to_close"]


async def test_who_asked_does_not_confirm(stage: Stage, group: Group) -> None:
    await asked(group.treasurer)
    data = group.chair.last.data("agree_month", stage.texts.label("agree_month"))
    assert data is not None
    for phone in (group.treasurer, group.secretary, group.members[0]):
        assert await phone.tap_data(data) == ["common.foreign_button"]
    await stage.appoint(group, Office.CHAIR, group.treasurer)
    assert await group.chair.tap_data(data) == ["refusals.not_yours_to_confirm"]
    assert await group.treasurer.press("menu_waiting") == ["waiting.nothing"]
    await group.secretary.press("menu_waiting")
    await group.secretary.tap("agree_month")
    assert group.treasurer.last.name == "month.told_closed"


async def test_only_the_treasurer_asks(stage: Stage, group: Group) -> None:
    await group.treasurer.press("menu_money")
    await group.treasurer.tap("close_month")
    await group.treasurer.tap("yes")
    await stage.appoint(group, Office.TREASURER, group.members[0])
    assert await group.treasurer.tap("confirm") == ["refusals.treasurer_enters"]


async def test_where_nobody_may_confirm_it_waits(stage: Stage) -> None:
    group = await stage.group(offices=(), members=2)
    keeper = await stage.member(group.id, phone=group.facilitator)
    await stage.appoint(group, Office.TREASURER, keeper)
    await report(group.members[0])
    await keeper.tap("confirm_deposit")
    await until_the_first(stage)
    assert await asked(keeper) == ["close_month.nobody_to_confirm"]


async def test_the_board_sees_every_account_and_members_see_totals(stage: Stage, group: Group) -> None:
    member = group.members[2]
    await member.press("menu_fund")
    assert await member.tap("closed_months") == ["month.none_closed"]
    await asked(group.treasurer)
    await group.chair.tap("agree_month")
    first = last_day(stage.now)
    await until_the_first(stage)
    await asked(group.treasurer)
    await group.chair.tap("agree_month")

    assert await member.tap("closed_months") == ["month.totals"]
    assert [account for account, _ in member.last.fact("balances", tuple)] == [Account.CASH, Account.SAVINGS]
    assert member.last.facts["day"] == last_day(stage.now)
    assert await member.tap(first.isoformat()) == ["month.totals"]
    assert member.last.facts["day"] == first
    await group.secretary.press("menu_money")
    assert await group.secretary.tap("closed_months") == ["month.balances"]
    assert Account.RUNNING_COSTS in dict(group.secretary.last.fact("balances", tuple))
