from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import Connection

from domain.calendar import Rhythm, from_jalali, jalali, local_day
from domain.ids import MembershipId
from domain.money import Rial
from storage import groups, passbooks, rounds
from storage.rounds import LineRow, RoundRow
from tests.phone import Phone
from tests.stage import Group, Stage
from tests.steps import report, save

USUAL = Rial.from_toman(500_000)
SATURDAY = from_jalali(1405, 1, 15)  # the day the stage begins


async def opened(stage: Stage, group: Group) -> list[RoundRow]:
    """All rounds, the oldest first."""
    return list(await stage.read(lambda conn: rounds.rounds_of(conn, group.id, 100)))[::-1]


async def line(stage: Stage, group: Group, number: int, member: Phone) -> LineRow:
    def unit(conn: Connection) -> tuple[LineRow, ...]:
        found = rounds.round_numbered(conn, group.id, number)
        assert found is not None
        return rounds.lines_of(conn, found.id)

    lines = await stage.read(unit)
    return next(one for one in lines if one.membership_id == member.membership)


async def advance(stage: Stage, membership: MembershipId) -> Rial:
    return await stage.read(lambda conn: passbooks.member_advance(conn, membership))


@pytest.mark.parametrize(
    ("rhythm", "days"),
    [
        (Rhythm.WEEKLY, [(1, 15), (1, 22), (1, 29), (2, 5), (2, 12)]),
        (Rhythm.TWO_WEEKLY, [(1, 15), (1, 29), (2, 12)]),
        (Rhythm.MONTHLY, [(1, 15), (2, 15)]),
    ],
)
async def test_rounds_open_by_the_rhythm(stage: Stage, rhythm: Rhythm, days: list[tuple[int, int]]) -> None:
    group = await stage.group(rhythm=rhythm, members=1)
    await stage.pass_days(31)
    found = await opened(stage, group)
    assert [jalali(one.opens_on)[1:] for one in found] == days
    assert [one.number for one in found] == list(range(1, len(days) + 1))
    assert all(one.due_on - one.opens_on == timedelta(days=7) for one in found)
    assert all(one.closes_on == after.opens_on for one, after in pairwise(found))


@pytest.mark.parametrize(
    ("rhythm", "count"), [(Rhythm.WEEKLY, 15), (Rhythm.TWO_WEEKLY, 8), (Rhythm.MONTHLY, 4)]
)
async def test_after_months_without_a_tick_all_rounds_open_at_once(
    stage: Stage, rhythm: Rhythm, count: int
) -> None:
    group = await stage.group(rhythm=rhythm, members=1)
    await stage.pass_time(timedelta(days=100))
    found = await opened(stage, group)
    assert [one.number for one in found] == list(range(1, count + 1))
    await stage.tick()
    assert len(await opened(stage, group)) == count


async def test_a_month_that_is_too_short_opens_on_its_last_day(stage: Stage) -> None:
    group = await stage.group(members=1, first_saving_on=from_jalali(1405, 6, 31))
    assert await opened(stage, group) == []
    await stage.pass_time(from_jalali(1406, 1, 31) - local_day(stage.now))
    days = [jalali(one.opens_on) for one in await opened(stage, group)]
    assert days[:3] == [(1405, 6, 31), (1405, 7, 30), (1405, 8, 30)]
    assert days[6:] == [(1405, 12, 29), (1406, 1, 31)]


async def test_a_round_opens_when_the_day_begins_in_tehran(stage: Stage) -> None:
    group = await stage.group(members=1, first_saving_on=SATURDAY + timedelta(days=1))
    await stage.pass_time(timedelta(hours=13, minutes=59))
    assert await opened(stage, group) == []
    await stage.pass_time(timedelta(minutes=1))
    assert len(await opened(stage, group)) == 1


async def test_more_groups_than_one_unit_takes_are_all_served(stage: Stage) -> None:
    leader = await stage.facilitator()
    made = [await stage.group(members=0, offices=(), facilitator=leader) for _ in range(23)]
    await stage.pass_time(timedelta(days=40))
    await stage.tick()
    assert {len(await opened(stage, group)) for group in made} == {2}


async def test_an_advance_is_booked_into_the_next_round_and_receipted(stage: Stage) -> None:
    group = await stage.group()
    member = group.members[0]
    await save(group, member, "1,200,000")
    assert member.last.facts["advance"] == Rial.from_toman(700_000)
    await stage.pass_days(31)
    assert member.last.name == "saving.advance_used"
    assert member.last.facts["amount"] == USUAL
    assert member.last.facts["balance"] == USUAL * 2
    assert (await line(stage, group, 2, member)).paid == USUAL
    await member.press("menu_passbook")
    assert [one.amount for one in member.last.fact("entries", tuple)] == [Rial.from_toman(1_200_000)]
    await stage.pass_days(31)
    assert (await line(stage, group, 3, member)).paid == Rial.from_toman(200_000)
    assert await advance(stage, member.membership) == Rial(0)
    assert member.names.count("saving.advance_used") == 2


async def test_catching_up_uses_the_advance_round_by_round(stage: Stage) -> None:
    group = await stage.group()
    member = group.members[0]
    await save(group, member, "1,700,000")
    await stage.pass_time(timedelta(days=100))
    paid = [(await line(stage, group, number, member)).paid for number in (1, 2, 3, 4)]
    assert paid == [USUAL, USUAL, USUAL, Rial.from_toman(200_000)]
    on_time = [(await line(stage, group, number, member)).on_time for number in (1, 2, 3)]
    assert on_time == [True] * 3  # the money was there, however late the rounds were opened
    assert member.names.count("saving.advance_used") == 3


async def test_who_was_on_time_is_frozen_when_the_round_closes(stage: Stage) -> None:
    group = await stage.group(members=4)
    early, late, never, slow = group.members
    await save(group, early)
    await report(slow)
    await stage.pass_days(8)
    await save(group, late)
    await stage.pass_days(1)
    card = next(h for h in group.treasurer.heard if h.name == "deposit.waiting")
    await group.treasurer.tap("confirm_deposit", card)
    assert (await line(stage, group, 1, early)).on_time is None
    await stage.pass_days(31)
    for member, on_time in ((early, True), (slow, True), (late, False), (never, False)):
        assert (await line(stage, group, 1, member)).on_time is on_time
    await save(group, never)
    assert (await line(stage, group, 1, never)).on_time is False


async def test_a_report_in_time_counts_even_if_it_is_confirmed_after_closing(stage: Stage) -> None:
    group = await stage.group()
    member = group.members[0]
    await report(member)
    await stage.pass_days(33)
    await group.treasurer.tap("confirm_deposit")
    found = await line(stage, group, 1, member)
    assert found.paid == USUAL
    assert found.on_time is True


async def test_who_wants_to_leave_is_asked_no_more(stage: Stage) -> None:
    group = await stage.group(members=2)
    leaving, staying = group.members
    await stage.write(
        lambda conn: groups.update_membership(conn, leaving.membership, leave_wished_at=stage.now)
    )
    await stage.pass_days(31)
    asked = await stage.read(lambda conn: rounds.unpaid_lines(conn, leaving.membership))
    assert [one.number for one in asked] == [1]
    asked = await stage.read(lambda conn: rounds.unpaid_lines(conn, staying.membership))
    assert [one.number for one in asked] == [1, 2]


async def test_a_member_who_joins_later_owes_no_earlier_round(stage: Stage) -> None:
    group = await stage.group()
    newcomer = await stage.member(group.id)
    assert await stage.read(lambda conn: rounds.unpaid_lines(conn, newcomer.membership)) == ()
    await stage.pass_days(31)
    asked = await stage.read(lambda conn: rounds.unpaid_lines(conn, newcomer.membership))
    assert [(one.number, one.due) for one in asked] == [(2, USUAL)]


async def test_the_day_of_the_stage_is_what_the_tests_say(stage: Stage) -> None:
    assert local_day(stage.now) == SATURDAY == date(2026, 4, 4)
