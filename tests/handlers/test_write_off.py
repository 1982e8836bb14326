"""A loan that cannot be repaid: written off by all but the borrower, and paid on after all."""

from __future__ import annotations

from functools import partial

from domain.ledger import Account
from domain.money import Rial
from domain.offices import Office
from storage import groups
from tests.assembly import voted
from tests.lending import loan
from tests.phone import Phone
from tests.repaying import balance, lent, outstanding, report, say, until_due
from tests.stage import Group, Stage
from tests.steps import reversal_asked

WHY = "خانه‌اش سوخت"


async def put_to_vote(officer: Phone) -> list[str]:
    """Propose that the only loan is written off."""
    await officer.press("menu_loans")
    assert await officer.tap("write_off", officer.newest("repayment.board")) == ["write_off.which"]
    await officer.tap("1")
    await officer.say(WHY)
    return await officer.tap("confirm")


async def written_off(stage: Stage, late: int = 0, fine: int = 0) -> Group:
    """A group of four that wrote off what was left of ten million rials after one payment."""
    group = await lent(stage, fine=fine)
    (member,) = group.members
    await report(member, "3433000")
    await group.treasurer.tap("confirm_deposit")
    if late:
        await until_due(stage, late)
    await put_to_vote(group.chair)
    await voted(group, officers_say(group, "yyy"))
    assert (await loan(stage)).state == "written_off"
    return group


def officers_say(group: Group, votes: str) -> str:
    """The board votes; the borrower, who has no ballot, does not."""
    voters = iter(votes)
    return "".join("-" if phone is group.members[0] else next(voters) for phone in group.everybody)


async def recovered(group: Group, amount: str) -> dict[str, object]:
    (member,) = group.members
    await report(member, amount)
    await group.treasurer.tap("confirm_deposit")
    return dict(member.newest("repayment.recovery_slip").facts)


async def taken_back(group: Group, newest: int = 0) -> list[str]:
    return await reversal_asked(group.treasurer, newest=newest)


async def test_all_but_the_borrower_decide_and_what_is_owed_is_lost(stage: Stage) -> None:
    group = await written_off(stage, late=40, fine=200_000)
    (member,) = group.members
    card = group.chair.newest("vote.accepted")
    assert (card.facts["electors"], card.facts["number"]) == (3, 3)
    assert WHY in card.fact("words", str)
    assert member.newest("write_off.told_borrower").facts["amount"] == Rial(6_667_000)
    assert await outstanding(stage, group) == 0
    assert await balance(stage, group, Account.LOAN_LOSSES) == 6_667_000
    assert not [heard for heard in member.heard if heard.name == "vote.open" and WHY in str(heard.facts)]


async def test_the_borrower_may_look_at_the_vote_and_has_no_ballot(stage: Stage) -> None:
    group = await lent(stage)
    (member,) = group.members
    await put_to_vote(group.chair)
    await member.press("menu_assembly")
    assert member.last.name == "vote.about_you"
    await voted(group, officers_say(group, "yny"))
    assert group.chair.newest("vote.accepted").facts["yes"] == 2


async def test_half_is_not_enough(stage: Stage) -> None:
    group = await lent(stage)
    await put_to_vote(group.chair)
    await voted(group, officers_say(group, "yna"))
    assert group.chair.last.name == "vote.rejected"
    assert (await loan(stage)).state == "running"


async def test_what_is_paid_afterwards_is_recovered_and_what_is_beyond_is_hers(stage: Stage) -> None:
    group = await written_off(stage)
    (member,) = group.members
    await member.press("menu_loans")
    page = member.newest("repayment.lost").facts
    assert (page["principal"], page["left"]) == (Rial(10_000_000), Rial(6_667_000))
    assert "refusals.loan_while_written_off" in member.names
    assert (await recovered(group, "۵۰۰ هزار تومان"))["left"] == Rial(1_667_000)
    assert await balance(stage, group, Account.RECOVERIES) == 5_000_000
    slip = await recovered(group, "۲۰۰ هزار تومان")
    assert (slip["left"], slip["beyond"]) == (Rial(0), Rial(333_000))
    assert await balance(stage, group, Account.RECOVERIES) == 6_667_000
    assert await balance(stage, group, Account.PAID_IN_ADVANCE, member.membership, "loan") == 333_000
    assert (await loan(stage)).state == "settled"
    before = len(member.heard)
    await member.press("menu_loans")
    assert "refusals.loan_while_written_off" not in member.since(before)


async def test_the_treasurer_takes_in_what_was_written_off(stage: Stage) -> None:
    group = await written_off(stage)
    (member,) = group.members
    await group.treasurer.press("menu_loans")
    ((_, left),) = group.treasurer.newest("repayment.board").fact("lost", list)
    assert left == Rial(6_667_000)
    assert await group.treasurer.tap("take_in") == ["repay.amount"]
    await say(group.treasurer, "6667000")
    await member.tap("agree")
    assert member.newest("repayment.recovery_slip").facts["left"] == Rial(0)


async def test_what_was_reported_before_and_confirmed_afterwards_is_recovered(stage: Stage) -> None:
    group = await lent(stage)
    (member,) = group.members
    await report(member, "3433000")
    waiting = group.treasurer.newest("deposit.waiting")
    await put_to_vote(group.chair)
    await voted(group, officers_say(group, "yyy"))
    await group.treasurer.tap("confirm_deposit", waiting)
    assert member.newest("repayment.recovery_slip").facts["left"] == Rial(6_567_000)
    assert await balance(stage, group, Account.LOAN_LOSSES) == 10_000_000


async def test_a_recovery_is_taken_back_an_earlier_payment_is_not(stage: Stage) -> None:
    group = await written_off(stage)
    (member,) = group.members
    await recovered(group, "6667000")
    assert (await loan(stage)).state == "settled"
    assert await taken_back(group, newest=1) == ["refusals.paid_before_write_off"]
    assert (await taken_back(group))[-1] == "reversal.sent"
    await group.chair.tap("agree_reversal")
    assert member.newest("repayment.taken_back").facts["left"] == Rial(6_667_000)
    assert (await loan(stage)).state == "written_off"
    assert await balance(stage, group, Account.RECOVERIES) == 0


async def test_a_reversal_that_was_asked_for_before_the_vote_is_refused_after_it(stage: Stage) -> None:
    group = await lent(stage)
    (member,) = group.members
    await report(member, "3433000")
    await group.treasurer.tap("confirm_deposit")
    await taken_back(group)
    wish = group.chair.newest("reversal.asked")
    await put_to_vote(group.chair)
    await voted(group, officers_say(group, "yyy"))
    assert await group.chair.tap("agree_reversal", wish) == ["refusals.paid_before_write_off"]
    assert await balance(stage, group, Account.LOAN_LOSSES) == 6_667_000


async def test_a_loan_that_was_settled_meanwhile_stays_so_and_that_is_said(stage: Stage) -> None:
    group = await lent(stage)
    (member,) = group.members
    await put_to_vote(group.secretary)
    await report(member, "10100000")
    await group.treasurer.tap("confirm_deposit")
    await voted(group, officers_say(group, "yyy"))
    assert "write_off.nothing_done" in group.secretary.names
    assert (await loan(stage)).state == "settled"
    assert await balance(stage, group, Account.LOAN_LOSSES) == 0


async def test_more_than_was_voted_on_is_not_written_off(stage: Stage) -> None:
    group = await lent(stage)
    (member,) = group.members
    await report(member, "3433000")
    await group.treasurer.tap("confirm_deposit")
    await put_to_vote(group.secretary)
    await taken_back(group)
    await group.chair.tap("agree_reversal")
    await voted(group, officers_say(group, "yyy"))
    assert "write_off.nothing_done" in group.secretary.names
    assert (await loan(stage)).state == "running"


async def test_nobody_proposes_it_twice_or_for_herself_or_without_an_office(stage: Stage) -> None:
    group = await lent(stage, borrower=1)
    hers, others = group.everybody[0], group.everybody[1:]
    officer = next(phone for phone in others if phone in group.officers.values())
    assert hers in group.officers.values()
    await hers.press("menu_loans")
    assert "write_off" not in hers.newest("repayment.board").choices
    await officer.press("menu_loans")
    stale = officer.newest("repayment.board")
    assert (await put_to_vote(officer))[-1] == "propose.opened"
    second = next(phone for phone in others if phone in group.officers.values() and phone is not officer)
    await second.press("menu_loans")
    board = second.newest("repayment.board")
    assert await second.tap("write_off", board) == ["refusals.no_loan_to_write_off"]
    for office in Office:
        await stage.write(partial(groups.end_terms, now=stage.now, office=office.value))
    assert await officer.tap("write_off", stale) == ["refusals.not_for_you"]
