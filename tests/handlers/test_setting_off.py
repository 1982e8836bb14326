"""Who leaves with a running loan settles it out of her savings, where she agrees and they suffice."""

from __future__ import annotations

from conversations.talks.leave import Settlement, Unsettled
from domain.ledger import Account
from domain.money import Rial
from storage import groups, passbooks
from tests.assembly import voted
from tests.lending import asked, loan, served
from tests.phone import Phone
from tests.repaying import balance, lent, outstanding, pay, report, say, until_due
from tests.stage import Group, Stage


async def opened(member: Phone) -> list[str]:
    await member.press("menu_me")
    return await member.tap("leave")


async def borrowed(stage: Stage) -> tuple[Group, Phone]:
    """A member saved 10,000,000 rials, borrowed as much, and has paid half of it back."""
    group = await lent(stage)
    await until_due(stage)
    await pay(group, "5 میلیون ریال")
    return group, group.members[0]


async def gone(stage: Stage, member: Phone) -> bool:
    found = await stage.read(lambda conn: groups.member_by_id(conn, member.membership))
    return found is not None and found.state == "left"


async def test_savings_settle_the_loan_and_the_rest_is_paid(stage: Stage) -> None:
    group, member = await borrowed(stage)
    assert await opened(member) == ["leave.as_a_wish"]
    shown = member.last.facts["hers"]
    assert isinstance(shown, Settlement)
    assert member.last.facts["unsettled"] == (Unsettled.BALANCE,)
    debt = shown.debt.rials
    assert shown == Settlement(Rial(10_000_000), Rial(0), Rial(0), Rial(0), Rial(debt))
    await member.tap("confirm")
    assert group.treasurer.last.facts["set_off"] == shown.debt
    assert group.treasurer.last.facts["amount"] == shown.total == Rial(10_000_000 - debt)
    box = await balance(stage, group, Account.CASH)
    assert await group.treasurer.tap("paid_cash") == ["payout.you_paid"]
    assert (await loan(stage)).state == "settled"
    assert await outstanding(stage, group) == 0
    slip = member.newest("repayment.receipt_slip").facts
    assert (slip["from_savings"], slip["amount"], slip["due"]) == (True, shown.debt, None)
    assert await balance(stage, group, Account.PAYABLE_TO_LEAVERS, member.membership) == shown.total.rials
    await member.tap("received_it")
    assert await gone(stage, member)
    assert await balance(stage, group, Account.CASH) == box - shown.total.rials
    written = await stage.read(lambda conn: passbooks.books_as_text(conn, group.id))
    assert "set_off" in written
    await stage.check()


async def test_too_little_saved_is_said_with_what_is_missing(stage: Stage) -> None:
    group = await lent(stage)
    (member,) = group.members
    assert await opened(member) == ["leave.as_a_wish"]
    hers = member.last.facts["hers"]
    assert isinstance(hers, Settlement)
    assert (hers.missing, hers.total) == (Rial(100_000), Rial(0))
    assert member.last.facts["unsettled"] == (Unsettled.BALANCE, Unsettled.LOAN)
    await member.tap("confirm")
    assert "payout.due" not in group.treasurer.names
    await pay(group, "1 میلیون ریال")
    assert await opened(member) == ["leave.can_settle"]
    assert (await member.tap("settle_and_go"))[0] == "leave.wish_kept"
    await group.treasurer.tap("paid_cash")
    await member.tap("received_it")
    assert await gone(stage, member)
    await stage.check()


async def test_savings_that_just_suffice_end_it_at_once_and_nobody_pays(stage: Stage) -> None:
    group = await lent(stage)  # she saved 10,000,000 and owes 10,100,000
    (member,) = group.members
    await pay(group, "۱۰ هزار تومان")
    box = await balance(stage, group, Account.CASH)
    assert await opened(member) == ["leave.at_once"]
    shown = member.last.facts["hers"]
    assert isinstance(shown, Settlement)
    assert (shown.savings, shown.debt, shown.total) == (Rial(10_000_000), Rial(10_000_000), Rial(0))
    assert (await member.tap("confirm"))[-1] == "leave.left"
    assert member.newest("repayment.receipt_slip").facts["from_savings"] is True
    assert await gone(stage, member)
    assert (await loan(stage)).state == "settled"
    assert group.chair.last.facts["evens_out"] is True
    assert "payout.due" not in group.treasurer.names
    assert await balance(stage, group, Account.SAVINGS, member.membership) == 0
    assert await balance(stage, group, Account.CASH) == box
    await stage.check()


async def test_what_no_longer_evens_out_is_shown_anew(stage: Stage) -> None:
    group = await lent(stage)
    (member,) = group.members
    await pay(group, "۱۰ هزار تومان")
    await report(member, "۱۰ هزار تومان")
    await opened(member)
    question = member.last
    await group.treasurer.tap("confirm_deposit")
    assert await member.tap("confirm", question) == ["refusals.terms_changed", "leave.as_a_wish"]
    assert not await gone(stage, member)


async def test_an_office_is_handed_over_before_it_ends_at_once(stage: Stage) -> None:
    group = await lent(stage, borrower=1)
    hers = group.everybody[0]
    await hers.press("menu_loans")
    await hers.tap("pay")
    await say(hers, "۱۰ هزار تومان")
    confirmer = group.chair if hers is group.treasurer else group.treasurer
    await confirmer.tap("confirm_deposit")
    assert await opened(hers) == ["leave.as_a_wish"]
    assert hers.last.facts["unsettled"] == (Unsettled.OFFICE,)
    assert (await hers.tap("confirm"))[0] == "leave.wish_kept"
    assert await opened(hers) == ["leave.take_back"]
    await stage.write(lambda conn: groups.end_terms(conn, stage.now, membership_id=hers.membership))
    assert await opened(hers) == ["leave.can_settle"]
    assert (await hers.tap("settle_and_go"))[-1] == "leave.left"
    assert await gone(stage, hers)
    await stage.check()


async def test_who_can_settle_by_now_may_still_stay(stage: Stage) -> None:
    group = await lent(stage)
    (member,) = group.members
    await opened(member)
    await member.tap("confirm")
    await pay(group, "1 میلیون ریال")
    await opened(member)
    assert (await member.tap("stay_after_all"))[0] == "leave.stays"


async def test_nothing_is_agreed_to_while_another_loan_waits_for_its_vote(stage: Stage) -> None:
    group = await lent(stage)
    (member,) = group.members
    await pay(group, "5 میلیون ریال")
    await asked(member, 200_000)
    assert await opened(member) == ["leave.as_a_wish"]
    assert member.last.facts["unsettled"] == (Unsettled.BALANCE, Unsettled.LOAN)
    assert "تا کار وام دیگرتان روشن نشود" in member.last.text
    assert "روی هم می‌گیرید" not in member.last.text
    await member.tap("confirm")
    assert await opened(member) == ["leave.take_back"]
    await voted(group, "n" * len(group.everybody))
    assert await opened(member) == ["leave.can_settle"]
    await member.tap("settle_and_go")
    await group.treasurer.tap("paid_cash")
    await member.tap("received_it")
    assert await gone(stage, member)
    await stage.check()


async def test_what_changed_until_it_is_paid_is_shown_anew(stage: Stage) -> None:
    group, member = await borrowed(stage)
    await opened(member)
    await member.tap("confirm")
    before = group.treasurer.last.fact("set_off", Rial)
    await stage.pass_days(32)
    assert await group.treasurer.tap("paid_cash") == ["payout.other_amount"]
    assert group.treasurer.last.fact("set_off", Rial) > before  # another month of the fee
    await group.treasurer.tap("paid_cash")
    assert (await loan(stage)).state == "settled"
    await stage.check()


async def test_what_changed_while_it_was_read_is_shown_anew(stage: Stage) -> None:
    group, member = await borrowed(stage)
    await report(member, "7 میلیون ریال")
    await opened(member)
    question = member.last
    await group.treasurer.tap("confirm_deposit")
    assert await member.tap("confirm", question) == ["refusals.terms_changed", "leave.as_a_wish"]
    assert member.last.facts["sets_off"] is False


async def test_a_loan_paid_back_meanwhile_is_not_set_off(stage: Stage) -> None:
    group, member = await borrowed(stage)
    await opened(member)
    await member.tap("confirm")
    await report(member, "6 میلیون ریال")
    await group.treasurer.tap("confirm_deposit")
    assert (await loan(stage)).state == "settled"
    assert await group.treasurer.tap("paid_cash") == ["payout.other_amount"]
    assert group.treasurer.last.facts["set_off"] == Rial(0)
    await group.treasurer.tap("paid_cash")
    await member.tap("received_it")
    assert await gone(stage, member)
    await stage.check()


async def test_what_was_set_off_stays_and_what_was_paid_before_can_be_reversed(stage: Stage) -> None:
    group, member = await borrowed(stage)
    await opened(member)
    await member.tap("confirm")
    await group.treasurer.tap("paid_cash")
    await member.tap("received_it")
    await group.treasurer.press("menu_reverse")
    await group.treasurer.tap("reverse_payment")
    offered = [choice for choice in group.treasurer.last.choices if choice.isdigit()]
    assert len(offered) == 1  # the instalment, not what was set off
    await group.treasurer.tap(offered[0])
    await group.treasurer.say("پولی نیامده بود")
    await group.treasurer.tap("confirm")
    await group.chair.tap("agree_reversal")
    assert (await loan(stage)).state == "running"
    assert await outstanding(stage, group) > 0
    await stage.check()


async def test_a_member_without_a_phone_leaves_by_her_helper(stage: Stage) -> None:
    group = await stage.group(members=2)
    helper, other = group.members
    hers = await served(stage, group, helper)
    await helper.press("menu_me")
    button = next(d for d in helper.last.buttons.values() if d.split(".")[1:3] == [str(hers), "leave"])
    assert await other.tap_data(button) == ["common.foreign_button"]
    assert await helper.tap_data(button) == ["leave.as_a_wish"]
    assert helper.last.facts["helped"] == "ننه صغری"
    assert await helper.tap("confirm") == ["leave.wish_kept"]
    assert await group.treasurer.tap("paid_cash") == ["payout.you_paid"]
    assert await helper.tap("received_it") == ["payout.receipt", "leave.left"]
    found = await stage.read(lambda conn: groups.member_by_id(conn, hers))
    assert found is not None
    assert found.state == "left"
    await stage.check()


async def test_a_treasurer_who_helps_her_does_not_confirm_what_he_wished_for(stage: Stage) -> None:
    group = await stage.group(members=1)
    hers = await served(stage, group, group.treasurer)
    await group.treasurer.press("menu_me")
    buttons = group.treasurer.last.buttons.values()
    await group.treasurer.tap_data(next(d for d in buttons if d.split(".")[1:3] == [str(hers), "leave"]))
    await group.treasurer.tap("confirm")
    assert "payout.due" not in group.treasurer.names
    assert await group.chair.tap("paid_cash") == ["payout.you_paid"]
    assert await group.treasurer.tap("received_it") == ["payout.receipt", "leave.left"]
    await stage.check()
