"""Instalments and who confirms them: counted otherwise, taken in by an officer, taken back after others."""

from __future__ import annotations

from random import Random

import pytest
from sqlalchemy import update

from domain.ledger import Account
from domain.money import Rial
from storage import passbooks
from storage.schema import membership
from storage.verify import verify
from tests.lending import loan
from tests.repaying import (
    balance,
    lent,
    outstanding,
    pay,
    report,
    say,
    until_due,
    used,
)
from tests.stage import Group, Stage
from tests.steps import reversal_asked, save


async def test_the_treasurer_counted_another_sum(stage: Stage) -> None:
    group = await lent(stage)
    (member,) = group.members
    await report(member, "3433000")
    await group.treasurer.tap("other_amount")
    await group.treasurer.say("۳۴۰ هزار تومان")
    await group.treasurer.tap("confirm")
    assert member.last.name == "deposit.offer"
    await member.tap("agree_amount")
    assert used(dict(member.newest("repayment.receipt_slip").facts)) == (100_000, 3_300_000, 0, 0)


async def test_it_did_not_arrive_or_is_taken_back(stage: Stage) -> None:
    group = await lent(stage)
    (member,) = group.members
    await report(member, "3433000", "transfer")
    await group.treasurer.tap("not_received")
    await group.treasurer.say("در حساب نیست")
    await group.treasurer.tap("confirm")
    assert member.last.name == "deposit.not_received"
    await report(member, "3433000")
    assert await member.tap("withdraw_deposit") == ["saving.withdrawn"]
    assert await outstanding(stage, group) == 10_000_000


async def test_an_officer_takes_an_instalment_in_and_the_borrower_agrees(stage: Stage) -> None:
    group = await lent(stage)
    (member,) = group.members
    await group.treasurer.press("menu_loans")
    await group.treasurer.tap("took_instalment")
    assert await say(group.treasurer, "3433000") == ["deposit.payer_asked"]
    assert member.last.name == "deposit.entered"
    assert await outstanding(stage, group) == 10_000_000
    card = member.last
    await member.tap("agree_amount")
    assert member.last.name == "repayment.receipt_slip"
    assert await outstanding(stage, group) == 6_667_000
    assert await member.tap("agree_amount", card) == ["common.already_answered", "deposit.confirmed"]


async def test_what_she_did_not_pay_is_not_booked(stage: Stage) -> None:
    group = await lent(stage)
    (member,) = group.members
    await group.treasurer.press("menu_loans")
    await group.treasurer.tap("took_instalment")
    await say(group.treasurer, "3433000")
    card = member.newest("deposit.entered")
    assert await member.tap("disagree_amount") == ["deposit.you_declined_entry"]
    assert group.treasurer.last.name == "deposit.entry_not_agreed"
    assert await member.tap("agree_amount", card) == ["common.already_answered", "deposit.entry_declined"]
    assert await outstanding(stage, group) == 10_000_000


async def test_the_treasurer_takes_back_what_he_entered(stage: Stage) -> None:
    group = await lent(stage)
    (member,) = group.members
    await group.treasurer.press("menu_loans")
    await group.treasurer.tap("took_instalment")
    await say(group.treasurer, "3433000")
    card = member.newest("deposit.entered")
    assert await group.treasurer.tap("withdraw_deposit") == ["saving.withdrawn"]
    assert await member.tap("agree_amount", card) == ["common.already_answered", "deposit.withdrawn"]


async def test_what_the_treasurer_owes_the_chair_confirms(stage: Stage) -> None:
    group = await lent(stage, borrower=-1)
    treasurer, chair = group.treasurer, group.chair
    await treasurer.press("menu_loans")
    assert "take_in" not in treasurer.last.choices
    await report(treasurer, "3433000")
    assert "deposit.waiting" not in treasurer.names
    await chair.tap("confirm_deposit")
    assert treasurer.last.name == "repayment.receipt_slip"
    await chair.press("menu_loans")
    await chair.tap("took_instalment")
    assert await say(chair, "۱۰۰ هزار تومان") == ["deposit.payer_asked"]
    assert await treasurer.tap("agree_amount") == ["repayment.receipt_slip"]


async def test_a_helper_pays_for_her_and_the_treasurer_asks_the_helper(stage: Stage) -> None:
    group = await lent(stage)
    (member,), helper = group.members, group.secretary
    served = update(membership).where(membership.c.id == member.membership).values(helper_id=helper.person)
    await stage.write(lambda conn: conn.execute(served))
    await report(helper, "3433000")
    assert group.treasurer.last.facts["helped"] is True
    await group.treasurer.tap("confirm_deposit")
    assert helper.last.name == "repayment.receipt_slip"
    await group.treasurer.press("menu_loans")
    await group.treasurer.tap("took_instalment")
    await say(group.treasurer, "۱۰۰ هزار تومان")
    assert await helper.tap("agree_amount") == ["repayment.receipt_slip"]


async def test_nobody_else_pays_confirms_or_takes_in(stage: Stage) -> None:
    group = await lent(stage)
    (member,) = group.members
    await member.press("menu_loans")
    for one in member.newest("repayment.page").buttons.values():
        assert await group.secretary.tap_data(one) == ["common.foreign_button"]
    await group.secretary.press("menu_loans")
    assert "take_in" not in group.secretary.newest("repayment.board").choices
    await report(member, "3433000")
    card = group.treasurer.newest("deposit.waiting")
    for one in card.buttons.values():
        assert await group.chair.tap_data(one) == ["common.foreign_button"]
    await group.treasurer.tap("confirm_deposit", card)
    assert await group.treasurer.tap("confirm_deposit", card) == [
        "common.already_answered",
        "deposit.confirmed",
    ]
    assert await outstanding(stage, group) == 6_667_000


async def test_a_talk_left_open_ends_kindly_when_the_loan_was_settled_meanwhile(stage: Stage) -> None:
    group = await lent(stage)
    (member,) = group.members
    await report(member, "10100000")
    await member.press("menu_loans")
    await member.tap("pay")
    await member.tap("3433000")
    await member.tap("cash")
    await group.treasurer.tap("confirm_deposit")
    await member.tap("confirm")
    assert member.last.name == "saving.written_down"
    await group.treasurer.tap("confirm_deposit")
    assert used(dict(member.newest("repayment.receipt_slip").facts)) == (0, 0, 0, 3_433_000)


async def _reversed(group: Group, newest: int = 0) -> None:
    """The treasurer asks that one of the entries be taken back, and the chair agrees."""
    await reversal_asked(group.treasurer, newest=newest)
    await group.chair.tap("agree_reversal")


async def test_a_payment_is_taken_back_after_later_ones(stage: Stage) -> None:
    """The later ones are reversed and booked anew in one correction, as if it had never been."""
    group = await lent(stage)
    (member,) = group.members
    await pay(group, "3433000")
    await until_due(stage, days=1)
    await pay(group, "3399667")
    await pay(group, "۱۰ هزار تومان")
    cash = await balance(stage, group, Account.CASH)
    await _reversed(group, newest=2)
    assert member.last.name == "repayment.taken_back"
    assert member.last.facts["left"] == Rial(10_000_000 - 3_333_000)
    assert await balance(stage, group, Account.CASH) == cash - 3_433_000
    assert await outstanding(stage, group) == 6_667_000
    assert await balance(stage, group, Account.LOAN_INCOME) == 166_667
    books_text = await stage.read(lambda conn: passbooks.books_as_text(conn, group.id))
    assert books_text.count(" reversal reverses ") == 3
    await _reversed(group)
    assert await outstanding(stage, group) == 6_667_000 + 33_333


@pytest.mark.parametrize("seed", range(2))
async def test_confirmed_in_any_order_and_taken_back_at_random_the_books_follow_the_replay(
    stage: Stage, seed: int
) -> None:
    """What the stage looks at in the end is that `verify` finds every entry as replaying says."""
    group, chance = await lent(stage, fine=50_000), Random(seed)
    (member,) = group.members
    for _ in range(3):
        for _ in range(chance.randint(1, 3)):
            await report(member, f"{chance.randint(40, 260)} هزار تومان")
            await stage.pass_days(chance.randint(0, 20))
        cards = [heard for heard in group.treasurer.heard if heard.name == "deposit.waiting"]
        chance.shuffle(cards)
        for card in cards:
            await group.treasurer.tap("confirm_deposit", card)
        if (await loan(stage)).state == "settled":
            break
        await _reversed(group, newest=chance.randrange(len(cards)))
    assert await outstanding(stage, group) < 10_000_000


async def test_taking_back_what_settled_a_loan_opens_it_again(stage: Stage) -> None:
    group = await lent(stage)
    (member,) = group.members
    await pay(group, "۱ میلیون و ۵۰ هزار تومان")
    assert (await loan(stage)).state == "settled"
    await _reversed(group)
    assert (await loan(stage)).state == "running"
    assert await outstanding(stage, group) == 10_000_000
    assert await balance(stage, group, Account.PAID_IN_ADVANCE, member.membership, "loan") == 0
    assert used(await pay(group, "10100000")) == (100_000, 10_000_000, 0, 0)


async def test_an_instalment_that_waits_is_no_saving_of_the_round(stage: Stage) -> None:
    group = await lent(stage)
    (member,) = group.members
    await report(member, "3433000")
    await group.treasurer.press("menu_rounds")
    assert group.treasurer.last.name == "rounds.one"
    assert group.treasurer.last.facts["reported"] == []


async def test_an_advance_of_a_loan_covers_no_saving(stage: Stage) -> None:
    """What was paid too much on a loan does not keep alive what another payment's advance was used for."""
    group = await lent(stage)
    (member,) = group.members
    await pay(group, "۱ میلیون و ۵۰ هزار تومان")
    await member.press("menu_loans")
    assert member.newest("repayment.advance").facts["advance"] == Rial(400_000)
    await save(group, member, "۱ میلیون تومان")
    await stage.pass_days(31)
    saved = await balance(stage, group, Account.SAVINGS, member.membership)
    await _reversed(group)
    assert await balance(stage, group, Account.SAVINGS, member.membership) == saved - 10_000_000
    assert await balance(stage, group, Account.PAID_IN_ADVANCE, member.membership, "saving") == 0
    assert await balance(stage, group, Account.PAID_IN_ADVANCE, member.membership, "loan") == 400_000


@pytest.mark.parametrize(
    ("change", "undo", "flaw"),
    [
        (
            "UPDATE loan SET state = 'settled'",
            "UPDATE loan SET state = 'running'",
            "loan 1 is settled, by replay running",
        ),
        (
            "UPDATE loan SET principal = 9000000",
            "UPDATE loan SET principal = 10000000",
            "what is owed on loan 1 is not what replaying it leaves",
        ),
        (
            "UPDATE loan SET method = 'zero'",
            "UPDATE loan SET method = 'balance-equal'",
            "payment 1 on loan 1 is not booked as replaying the loan says",
        ),
        (
            "UPDATE deposit SET entry_id = NULL",
            "UPDATE deposit SET entry_id = 3",
            "no deposit led to this instalment",
        ),
    ],
)
async def test_verify_holds_the_books_against_the_replay(
    stage: Stage, change: str, undo: str, flaw: str
) -> None:
    group = await lent(stage)
    await pay(group, "3433000")
    await stage.write(lambda conn: conn.exec_driver_sql(change))
    found = await stage.read(lambda conn: [one.sentence for one in verify(conn)])
    assert flaw in found
    await stage.write(lambda conn: conn.exec_driver_sql(undo))
