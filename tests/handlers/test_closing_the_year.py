"""The year's end: the treasurer closes it, another person confirms, everybody is told the totals."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.ledger import Account
from domain.money import Rial
from domain.offices import Office
from domain.refusals import Refused
from domain.surplus import Year
from storage import passbooks
from tests.stage import Stage
from tests.years import ALL, EARNED, a_year, asked, balances, booked, closed, year_over


async def test_a_year_is_closed_step_by_step_and_everybody_told(stage: Stage) -> None:
    group = await a_year(stage)
    await group.treasurer.press("menu_waiting")
    assert await group.treasurer.tap("begin") == ["close_year.confirm"]
    year = group.treasurer.last.fact("year", Year)
    assert (year.year, year.result, year.reserve) == (1405, Rial(8_000_005), Rial(800_000))
    assert await group.treasurer.tap("confirm") == ["close_year.sent"]
    assert group.secretary.last.name == "year_closing.shown"
    assert group.chair.last.name == "year_closing.asked"
    assert await balances(stage, group, Account.RETAINED_SURPLUS) == [0]

    await group.chair.tap("agree")
    for phone in (*group.everybody, group.facilitator):
        assert phone.last.name == "year_closing.closed"
    assert group.members[0].last.fact("year", Year).kept == Rial(7_200_005)
    of = (Account.LOAN_INCOME, Account.RUNNING_COSTS, Account.RESERVE, Account.RETAINED_SURPLUS)
    assert await balances(stage, group, *of) == [0, 0, 800_000, 7_200_005]
    entries = await stage.read(lambda conn: passbooks.books_as_text(conn, group.id))
    assert entries.partition("income_closed")[2].partition("\n\nbalances")[0].splitlines() == [
        "",
        "  401 +9,000,005",
        "  303 -9,000,005",
        "4 2027-03-23 value 2027-03-20 costs_closed",
        "  503 -1,000,000",
        "  303 +1,000,000",
        "5 2027-03-23 value 2027-03-20 reserve_kept",
        "  303 +800,000",
        "  302 -800,000",
    ]
    assert await group.treasurer.press("menu_waiting") == ["waiting.nothing"]


async def test_the_treasurer_is_told_once_with_the_first_round_of_the_new_year(stage: Stage) -> None:
    group = await a_year(stage)
    await stage.pass_days(45)
    assert group.treasurer.names == ["close_year.due"]
    assert await group.treasurer.tap("begin") == ["close_year.confirm"]
    assert group.chair.names == []


async def test_what_the_new_year_brought_stays_in_it(stage: Stage) -> None:
    group = await a_year(stage)
    await booked(stage, group, (Account.FINES, Rial(70_000)))
    await closed(group)
    assert await balances(stage, group, Account.FINES) == [70_000]
    await year_over(stage, 1406)
    await closed(group)
    assert group.members[0].last.fact("year", Year) == Year(
        1406, ((Account.FINES, Rial(70_000)),), 10, Rial(7_200_005)
    )
    assert await balances(stage, group, Account.FINES, Account.RETAINED_SURPLUS) == [0, 7_263_005]


async def test_years_are_closed_in_their_order_however_late(stage: Stage) -> None:
    group = await a_year(stage)
    await booked(stage, group, (Account.FINES, Rial(70_000)))
    await year_over(stage, 1406)
    for year in (1405, 1406):
        await closed(group)
        assert group.members[0].last.fact("year", Year).year == year
    assert await group.treasurer.press("menu_waiting") == ["waiting.nothing"]


async def test_a_loss_leaves_the_reserve_as_it_was(stage: Stage) -> None:
    group = await stage.group(offices=ALL)
    await booked(stage, group, (Account.OTHER_INCOME, Rial(100)), (Account.RUNNING_COSTS, Rial(40)))
    await year_over(stage, 1405)
    await closed(group)
    await booked(stage, group, (Account.RUNNING_COSTS, Rial(50)))
    await year_over(stage, 1406)
    await closed(group)
    assert await balances(stage, group, Account.RESERVE, Account.RETAINED_SURPLUS) == [6, 4]
    await booked(stage, group, (Account.RUNNING_COSTS, Rial(10)))
    await year_over(stage, 1407)
    await closed(group)
    await group.members[0].press("menu_fund")
    assert group.members[0].last.fact("totals", passbooks.GroupTotals).short == Rial(6)


async def test_the_second_person_does_not_agree_and_it_can_be_asked_again(stage: Stage) -> None:
    group = await a_year(stage)
    await asked(group)
    card = group.chair.last
    await group.chair.tap("decline")
    assert group.treasurer.last.name == "year_closing.declined"
    assert group.members[0].names.count("year_closing.closed") == 0
    assert await group.chair.tap("agree", card) == ["common.already_answered", "year_closing.declined"]
    assert await asked(group) == ["close_year.sent"]
    await group.chair.tap("agree")
    assert await balances(stage, group, Account.RESERVE) == [800_000]


async def test_it_is_asked_and_answered_once(stage: Stage) -> None:
    group = await a_year(stage)
    await group.treasurer.press("menu_waiting")
    due = group.treasurer.last
    await asked(group)
    assert await group.treasurer.tap("begin", due) == ["refusals.year_closing_asked_already"]
    card = group.chair.last
    await group.chair.tap("agree")
    await group.chair.tap("agree", card)
    assert group.chair.names[-2:] == ["common.already_answered", "year_closing.closed"]
    assert await group.treasurer.tap("begin", due) == ["refusals.no_year_to_close"]
    assert await balances(stage, group, Account.RESERVE) == [800_000]


async def test_the_running_year_stays_open(stage: Stage) -> None:
    group = await stage.group()
    await booked(stage, group, EARNED)
    await stage.pass_days(350)
    assert await group.treasurer.press("menu_waiting") == ["waiting.nothing"]
    assert "close_year.due" not in group.treasurer.names


@pytest.mark.parametrize(
    ("offices", "confirmer"),
    [
        (ALL, Office.CHAIR),
        ((Office.TREASURER, Office.SECRETARY), Office.SECRETARY),
        ((Office.TREASURER,), None),
    ],
)
async def test_who_confirms_where_offices_are_vacant(
    stage: Stage, offices: tuple[Office, ...], confirmer: Office | None
) -> None:
    group = await a_year(stage, offices=offices)
    await asked(group)
    second = group.officers[confirmer] if confirmer else group.facilitator
    assert second.last.name == "year_closing.asked"
    await second.tap("agree")
    assert group.treasurer.last.name == "year_closing.closed"


async def test_nobody_closes_without_a_treasurer_and_nobody_confirms_their_own_wish(stage: Stage) -> None:
    group = await a_year(stage, offices=(Office.CHAIR,))
    assert await group.chair.press("menu_waiting") == ["waiting.nothing"]
    await stage.appoint(group, Office.TREASURER, group.members[0])
    await asked(replace(group, officers={Office.TREASURER: group.members[0]}))
    await stage.appoint(group, Office.CHAIR, group.members[0])
    assert await group.members[0].press("menu_waiting") == ["waiting.nothing"]
    assert await group.chair.tap("agree") == ["refusals.not_yours_to_confirm"]


async def test_only_the_treasurer_of_today_begins(stage: Stage) -> None:
    group = await a_year(stage)
    await group.treasurer.press("menu_waiting")
    await stage.appoint(group, Office.TREASURER, group.members[0])
    assert await group.treasurer.tap("begin") == ["refusals.treasurer_closes_the_year"]


async def test_nothing_is_booked_in_a_closed_year(stage: Stage) -> None:
    group = await a_year(stage)
    await closed(group)
    stage.now -= timedelta(days=30)
    with pytest.raises(Refused, match="books_are_closed"):
        await booked(stage, group, EARNED)
