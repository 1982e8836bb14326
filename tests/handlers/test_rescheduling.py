"""A loan that cannot be repaid as agreed: its borrower asks for a new schedule, and the group decides."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Connection, update

from domain.calendar import local_day
from domain.ids import LoanId
from domain.lending import first_due
from domain.money import Rial
from domain.refusals import Refused
from domain.repaying import LoanRescheduled, Reschedule
from handlers.carry_out import carry_out
from handlers.turn import Turn
from storage import people, schema
from tests.assembly import voted
from tests.lending import loan
from tests.phone import Phone
from tests.repaying import lent, outstanding, pay, report, say, until_due, used
from tests.stage import Stage
from tests.steps import reversal_asked

WHY = "گوسفندها مریض شدند"
YES = "yyyy"


async def asked(borrower: Phone, months: str = "6", day: str | None = None) -> list[str]:
    """Ask for a new schedule of the only loan, from a month from now on or from a day that is written."""
    await borrower.press("menu_loans")
    assert await borrower.tap("reschedule", borrower.newest("repayment.page")) == ["reschedule.months"]
    await borrower.say(months)
    (offered,) = list(borrower.last.buttons.values())[:1]
    await (borrower.say(day) if day else borrower.tap_data(offered))
    await borrower.say(WHY)
    return await borrower.tap("confirm")


def told(borrower: Phone) -> dict[str, object]:
    return dict(borrower.newest("reschedule.told_borrower").facts)


async def test_the_group_agrees_and_the_new_schedule_holds(stage: Stage) -> None:
    """Two months late, of ten millions in three; from now on in six."""
    group = await lent(stage, fine=200_000)
    (member,) = group.members
    await pay(group, "۴۳۳۰۰ تومان")
    await until_due(stage, 40)
    assert (await asked(member))[-1] == "propose.opened"
    first = first_due(local_day(stage.now))
    shown = member.newest("reschedule.confirm").facts
    await voted(group, YES)
    card = group.chair.newest("vote.accepted")
    assert WHY in card.fact("words", str)
    receipt = told(member)
    plan = receipt["plan"]
    assert plan == shown["plan"]
    assert isinstance(plan, tuple)
    assert (plan[0], len(plan)) == ((first, Rial(1_611_000)), 6)
    assert (receipt["left"], receipt["standing"]) == (Rial(9_667_000), Rial(500_000))
    assert receipt["number"] == card.facts["number"]
    await member.press("menu_loans")
    page = member.newest("repayment.page").facts
    assert (page["left"], page["arrears"]) == (Rial(9_667_000), Rial(466_667))
    assert used(await pay(group, "466667")) == (66_667, 0, 400_000, 0)
    assert used(await pay(group, "۲۰۰ هزار تومان")) == (33_333, 1_966_667, 0, 0)
    await stage.check()


async def test_what_is_paid_during_the_vote_is_no_longer_in_the_schedule(stage: Stage) -> None:
    """She has paid on the day of the vote: the new schedule is made for the rest, and holds at once."""
    group = await lent(stage)
    (member,) = group.members
    await asked(member, "4")
    await pay(group, "۵۱۰ هزار تومان")
    await voted(group, YES)
    plan = told(member)["plan"]
    assert isinstance(plan, tuple)
    assert [total.rials for _, total in plan] == [1_250_000, 1_287_500, 1_275_000, 1_262_500]
    assert used(await pay(group, "۱۲۵ هزار تومان")) == (0, 1_250_000, 0, 0)
    assert await outstanding(stage, group) == 3_750_000
    await stage.check()


async def test_a_payment_confirmed_late_and_one_taken_back_are_replayed_in_their_place(stage: Stage) -> None:
    group = await lent(stage)
    (member,) = group.members
    await report(member, "3433000")
    waiting = group.treasurer.newest("deposit.waiting")
    await stage.pass_days(1)
    await asked(member, "5")
    await voted(group, YES)
    assert told(member)["left"] == Rial(10_000_000)
    await stage.pass_days(1)
    assert used(await pay(group, "۵۰ هزار تومان")) == (100_000, 400_000, 0, 0)
    await group.treasurer.tap("confirm_deposit", waiting)
    assert "repayment.recounted" in member.names
    assert await outstanding(stage, group) == 6_167_000
    await stage.check()
    await reversal_asked(group.treasurer)
    await group.chair.tap("agree_reversal")
    assert member.newest("repayment.taken_back").facts["left"] == Rial(await outstanding(stage, group))
    await stage.check()


async def test_a_loan_that_was_settled_meanwhile_stays_so_and_that_is_said(stage: Stage) -> None:
    group = await lent(stage)
    (member,) = group.members
    await asked(member)
    await pay(group, "10100000")
    await voted(group, YES)
    assert "reschedule.nothing_done" in member.names
    assert (await loan(stage)).state == "settled"
    assert await stage.read(lambda conn: conn.execute(schema.loan_change.select()).all()) == []


async def test_rejected_it_stays_as_it_was(stage: Stage) -> None:
    group = await lent(stage)
    (member,) = group.members
    await member.press("menu_loans")
    before = member.newest("repayment.page").facts["instalments"]
    await asked(member)
    await voted(group, "nnny")
    await member.press("menu_loans")
    assert member.newest("repayment.page").facts["instalments"] == before


async def test_once_at_a_time_and_as_it_stands(stage: Stage) -> None:
    group = await lent(stage)
    (member,) = group.members
    await member.press("menu_loans")
    page = member.newest("repayment.page")
    await member.tap("reschedule", page)
    await member.say("6")
    await member.tap_data(next(iter(member.last.buttons.values())))
    await member.say(WHY)
    shown = member.last
    await group.treasurer.press("menu_loans")
    await group.treasurer.tap("take_in")
    await say(group.treasurer, "۱۱۰ هزار تومان")
    await member.tap("agree")
    assert await member.tap("confirm", shown) == ["refusals.schedule_outdated", "reschedule.months"]
    await member.tap("cancel_talk")
    await asked(member)
    assert await member.tap("reschedule", page) == ["refusals.rescheduling_is_open"]


async def test_who_helps_asks_for_her_and_hears_of_it(stage: Stage) -> None:
    group = await lent(stage)
    (member,) = group.members
    await stage.write(lambda conn: helped(conn, member, group.secretary))
    assert (await asked(group.secretary))[-1] == "propose.opened"
    assert group.secretary.newest("reschedule.confirm").facts["helped"] is True
    await voted(group, "yyyy")
    assert "reschedule.told_borrower" in group.secretary.names


def helped(conn: Connection, member: Phone, helper: Phone) -> None:
    theirs = update(schema.membership).where(schema.membership.c.id == member.membership)
    conn.execute(theirs.values(helper_id=helper.person))


async def test_months_and_days_are_looked_at_again_when_it_is_carried_out(stage: Stage) -> None:
    group = await lent(stage)
    (member,) = group.members
    today = local_day(stage.now)
    for months, days in ((0, 30), (13, 30), (6, 7), (6, 400)):
        new = LoanRescheduled(LoanId(1), Rial(10_000_000), months, today + timedelta(days=days))
        with pytest.raises(Refused, match="schedule_outdated"):
            await stage.write(partial(ask_as, stage=stage, phone=member, command=Reschedule(new, WHY)))


def ask_as(conn: Connection, stage: Stage, phone: Phone, command: Reschedule) -> None:
    account = people.account_for(conn, phone.platform, phone.user_id, phone.user_id, stage.now)
    person = people.person_by_id(conn, phone.person)
    carry_out(Turn(stage.tools, conn, stage.now, account, person=person), command)
