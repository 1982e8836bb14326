"""What was signed of who has left, or has died, was too little: she, or her heir, is paid the rest."""

from __future__ import annotations

from domain.ledger import Account
from domain.money import Rial
from tests.handlers.test_corrections import savings
from tests.handlers.test_death import said
from tests.handlers.test_leaving import leave
from tests.opening import FREE, HERS, WHY, both_sign, line_to_correct, signed
from tests.phone import Phone
from tests.repaying import balance
from tests.stage import Group, Stage

FIRST = 3  # the place of the first member without an office
MORE = Rial.from_toman(200_000)


async def left_with_money(stage: Stage) -> tuple[Group, Phone]:
    """The first member has left with what was signed."""
    group = await signed(stage)
    member = group.members[0]
    await leave(member)
    await group.treasurer.tap("paid_cash")
    await member.tap("received_it")
    assert "leave.left" in member.names
    return group, member


async def entered(group: Group, amount: str) -> list[str]:
    """Say what who is no member any more had saved."""
    assert await line_to_correct(group, FIRST) == ["opening_line.savings"]
    assert await group.treasurer.say(amount) == ["correction.reason"]
    return await group.treasurer.say(WHY)


async def test_who_has_left_is_paid_what_was_missing(stage: Stage) -> None:
    group, member = await left_with_money(stage)
    assert await entered(group, "یک میلیون و ۲۰۰ هزار تومان") == ["correction.sent"]
    assert member.newest("correction.waiting").facts["left"]
    assert await member.tap("fix_yes") == ["correction.you_confirmed"]
    await both_sign(group)
    assert member.newest("correction.slip").facts["balance"] == MORE
    assert group.treasurer.newest("payout.due").facts["amount"] == MORE
    await group.treasurer.tap("paid_cash", group.treasurer.newest("payout.due"))
    assert await member.tap("received_it") == ["payout.receipt"]
    assert await savings(stage, member) == Rial(0)
    assert await balance(stage, group, Account.PAYABLE_TO_LEAVERS, member.membership) == 0
    assert member.names.count("leave.left") == 1
    await stage.check()


async def test_the_heir_of_who_has_died_is_paid_and_the_chair_speaks_for_her(stage: Stage) -> None:
    group = await signed(stage)
    gone = group.members[0]
    await said(group, group.secretary, gone)
    await group.chair.tap("confirm_death")
    await group.treasurer.tap("paid_cash")
    await group.chair.tap("received_it")
    before = len(gone.heard)
    assert await entered(group, "یک میلیون و ۲۰۰ هزار تومان") == ["correction.sent"]
    assert group.treasurer.last.facts["died"]
    await group.chair.tap("fix_yes", group.chair.newest("correction.waiting"))
    await both_sign(group)
    owed = group.treasurer.newest("payout.due").facts
    assert (owed["amount"], owed["heir"]) == (MORE, "احمد شریفی")
    assert len(gone.heard) == before
    await stage.check()


async def test_what_has_not_been_paid_yet_is_paid_with_it(stage: Stage) -> None:
    group = await signed(stage)
    gone = group.members[0]
    await said(group, group.secretary, gone)
    await group.chair.tap("confirm_death")
    await entered(group, "یک میلیون و ۲۰۰ هزار تومان")
    await group.chair.tap("fix_yes", group.chair.newest("correction.waiting"))
    await both_sign(group)
    assert group.treasurer.newest("payout.due").facts["amount"] == HERS + MORE
    await group.treasurer.tap("paid_cash", group.treasurer.newest("payout.due"))
    await group.chair.tap("received_it")
    assert await balance(stage, group, Account.PAYABLE_TO_LEAVERS, gone.membership) == 0
    await stage.check()


async def test_less_is_not_taken_back_and_one_payment_comes_after_the_other(stage: Stage) -> None:
    group, member = await left_with_money(stage)
    assert await entered(group, "۹۰۰ هزار تومان") == ["refusals.correction_of_former_member"]
    await entered(group, "یک میلیون و ۲۰۰ هزار تومان")
    await member.tap("fix_yes")
    await both_sign(group)
    await group.treasurer.tap("paid_cash", group.treasurer.newest("payout.due"))
    more = await entered(group, "یک میلیون و ۳۰۰ هزار تومان")
    assert more == ["refusals.former_member_is_being_paid"]
    await member.tap("received_it")
    assert await entered(group, "یک میلیون و ۳۰۰ هزار تومان") == ["correction.sent"]


async def test_who_still_owes_comes_to_that_first(stage: Stage) -> None:
    group = await signed(stage, {FIRST: ("یک میلیون و ۵۰۰ هزار تومان", *FREE[1:])})
    gone = group.members[0]
    await said(group, group.secretary, gone)
    await group.chair.tap("confirm_death")
    more = await entered(group, "یک میلیون و ۲۰۰ هزار تومان")
    assert more == ["refusals.correction_of_former_member"]
