"""The fines of late instalments: waived by all but the borrower, replayed in its place."""

from __future__ import annotations

from domain.money import Rial
from tests.assembly import voted
from tests.handlers.test_write_off import officers_say
from tests.lending import loan
from tests.phone import Phone
from tests.repaying import lent, outstanding, pay, report, say, until_due, used
from tests.stage import Group, Stage

WHY = "بیمارستان بود"


async def put_to_vote(officer: Phone) -> list[str]:
    """Propose that the fines of the only loan are waived."""
    await officer.press("menu_loans")
    assert await officer.tap("waive_fine", officer.newest("repayment.board")) == ["waive_fine.which"]
    await officer.tap("1")
    await officer.say(WHY)
    return await officer.tap("confirm")


async def fined(stage: Stage) -> Group:
    """A group that lent ten millions in three instalments, of which two are late, each with its fine."""
    group = await lent(stage, fine=200_000)
    await until_due(stage, 35)
    return group


async def test_all_but_the_borrower_decide_and_no_fine_is_owed(stage: Stage) -> None:
    group = await fined(stage)
    (member,) = group.members
    assert (await put_to_vote(group.chair))[-1] == "propose.opened"
    await voted(group, officers_say(group, "yyy"))
    card = group.chair.newest("vote.accepted")
    assert card.facts["electors"] == 3
    assert WHY in card.fact("words", str)
    told = member.newest("waive_fine.told_borrower").facts
    assert (told["amount"], told["left"]) == (Rial(400_000), Rial(10_000_000))
    await member.press("menu_loans")
    assert member.newest("repayment.page").facts["arrears"] == Rial(6_832_667)
    assert used(await pay(group, "6832667")) == (166_667, 6_666_000, 0, 0)
    await stage.check()
    await group.chair.press("menu_loans")
    assert "waive_fine" not in group.chair.newest("repayment.board").choices


async def test_a_fine_that_was_paid_before_stays_paid_also_if_it_is_confirmed_later(stage: Stage) -> None:
    group = await fined(stage)
    (member,) = group.members
    await report(member, "7232667")
    waiting = group.treasurer.newest("deposit.waiting")
    await stage.pass_days(1)
    await put_to_vote(group.secretary)
    await voted(group, officers_say(group, "yyy"))
    assert member.newest("waive_fine.told_borrower").facts["amount"] == Rial(400_000)
    await group.treasurer.tap("confirm_deposit", waiting)
    slip = dict(member.newest("repayment.receipt_slip").facts)
    assert used(slip) == (166_667, 6_666_000, 400_000, 0)
    await stage.check()


async def test_with_nothing_but_fines_owed_the_loan_is_settled(stage: Stage) -> None:
    group = await lent(stage, fine=200_000)
    (member,) = group.members
    await until_due(stage, 70)
    assert used(await pay(group, "۱۰۶۰۰۰۰ تومان")) == (200_000, 10_000_000, 400_000, 0)
    await put_to_vote(group.chair)
    await voted(group, officers_say(group, "yyy"))
    told = member.newest("waive_fine.told_borrower").facts
    assert (told["amount"], told["due"]) == (Rial(200_000), None)
    assert (await loan(stage)).state == "settled"
    await stage.check()


async def test_a_fine_paid_during_the_vote_leaves_nothing_to_do(stage: Stage) -> None:
    group = await fined(stage)
    (member,) = group.members
    await put_to_vote(group.secretary)
    await pay(group, "7232667")
    await voted(group, officers_say(group, "yyy"))
    assert "waive_fine.nothing_done" in group.secretary.names
    assert "waive_fine.told_borrower" not in member.names
    assert (await loan(stage)).state == "running"
    await stage.check()


async def waived_after_a_payment(stage: Stage) -> tuple[Group, Phone]:
    """She has paid on the day of the vote, before it ended."""
    group = await fined(stage)
    (member,) = group.members
    await put_to_vote(group.chair)
    await pay(group, "۱۰۰ هزار تومان")
    await voted(group, officers_say(group, "yyy"))
    return group, member


async def test_what_is_paid_later_that_day_takes_no_fine(stage: Stage) -> None:
    group, member = await waived_after_a_payment(stage)
    await member.press("menu_loans")
    await member.tap("pay")
    await say(member, str(member.last.fact("settling", Rial).rials))
    shown = member.newest("repay.confirm").facts
    await group.treasurer.tap("confirm_deposit")
    slip = member.newest("repayment.receipt_slip").facts
    assert (slip["parts"], slip["beyond"]) == (shown["parts"], shown["beyond"])
    assert used(dict(slip))[2] == 0
    assert (await loan(stage)).state == "settled"
    await stage.check()


async def test_what_was_said_to_be_paid_before_the_vote_ended_counts_before_it_also_that_day(
    stage: Stage,
) -> None:
    group = await fined(stage)
    (member,) = group.members
    await put_to_vote(group.chair)
    await report(member, "۳۶۳۳۰۰ تومان")
    waiting = group.treasurer.newest("deposit.waiting")
    await voted(group, officers_say(group, "yyy"))
    assert used(await pay(group, "۱۰ هزار تومان")) == (100_000, 0, 0, 0)
    await group.treasurer.tap("confirm_deposit", waiting)
    slip = member.newest("repayment.receipt_slip").facts
    assert used(dict(slip)) == (100_000, 3_333_000, 200_000, 0)
    await stage.check()


async def test_who_leaves_that_day_has_settled_all(stage: Stage) -> None:
    group, member = await waived_after_a_payment(stage)
    await member.press("menu_me")
    await member.tap("leave")
    await member.tap("confirm")
    await group.treasurer.tap("paid_cash")
    assert (await loan(stage)).state == "settled"
    assert await outstanding(stage, group) == 0
    await stage.check()


async def test_nobody_proposes_it_twice_or_for_herself(stage: Stage) -> None:
    group = await lent(stage, borrower=1, fine=200_000)
    await until_due(stage, 3)
    hers, others = group.everybody[0], group.everybody[1:]
    assert hers in group.officers.values()
    await hers.press("menu_loans")
    assert "waive_fine" not in hers.newest("repayment.board").choices
    first, second = (phone for phone in others if phone in group.officers.values())
    await second.press("menu_loans")
    stale = second.newest("repayment.board")
    assert (await put_to_vote(first))[-1] == "propose.opened"
    assert await second.tap("waive_fine", stale) == ["refusals.no_fine_to_waive"]
