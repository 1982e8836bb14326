from __future__ import annotations

from conversations.talks.leave import Unsettled
from domain.money import Rial
from domain.offices import Office
from storage import groups, passbooks
from storage.groups import MemberRow
from tests.lending import funded, granted, lending, spent
from tests.phone import Phone
from tests.stage import Group, Stage
from tests.steps import report, save


async def member_of(stage: Stage, phone: Phone) -> MemberRow:
    found = await stage.read(lambda conn: groups.member_by_id(conn, phone.membership))
    assert found is not None
    return found


async def leave(member: Phone) -> list[str]:
    """Say that one wants to leave oneself, whomever one helps."""
    await member.press("menu_me")
    own = f".{member.membership}.leave."
    await member.tap_data(next(data for data in member.last.buttons.values() if own in data))
    return await member.tap("confirm")


async def test_who_has_nothing_in_the_fund_leaves_at_once(stage: Stage) -> None:
    group = await stage.group()
    member = group.members[0]
    assert await leave(member) == ["leave.left"]
    assert (await member_of(stage, member)).state == "left"
    assert group.chair.last.name == group.facilitator.last.name == "leave.told_left"
    assert stage.texts.label("menu_save") not in member.last.menu
    await member.press("menu_me")
    assert await member.tap("my_data") == ["me.stored", "me.stored_money"]


async def test_a_round_no_longer_waits_for_who_has_left(stage: Stage) -> None:
    group = await stage.group(members=1)
    await leave(group.members[0])
    await save(group, group.chair)
    await report(group.treasurer)
    await group.chair.tap("confirm_deposit")
    assert "saving.round_complete" in group.facilitator.names


async def test_who_has_money_in_the_fund_keeps_a_wish_and_saves_no_more(stage: Stage) -> None:
    group = await stage.group()
    member = group.members[0]
    await save(group, member)
    assert await leave(member) == ["leave.wish_kept"]
    assert member.last.facts["unsettled"] == (Unsettled.BALANCE,)
    assert (await member_of(stage, member)).leave_wished_at == stage.now
    assert group.chair.last.name == group.facilitator.last.name == "leave.told_wish"
    assert await member.press("menu_save") == ["refusals.leaving_saves_no_more"]
    await stage.pass_days(31)
    assert await leave(member) == ["leave.stays"]
    assert (await member_of(stage, member)).leave_wished_at is None
    assert await member.press("menu_save") == ["saving.amount"]


async def test_who_stays_has_her_advance_used_in_the_open_round(stage: Stage) -> None:
    group = await stage.group()
    member = group.members[0]
    await save(group, member, "۱ میلیون تومان")
    await leave(member)
    await stage.pass_days(31)
    assert "saving.advance_used" not in member.names
    assert await leave(member) == ["leave.stays", "saving.advance_used"]
    assert await stage.read(lambda conn: passbooks.member_advance(conn, member.membership)) == Rial(0)


async def test_office_help_and_waiting_money_are_settled_first(stage: Stage) -> None:
    group = await stage.group()
    chair = group.chair
    await stage.phoneless(group.id, chair)
    await chair.press("menu_save")
    await chair.tap(str(chair.membership))
    await chair.tap("5000000")
    await chair.tap("cash")
    await chair.tap("confirm")
    assert await leave(chair) == ["leave.wish_kept"]
    assert chair.last.facts["unsettled"] == (Unsettled.WAITING, Unsettled.OFFICE, Unsettled.HELPS)


async def test_nobody_leaves_in_another_persons_name(stage: Stage) -> None:
    group = await stage.group()
    first, second = group.members[0], group.members[1]
    await first.press("menu_me")
    data = next(d for d in first.last.buttons.values() if d.split(".")[2] == "leave")
    assert await second.tap_data(data) == ["common.foreign_button"]
    assert (await member_of(stage, first)).state == "admitted"


async def wishes(stage: Stage) -> tuple[Group, Phone]:
    """A member with a saving and an advance wants to leave."""
    group = await stage.group()
    member = group.members[0]
    await save(group, member, "۷۰۰ هزار تومان")
    assert await leave(member) == ["leave.wish_kept"]
    return group, member


async def test_who_leaves_gets_all_that_is_hers_and_has_then_left(stage: Stage) -> None:
    group, member = await wishes(stage)
    assert group.treasurer.last.facts["amount"] == Rial.from_toman(700_000)
    assert await group.treasurer.tap("paid_cash") == ["payout.you_paid"]
    assert (await member_of(stage, member)).state == "admitted"
    assert await member.tap("received_it") == ["payout.receipt", "leave.left"]
    assert (await member_of(stage, member)).state == "left"
    assert group.chair.last.name == group.facilitator.last.name == "leave.told_left_paid"
    assert await stage.read(lambda conn: passbooks.member_balance(conn, member.membership)) == Rial(0)


async def test_who_is_settled_up_does_not_stay_and_is_paid_once(stage: Stage) -> None:
    group, member = await wishes(stage)
    card = group.treasurer.last
    await group.treasurer.tap("paid_cash", card)
    assert await leave(member) == ["refusals.settled_already"]
    assert await member.tap("not_received_it") == ["payout.you_denied"]
    assert member.newest("payout.waits").edited
    assert await leave(member) == ["refusals.settled_already"]
    assert await group.treasurer.tap("paid_cash", card) == ["common.already_answered", "payout.due"]
    await group.treasurer.tap("paid_cash")
    await member.tap("received_it")
    assert (await member_of(stage, member)).state == "left"


async def test_who_stays_is_not_paid(stage: Stage) -> None:
    group, member = await wishes(stage)
    card = group.treasurer.last
    await leave(member)
    assert member.last.name == "leave.stays"
    assert await group.treasurer.tap("paid_cash", card) == ["common.already_answered", "payout.dropped"]


async def test_what_else_is_open_comes_before_the_money(stage: Stage) -> None:
    group = await stage.group()
    member = group.members[0]
    await stage.phoneless(group.id, member)
    await member.press("menu_save")
    await member.tap(str(member.membership))
    await member.tap("5000000")
    await member.tap("cash")
    await member.tap("confirm")
    await group.treasurer.tap("confirm_deposit")
    await leave(member)
    assert await group.treasurer.tap("paid_cash") == ["refusals.leaver_not_settled"]
    assert group.treasurer.last.facts["unsettled"] == (Unsettled.HELPS,)


async def test_the_sum_of_the_day_it_is_paid_counts(stage: Stage) -> None:
    group = await stage.group()
    member = group.members[0]
    await save(group, member)
    await report(member, "100,000")
    await leave(member)
    await group.treasurer.tap("confirm_deposit")
    assert await group.treasurer.tap("paid_cash") == ["payout.other_amount"]
    assert group.treasurer.last.facts["amount"] == Rial.from_toman(600_000)
    await group.treasurer.tap("paid_cash")
    await member.tap("received_it")
    assert (await member_of(stage, member)).state == "left"


async def test_what_a_member_took_along_is_not_reversed_any_more(stage: Stage) -> None:
    """The group could pay it; but she has nothing left from which it could be taken."""
    group = await stage.group(offices=tuple(Office))
    member = group.members[0]
    for phone in (member, group.members[1]):
        await save(group, phone)
    await group.treasurer.press("menu_reverse")
    await group.treasurer.tap_data(list(group.treasurer.last.buttons.values())[1])
    await group.treasurer.say("دو بار نوشته شده")
    await group.treasurer.tap("confirm")
    await leave(member)
    await group.treasurer.tap("paid_cash")
    await member.tap("received_it")
    assert (await member_of(stage, member)).state == "left"
    assert await group.chair.tap("agree_reversal") == ["refusals.member_has_too_little"]
    assert await stage.read(lambda conn: passbooks.member_balance(conn, member.membership)) == Rial(0)


async def test_what_a_leaver_waits_for_is_lent_to_nobody(stage: Stage) -> None:
    """Two million stay in the box: one of them is hers who wishes to leave, until she has it or stays."""
    group = await stage.group()
    await lending(stage, group)
    await funded(stage, group)
    borrower, leaver, treasurer = group.members[0], group.members[1], group.treasurer
    await granted(stage, group, borrower, 2_000_000)
    await spent(stage, group, 2_500_000)
    await leave(leaver)
    await treasurer.tap("cash", treasurer.newest("loan.pay"))
    assert treasurer.last.name == "refusals.loan_waits_for_money"
    await borrower.press("menu_loans")
    assert borrower.newest("loan.page").facts["money"] == Rial(0)
    await leave(leaver)
    await treasurer.tap("cash", treasurer.newest("loan.pay"))
    await leave(leaver)
    assert (await borrower.tap("receive"))[-1] == "loan.receipt_slip"
