"""Instalments of the borrower: as agreed, early, late, in part, twice, too much, settled."""

from __future__ import annotations

import pytest

from domain.bylaws import LoanPrice
from domain.calendar import local_day
from domain.ledger import Account
from domain.loan_terms import Method
from domain.money import Rial
from tests.lending import loan
from tests.repaying import (
    ONE_A_MONTH,
    balance,
    lent,
    outstanding,
    pay,
    report,
    until_due,
    used,
)
from tests.stage import Stage
from tests.steps import reversal_asked, save

FEES = {
    Method.ZERO: (0, 0, 0),
    Method.FIXED_FEE: (66_667, 66_666, 66_667),
    Method.BALANCE_LEVEL: (100_000, 66_990, 33_650),
    Method.BALANCE_EQUAL: (100_000, 66_667, 33_333),
    Method.FLAT: (100_000, 100_000, 100_000),
}


@pytest.mark.parametrize("method", Method)
async def test_a_loan_of_every_price_is_repaid_instalment_by_instalment(stage: Stage, method: Method) -> None:
    group = await lent(stage, LoanPrice(method, ONE_A_MONTH))
    (member,) = group.members
    plan = (await loan(stage)).plan()
    assert tuple(one.fee.rials for one in plan) == FEES[method]
    receipt: dict[str, object] = {}
    for one in plan:
        while local_day(stage.now) < one.due:
            await stage.pass_days(1)
        receipt = await pay(group, str(one.total.rials))
        assert used(receipt) == (one.fee.rials, one.principal.rials, 0, 0)
        assert receipt["left"] == one.outstanding
        assert await outstanding(stage, group) == one.outstanding.rials
    assert receipt["due"] is None
    assert (await loan(stage)).state == "settled"
    assert await balance(stage, group, Account.LOAN_INCOME) == sum(FEES[method])
    await member.press("menu_loans")
    assert "repayment.page" not in member.names[-3:]


async def test_the_next_instalment_and_settling_stand_on_her_page(stage: Stage) -> None:
    group = await lent(stage)
    (member,) = group.members
    await member.press("menu_loans")
    page = member.newest("repayment.page").facts
    plan = (await loan(stage)).plan()
    assert page["instalments"] == [(one.due, one.total) for one in plan]
    assert (page["left"], page["settling"], page["late"]) == (Rial(10_000_000), Rial(10_100_000), 0)
    await member.press("menu_passbook")
    owed = {"left": Rial(10_000_000), "due": plan[0].due, "next": plan[0].total, "paid": []}
    assert member.newest("passbook.page").facts["loans"] == [owed]


async def test_the_passbook_has_the_last_payments_newest_first(stage: Stage) -> None:
    group = await lent(stage)
    (member,) = group.members
    amounts = [Rial.from_toman(toman) for toman in (20_000, 30_000, 40_000, 50_000, 60_000)]
    for amount in amounts:
        await pay(group, f"{amount.toman} تومان")
    await member.press("menu_passbook")
    (one,) = member.newest("passbook.page").fact("loans", list)
    assert one["paid"] == [(local_day(stage.now), amount) for amount in amounts[:0:-1]]


async def test_late_in_part_and_twice(stage: Stage) -> None:
    group = await lent(stage)
    (member,) = group.members
    await until_due(stage, days=3)
    await member.press("menu_loans")
    assert member.newest("repayment.page").facts["late"] == 3
    await group.chair.press("menu_loans")
    (line,) = group.chair.newest("repayment.board").fact("loans", list)
    assert (line["late"], line["arrears"]) == (3, Rial(3_433_000))
    assert used(await pay(group, "۵۰ هزار تومان")) == (100_000, 400_000, 0, 0)
    await report(member, "۳۰۰ هزار تومان")
    await report(member, "۳۰۰ هزار تومان")
    await group.treasurer.press("menu_waiting")
    first, second = [h for h in group.treasurer.heard if h.name == "deposit.waiting"][-2:]
    await group.treasurer.tap("confirm_deposit", first)
    await group.treasurer.tap("confirm_deposit", second)
    splits = [used(dict(h.facts)) for h in member.heard if h.name == "repayment.receipt_slip"]
    assert splits[1:] == [(66_667, 2_933_333, 0, 0), (0, 3_000_000, 0, 0)]
    assert await outstanding(stage, group) == 3_666_667


async def test_too_much_settles_and_the_rest_is_hers(stage: Stage) -> None:
    group = await lent(stage)
    (member,) = group.members
    assert used(await pay(group, "۱ میلیون و ۵۰ هزار تومان")) == (100_000, 10_000_000, 0, 400_000)
    assert (await loan(stage)).state == "settled"
    assert await balance(stage, group, Account.PAID_IN_ADVANCE, member.membership, "loan") == 400_000
    assert await balance(stage, group, Account.PAID_IN_ADVANCE, member.membership, "saving") == 0


async def test_settling_early_is_a_button_and_costs_the_month_begun(stage: Stage) -> None:
    group = await lent(stage)
    await until_due(stage, days=1)
    assert used(await pay(group, "10166667")) == (166_667, 10_000_000, 0, 0)
    assert (await loan(stage)).state == "settled"


async def test_what_was_reported_while_another_settled_it_is_hers(stage: Stage) -> None:
    group = await lent(stage)
    (member,) = group.members
    await report(member, "10100000")
    await report(member, "10100000")
    await group.treasurer.press("menu_waiting")
    for card in [h for h in group.treasurer.heard if h.name == "deposit.waiting"][-2:]:
        await group.treasurer.tap("confirm_deposit", card)
    assert await balance(stage, group, Account.PAID_IN_ADVANCE, member.membership, "loan") == 10_100_000
    stale = member.newest("repayment.page")
    assert await member.tap("pay", stale) == ["refusals.loan_not_running"]


async def test_a_payment_that_comes_late_to_the_books_counts_from_its_own_day(stage: Stage) -> None:
    """The one of the later day was confirmed first: it is reversed and booked anew, net cash zero."""
    group = await lent(stage)
    (member,) = group.members
    await report(member, "3433000")
    waiting = group.treasurer.newest("deposit.waiting")
    await until_due(stage, days=5)
    assert used(await pay(group, "3433000")) == (100_000, 3_333_000, 0, 0)
    cash = await balance(stage, group, Account.CASH)
    await group.treasurer.tap("confirm_deposit", waiting)
    assert used(dict(member.newest("repayment.receipt_slip").facts)) == (100_000, 3_333_000, 0, 0)
    assert member.last.name == "repayment.recounted"
    assert await balance(stage, group, Account.CASH) == cash + 3_433_000
    assert await balance(stage, group, Account.LOAN_INCOME) == 166_667
    assert await outstanding(stage, group) == 10_000_000 - 2 * 3_433_000 + 166_667


async def test_what_a_recount_leaves_beyond_the_loan_is_said_to_be_hers(stage: Stage) -> None:
    group = await lent(stage)
    (member,) = group.members
    await report(member, "3433000")
    waiting = group.treasurer.newest("deposit.waiting")
    await stage.pass_days(1)
    await pay(group, "10100000")
    await group.treasurer.tap("confirm_deposit", waiting)
    assert member.last.name == "repayment.recounted"
    assert (member.last.facts["due"], member.last.facts["advance"]) == (None, Rial(3_433_000))


async def test_a_fine_of_the_bylaws_comes_once_and_stands_on_the_receipt(stage: Stage) -> None:
    group = await lent(stage, fine=200_000)
    (member,) = group.members
    await until_due(stage, days=1)
    await member.press("menu_loans")
    assert member.newest("repayment.page").facts["arrears"] == Rial(3_633_000)
    assert used(await pay(group, "3633000")) == (100_000, 3_333_000, 200_000, 0)
    assert await balance(stage, group, Account.FINES) == 200_000


async def test_who_is_late_asks_for_no_new_loan_until_it_is_reported(stage: Stage) -> None:
    group = await lent(stage)
    (member,) = group.members
    await save(group, member, "۱ میلیون تومان")
    await until_due(stage)
    await member.press("menu_loans")
    assert "refusals.loan_while_late" not in member.names
    await stage.pass_days(2)
    await member.press("menu_loans")
    assert member.newest("refusals.loan_while_late").facts["days"] == 2
    await report(member, "3433000")
    before = len(member.heard)
    await member.press("menu_loans")
    assert "refusals.loan_while_late" not in member.since(before)


async def test_what_is_to_be_reversed_was_booked_anew_meanwhile(stage: Stage) -> None:
    """What was reported later was confirmed earlier; the wish follows the payment to its new entry."""
    group = await lent(stage)
    (member,) = group.members
    await report(member, "۵۰ هزار تومان")
    await stage.pass_days(1)
    await report(member, "۳۰ هزار تومان")
    await group.treasurer.press("menu_waiting")
    earlier, later = [heard for heard in group.treasurer.heard if heard.name == "deposit.waiting"][-2:]
    await group.treasurer.tap("confirm_deposit", later)
    await reversal_asked(group.treasurer)
    await group.treasurer.tap("confirm_deposit", earlier)
    assert "repayment.recounted" in member.names
    assert await group.secretary.press("menu_waiting") == ["waiting.count", "reversal.asked"]
    await group.secretary.tap("agree_reversal")
    assert group.secretary.newest("reversal.done").edited
    assert await outstanding(stage, group) == 10_000_000 - 400_000
