"""What was granted comes into the borrower's hand: one pays, another says so, and only then it is booked."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from domain.ids import MembershipId
from domain.money import Rial
from domain.offices import Office
from domain.posting import Way
from storage import books, groups
from storage.schema import entry
from tests.assembly import entered, voted
from tests.lending import RULES, asked, funded, granted, lending, loan, served, spent
from tests.phone import Phone
from tests.stage import Group, Stage

MILLION = Rial.from_toman(1_000_000)
HOUR = timedelta(hours=1)
ALL_OF_THE_FUND = replace(RULES, loan_fund_per_cent=100)


@pytest.fixture
async def group(stage: Stage) -> Group:
    """A chair, a treasurer and three members with a million toman each; one may borrow three."""
    made = await stage.group()
    await lending(stage, made, ALL_OF_THE_FUND)
    await funded(stage, made)
    return made


async def entries(stage: Stage) -> int:
    return await stage.read(lambda conn: conn.execute(select(func.count()).select_from(entry)).scalar_one())


async def test_who_has_not_got_it_says_so_and_it_is_paid_again(stage: Stage, group: Group) -> None:
    borrower, treasurer = group.members[0], group.treasurer
    await granted(stage, group, borrower)
    await treasurer.tap("cash")
    assert await borrower.tap("deny") == ["loan.you_denied"]
    assert borrower.last.facts["hers"]
    assert treasurer.names[-2:] == ["loan.denied", "loan.pay"]
    found = await loan(stage)
    assert (found.state, found.paid_by, found.way) == ("approved", None, None)
    assert await entries(stage) == 1
    await treasurer.tap("transfer")
    assert treasurer.last.name == "refusals.too_little_there"
    await treasurer.tap("cash")
    assert (await borrower.tap("receive"))[-1] == "loan.receipt_slip"


async def test_who_said_too_early_that_it_was_paid_takes_that_back(stage: Stage, group: Group) -> None:
    borrower, treasurer = group.members[0], group.treasurer
    await granted(stage, group, borrower)
    await treasurer.tap("cash")
    asked_her = borrower.newest("loan.receive")
    assert (await treasurer.tap("not_paid_yet"))[0] == "loan.you_denied"
    assert not treasurer.newest("loan.you_denied").facts["hers"]
    assert "loan.denied" not in treasurer.names
    assert borrower.newest("loan.approved").edited
    assert borrower.last.name == "loan.your_turn"
    assert await borrower.tap("receive", asked_her) == ["common.already_answered", "loan.approved"]


async def test_second_and_late_presses_change_nothing(stage: Stage, group: Group) -> None:
    borrower, treasurer = group.members[0], group.treasurer
    await granted(stage, group, borrower)
    offered = treasurer.newest("loan.pay")
    await treasurer.tap("cash", offered)
    assert await treasurer.tap("transfer", offered) == ["common.already_answered", "loan.paid_out"]
    assert await stage.repeat() == []
    receipt = borrower.newest("loan.receive")
    await stage.pass_days(2)
    await borrower.tap("receive", receipt)
    assert await borrower.tap("receive", receipt) == ["common.already_answered", "loan.running"]
    await stage.pass_days(31)
    assert await borrower.tap("deny", receipt) == ["common.already_answered", "loan.running"]
    assert await treasurer.tap("cash", offered) == ["common.already_answered", "loan.running"]
    assert await entries(stage) == 2


async def test_the_value_date_is_the_day_of_paying_and_the_schedule_begins_with_the_receipt(
    stage: Stage, group: Group
) -> None:
    borrower = group.members[0]
    await granted(stage, group, borrower)
    await group.treasurer.tap("cash")
    await stage.pass_days(2)
    await borrower.tap("receive")
    text = await stage.read(lambda conn: books.books_as_text(conn, group.id))
    assert "2 2026-04-06 value 2026-04-04 loan_paid_out\n  111/1 +10,000,000\n  101 -10,000,000\n" in text
    assert [one.due.isoformat() for one in (await loan(stage)).plan()] == [
        "2026-05-07",
        "2026-06-07",
        "2026-07-08",
    ]


async def test_the_chair_pays_what_the_treasurer_borrows(stage: Stage, group: Group) -> None:
    await granted(stage, group, group.treasurer)
    assert "loan.pay" not in group.treasurer.names
    assert await group.chair.tap("cash") == ["loan.you_paid"]
    assert "loan.receive" not in group.chair.names
    assert (await group.treasurer.tap("receive"))[0] == "loan.receipt_slip"
    found = await loan(stage)
    assert (found.paid_by, found.received_by) == (group.chair.person, group.treasurer.person)


async def test_without_a_treasurer_nothing_is_paid_out(stage: Stage, group: Group) -> None:
    borrower, successor = group.members[:2]
    await stage.write(lambda conn: groups.end_terms(conn, stage.now, office=Office.TREASURER.value))
    await granted(stage, group, borrower)
    assert borrower.names[-2:] == ["vote.accepted", "loan.granted_and_waits"]
    assert "loan.pay" not in group.chair.names
    await stage.appoint(group, Office.TREASURER, successor)
    await stage.pass_time(HOUR)
    assert borrower.last.name == "loan.your_turn"
    assert successor.last.name == "loan.pay"


async def test_a_former_treasurer_pays_no_longer(stage: Stage, group: Group) -> None:
    await granted(stage, group, group.members[0])
    await stage.appoint(group, Office.TREASURER, group.members[1])
    assert await group.treasurer.tap("cash") == ["refusals.not_yours_to_pay_out"]
    await group.members[1].say("/menu")
    await group.members[1].press("menu_waiting")
    assert await group.members[1].tap("cash") == ["loan.you_paid"]


async def test_who_has_left_the_group_is_paid_nothing(stage: Stage, group: Group) -> None:
    borrower = group.members[0]
    await granted(stage, group, borrower)
    await stage.write(lambda conn: groups.update_membership(conn, borrower.membership, state="left"))
    assert await group.treasurer.tap("cash") == ["refusals.not_a_member"]


# --- members without a phone ----------------------------------------------------------------------------


async def granted_to_served(group: Group, helper: Phone, member: MembershipId) -> None:
    """Her helper asks, everybody votes, the chair writes down what she says."""
    await asked(helper)
    await entered(group.chair, member, "yes")
    await voted(group, "yyyyy")


async def test_a_helper_asks_and_receives_for_a_member_without_a_phone(stage: Stage, group: Group) -> None:
    helper = group.members[0]
    member = await served(stage, group, helper)
    await granted_to_served(group, helper, member)
    assert "ننه صغری" in helper.newest("loan.granted").text.splitlines()[0]
    await group.treasurer.tap("cash")
    assert helper.last.name == "loan.witness"
    await helper.tap("receive")
    found = await loan(stage)
    assert (found.membership_id, found.received_by, found.state) == (member, helper.person, "running")


async def test_where_the_helper_paid_the_chair_says_that_it_was_received(stage: Stage, group: Group) -> None:
    member = await served(stage, group, group.treasurer)
    await granted_to_served(group, group.treasurer, member)
    await group.treasurer.tap("cash")
    assert "loan.witness" not in group.treasurer.names
    assert await group.chair.tap("receive") == ["loan.you_witnessed"]
    assert group.treasurer.newest("loan.receipt_slip").facts["witnessed"] is True


# --- silence --------------------------------------------------------------------------------------------


async def test_after_three_days_of_silence_a_second_officer_bears_witness(stage: Stage) -> None:
    group = await stage.group(offices=tuple(Office))
    await lending(stage, group)
    await funded(stage, group)
    borrower = group.members[0]
    await granted(stage, group, borrower)
    await group.treasurer.tap("cash")
    await stage.pass_days(2)
    assert "loan.witness" not in group.chair.names
    await stage.pass_days(1)
    assert group.chair.last.name == group.secretary.last.name == "loan.witness"
    assert "loan.witness" not in group.treasurer.names
    assert borrower.names.count("loan.receive") == 2
    taps = [
        (phone, phone.newest("loan.witness").data("receive") or "")
        for phone in (group.chair, group.secretary)
    ]
    taps.append((borrower, borrower.newest("loan.receive").data("receive") or ""))
    await asyncio.gather(*(phone.tap_data(data) for phone, data in taps))
    assert await entries(stage) == 2
    assert (await loan(stage)).state == "running"
    assert "loan.receipt_slip" in borrower.names


async def test_a_witness_is_named_to_the_borrower(stage: Stage, group: Group) -> None:
    borrower = group.members[0]
    await granted(stage, group, borrower)
    await group.treasurer.tap("cash")
    await stage.pass_days(3)
    assert await group.chair.tap("receive") == ["loan.you_witnessed"]
    slip = borrower.newest("loan.receipt_slip")
    assert slip.facts["witnessed"] is True
    assert (await loan(stage)).received_by == group.chair.person


# --- the queue ------------------------------------------------------------------------------------------


async def test_two_loans_compete_and_the_second_waits_until_there_is_money(
    stage: Stage, group: Group
) -> None:
    first, second, _ = group.members
    await asked(first, 3_000_000)
    await asked(second, 3_000_000)
    for phone in group.everybody:
        cards = [h for h in phone.heard if h.name == "vote.open"]
        for card in cards:
            await phone.tap("yes", card)
    assert first.newest("loan.granted").facts["place"] == 1
    assert second.newest("loan.granted_and_waits").facts["place"] == 2
    assert group.treasurer.names.count("loan.pay") == 1

    await group.treasurer.tap("cash")
    await first.tap("receive")
    await second.press("menu_loans")
    assert second.newest("loan.approved").facts["place"] == 1
    await stage.pass_time(HOUR)
    assert "loan.your_turn" not in second.names
    await funded(stage, group, 200_000)
    await stage.pass_time(HOUR)
    assert second.last.name == "loan.your_turn"
    await group.treasurer.tap("cash")
    assert (await second.tap("receive"))[-1] == "loan.receipt_slip"


async def test_a_smaller_loan_does_not_overtake_a_larger_one(stage: Stage, group: Group) -> None:
    for borrower, toman in zip(group.members, (3_000_000, 3_000_000, 1_000_000), strict=True):
        await asked(borrower, toman)
    for phone in group.everybody:
        for card in [h for h in phone.heard if h.name == "vote.open"]:
            await phone.tap("yes", card)
    assert ["loan.granted" in phone.names for phone in group.members] == [True, False, False]
    await group.members[1].tap("withdraw")
    assert group.members[2].last.name == "loan.your_turn"


async def test_money_that_went_elsewhere_is_missed_before_it_is_paid(stage: Stage, group: Group) -> None:
    await granted(stage, group, group.members[0], 3_000_000)
    await spent(stage, group, 2_500_000)
    assert await group.treasurer.tap("cash") == ["refusals.loan_waits_for_money"]
    assert (await loan(stage)).state == "approved"


async def test_money_that_went_elsewhere_is_missed_before_it_is_booked(stage: Stage, group: Group) -> None:
    borrower = group.members[0]
    await granted(stage, group, borrower, 3_000_000)
    await group.treasurer.tap("cash")
    await spent(stage, group, 2_500_000)
    assert await borrower.tap("receive") == ["refusals.loan_waits_for_money"]
    assert (await loan(stage)).state == "paid_out"
    await funded(stage, group)
    assert (await borrower.tap("receive"))[-1] == "loan.receipt_slip"


async def test_what_was_handed_over_is_no_longer_in_the_box(stage: Stage, group: Group) -> None:
    """Five million in cash, one at the bank; three are handed over in cash and three more are to follow."""
    await funded(stage, group, 200_000, Way.TRANSFER)
    first, second, _ = group.members
    await granted(stage, group, first, 3_000_000)
    await granted(stage, group, second, 3_000_000)
    cards = [h for h in group.treasurer.heard if h.name == "loan.pay"]
    assert await group.treasurer.tap("cash", cards[0]) == ["loan.you_paid"]
    assert await group.treasurer.tap("cash", cards[1]) == ["refusals.too_little_there"]
    assert group.treasurer.last.facts["there"] == 2 * MILLION


async def test_the_box_is_counted_once_it_is_known_who_has_the_cash(stage: Stage, group: Group) -> None:
    borrower, treasurer = group.members[0], group.treasurer
    await granted(stage, group, borrower)
    await treasurer.say("/menu")
    await treasurer.press("menu_money")
    await treasurer.tap("cash_count")
    await treasurer.say("4,000,000 تومان")
    await treasurer.say("وام دادیم")
    await treasurer.tap("cash", treasurer.newest("loan.pay"))
    assert await treasurer.tap("confirm") == ["refusals.payout_waits"]
    assert await treasurer.tap("cash_count") == ["refusals.payout_waits"]
    await borrower.tap("receive")
    assert await treasurer.tap("cash_count") == ["cash_count.counted"]
