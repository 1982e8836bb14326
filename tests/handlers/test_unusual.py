"""What is said on rare paths: taken back, cancelled late, too long, changed meanwhile, nobody there."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from domain.calendar import local_day
from domain.ids import AccountId, GroupId
from domain.ledger import Account, Booking, Line
from domain.money import Rial
from domain.offices import Office
from handlers.tokens import Token, sign
from storage import books, passbooks
from storage.schema import account, membership, talk
from tests.stage import Stage
from tests.steps import report, reversal_asked, save

BOARD = (Office.CHAIR, Office.SECRETARY, Office.TREASURER)
USUAL = Rial.from_toman(500_000)


def spent(conn: Connection, group: GroupId, amount: Rial, now: datetime) -> None:
    """Cash that went out for running costs."""
    lines = (Line(Account.RUNNING_COSTS, amount), Line(Account.CASH, -amount))
    of = books.record_command(conn, "Spend", group_id=group, actor=None, parties=(), received_at=now)
    booking = Booking("cost", local_day(now), lines)
    books.book(
        conn,
        group,
        of,
        [booking],
        booked_at=now,
        booked_on=local_day(now),
        entered_by=None,
        confirmed_by=None,
    )


async def test_a_report_can_be_taken_back_until_it_is_confirmed(stage: Stage) -> None:
    group = await stage.group()
    member, treasurer = group.members[0], group.treasurer
    await report(member)
    card = treasurer.newest("deposit.waiting")
    assert await member.tap("withdraw_deposit") == ["saving.withdrawn"]
    assert treasurer.last.name == "deposit.withdrawn"
    assert treasurer.last.edited
    assert await treasurer.tap("confirm_deposit", card) == ["common.already_answered", "deposit.withdrawn"]
    assert await stage.read(lambda conn: passbooks.member_balance(conn, member.membership)) == Rial(0)


async def test_what_was_confirmed_cannot_be_taken_back(stage: Stage) -> None:
    group = await stage.group()
    await save(group, group.members[0])
    said = await group.members[0].tap("withdraw_deposit")
    assert said == ["common.already_answered", "deposit.confirmed"]


async def test_a_no_at_the_end_does_nothing(stage: Stage) -> None:
    group = await stage.group()
    member = group.members[0]
    await member.press("menu_save")
    await member.tap("5000000")
    await member.tap("cash")
    assert await member.tap("cancel") == ["common.nothing_done"]
    assert group.treasurer.names == []


async def test_a_talk_that_never_ends_is_ended(stage: Stage) -> None:
    member = (await stage.group()).members[0]
    await member.press("menu_save")
    for _ in range(59):
        assert await member.say("۵۰۰") == ["common.amount_doubt"]
    assert await member.say("۵۰۰") == ["common.too_long"]
    assert await member.say("/cancel") == ["common.nothing_open"]


async def test_a_talk_of_an_older_program_is_ended_with_a_word(stage: Stage) -> None:
    member = (await stage.group()).members[0]
    await member.press("menu_save")
    await stage.write(lambda conn: conn.execute(update(talk).values(facts='{"$saving.Facts":["one"]}')))
    assert await member.say("۵۰۰ هزار تومان") == ["common.changed_meanwhile", "saving.offered"]


async def test_the_board_sees_who_has_paid_a_round(stage: Stage) -> None:
    group = await stage.group(members=3)
    paid, reported, _ = group.members
    await save(group, paid)
    await report(reported)
    assert await group.chair.press("menu_rounds") == ["rounds.one"]
    heard = group.chair.last
    assert len(heard.fact("paid", list)) == 1
    assert len(heard.fact("reported", list)) == 1
    assert len(heard.fact("unpaid", list)) == 3
    await stage.pass_days(31)
    await group.chair.press("menu_rounds")
    assert len(group.chair.last.fact("unpaid", list)) == 4
    await group.chair.tap_data(list(group.chair.last.buttons.values())[-1])
    assert len(group.chair.last.fact("paid", list)) == 1
    assert await group.members[2].say(stage.texts.label("menu_rounds")) == ["refusals.not_for_you"]


async def test_before_the_first_round_its_day_is_said(stage: Stage) -> None:
    group = await stage.group(first_saving_on=local_day(stage.now) + timedelta(days=5))
    assert await group.chair.press("menu_rounds") == ["rounds.none_yet"]


async def test_a_reversal_waits_where_nobody_may_be_the_second(stage: Stage) -> None:
    """The facilitator helps the payer, and the asker is the whole board."""
    group = await stage.group(offices=(Office.TREASURER,), members=1)
    member = group.members[0]
    await save(group, member)
    helper = group.facilitator.person
    await stage.write(
        lambda conn: conn.execute(
            update(membership).where(membership.c.id == member.membership).values(helper_id=helper)
        )
    )
    assert await reversal_asked(group.treasurer) == ["reversal.nobody_to_confirm"]


async def test_cash_that_is_no_longer_there_cannot_be_reversed(stage: Stage) -> None:
    group = await stage.group(offices=BOARD)
    member = group.members[0]
    await save(group, member)
    await reversal_asked(group.treasurer)
    await stage.write(lambda conn: spent(conn, group.id, USUAL, stage.now))
    said = await group.chair.tap("agree_reversal")
    assert said == ["refusals.reversal_falls_short"]
    assert await stage.read(lambda conn: passbooks.member_balance(conn, member.membership)) == USUAL


async def test_who_left_cannot_go_on_with_an_old_talk(stage: Stage) -> None:
    member = (await stage.group()).members[0]
    await member.press("menu_save")
    await member.tap("5000000")
    await member.tap("cash")
    await stage.write(
        lambda conn: conn.execute(
            update(membership).where(membership.c.id == member.membership).values(state="left")
        )
    )
    assert await member.tap("confirm") == ["refusals.not_a_member"]


async def test_a_helper_who_helps_no_more_cannot_go_on(stage: Stage) -> None:
    group = await stage.group()
    helper = group.members[0]
    served = await stage.phoneless(group.id, helper)
    await helper.press("menu_save")
    await helper.tap(str(served))
    await helper.tap("5000000")
    await helper.tap("cash")
    await stage.write(
        lambda conn: conn.execute(
            update(membership).where(membership.c.id == served).values(helper_id=group.chair.person)
        )
    )
    assert await helper.tap("confirm") == ["refusals.not_yours"]


async def test_a_saving_needs_a_group(stage: Stage) -> None:
    someone = await stage.person()
    assert await someone.say(stage.texts.label("menu_save")) == ["refusals.not_for_you"]


async def test_a_button_for_what_is_gone_is_answered(stage: Stage) -> None:
    member = (await stage.group()).members[0]
    found = await stage.read(
        lambda conn: conn.execute(
            select(account.c.id).where(account.c.user_id == member.user_id)
        ).scalar_one()
    )
    for kind in "dvp":
        data = sign(stage.tools.key, Token(kind, 999_999, "confirm", 1), AccountId(found))
        assert await member.tap_data(data), kind
    assert "refusals.not_found" in member.names


async def test_who_leaves_meanwhile_gets_no_office(stage: Stage) -> None:
    group = await stage.group(members=2)
    chosen = group.members[0]
    leader = group.facilitator
    await leader.press("menu_groups")
    await leader.tap_data(next(iter(leader.last.buttons.values())))
    await leader.tap("appoint")
    await leader.tap("office_secretary")
    await leader.tap(str(chosen.membership))
    await stage.write(
        lambda conn: conn.execute(
            update(membership).where(membership.c.id == chosen.membership).values(state="left")
        )
    )
    assert "refusals.cannot_hold_office" in await leader.tap("confirm")


async def test_a_helper_who_leaves_meanwhile_is_not_taken(stage: Stage) -> None:
    group = await stage.group(members=2)
    chosen, leader = group.members[0], group.facilitator
    await leader.press("menu_groups")
    await leader.tap_data(next(iter(leader.last.buttons.values())))
    await leader.tap("add_member")
    await leader.say("ننه صغری")
    await leader.tap("yes")
    await leader.say("خرید بز")
    await leader.tap(str(chosen.membership))
    await stage.write(
        lambda conn: conn.execute(
            update(membership).where(membership.c.id == chosen.membership).values(state="left")
        )
    )
    assert "refusals.cannot_help" in await leader.tap("confirm")
