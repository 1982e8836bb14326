from __future__ import annotations

from conversations.talks.leave import Unsettled
from domain.money import Rial
from storage import groups, passbooks
from storage.groups import MemberRow
from tests.phone import Phone
from tests.stage import Stage
from tests.steps import report, save


async def member_of(stage: Stage, phone: Phone) -> MemberRow:
    found = await stage.read(lambda conn: groups.member_by_id(conn, phone.membership))
    assert found is not None
    return found


async def leave(member: Phone) -> list[str]:
    await member.press("menu_me")
    await member.tap("leave")
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
