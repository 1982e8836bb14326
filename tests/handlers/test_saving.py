from __future__ import annotations

from domain.money import Rial
from domain.offices import Office
from domain.posting import Way
from storage import passbooks
from tests.phone import Phone
from tests.stage import Stage
from tests.steps import report, save

USUAL = Rial.from_toman(500_000)


async def balance(stage: Stage, member: Phone) -> Rial:
    return await stage.read(lambda conn: passbooks.member_balance(conn, member.membership))


async def test_a_saving_goes_from_thumb_to_book(stage: Stage) -> None:
    group = await stage.group()
    member, treasurer = group.members[0], group.treasurer
    assert await member.press("menu_save") == ["saving.amount"]
    assert await member.tap("5000000") == ["saving.way"]
    assert await member.tap("transfer") == ["saving.receipt"]
    assert await member.picture() == ["saving.confirm"]
    assert member.last.facts["parts"] == ((1, USUAL),)
    assert await member.tap("confirm") == ["saving.written_down"]

    assert treasurer.names == ["deposit.waiting"]
    assert treasurer.last.picture_id is not None
    assert treasurer.last.facts["way"] is Way.TRANSFER
    assert await balance(stage, member) == Rial(0)

    assert await treasurer.tap("confirm_deposit") == []
    assert treasurer.names == ["deposit.confirmed"]
    assert treasurer.last.edited
    assert treasurer.last.choices == ()
    assert member.last.name == "saving.receipt_slip"
    assert member.last.facts["balance"] == USUAL
    assert await balance(stage, member) == USUAL


async def test_the_receipt_names_the_balance_after_every_saving(stage: Stage) -> None:
    group = await stage.group()
    member = group.members[0]
    for toman in (200_000, 300_000, 100_000):
        await save(group, member, f"{toman} تومان")
    slips = [heard for heard in member.heard if heard.name == "saving.receipt_slip"]
    assert [slip.facts["balance"] for slip in slips] == [
        Rial.from_toman(t) for t in (200_000, 500_000, 500_000)
    ]
    assert [slip.facts["number"] for slip in slips] == [1, 2, 3]
    assert slips[-1].facts["advance"] == Rial.from_toman(100_000)


async def test_a_picture_alone_joins_the_report_that_lacks_one(stage: Stage) -> None:
    group = await stage.group()
    member, treasurer = group.members[0], group.treasurer
    await report(member, way="transfer")
    assert await member.picture("late") == ["saving.receipt_added"]
    assert treasurer.names == ["deposit.waiting", "deposit.waiting"]
    assert [heard.picture_id is not None for heard in treasurer.heard] == [False, True]
    assert await member.picture("one more") == ["common.picture_without_matter"]
    await treasurer.tap("confirm_deposit")
    assert member.last.name == "saving.receipt_slip"


async def test_the_treasurer_counted_less_and_the_member_agrees(stage: Stage) -> None:
    group = await stage.group()
    member, treasurer = group.members[0], group.treasurer
    await report(member)
    assert await treasurer.tap("other_amount") == ["other_amount.counted"]
    assert await treasurer.say("۴۵۰ هزار تومان") == ["other_amount.confirm"]
    assert await treasurer.tap("confirm") == ["deposit.offer_sent"]
    assert treasurer.heard[0].name == "deposit.offered"
    assert member.last.name == "deposit.offer"
    assert await balance(stage, member) == Rial(0)

    assert await member.tap("agree_amount") == ["saving.receipt_slip"]
    assert member.newest("deposit.confirmed").edited
    assert treasurer.heard[0].name == "deposit.confirmed"
    assert await balance(stage, member) == Rial.from_toman(450_000)


async def test_the_member_does_not_agree_and_it_waits_again(stage: Stage) -> None:
    group = await stage.group()
    member, treasurer = group.members[0], group.treasurer
    await report(member)
    await treasurer.tap("other_amount")
    await treasurer.say("۴۵۰ هزار تومان")
    await treasurer.tap("confirm")
    offered = member.last
    assert await member.tap("disagree_amount") == ["deposit.you_declined_offer"]
    assert "agree" not in {choice for heard in member.heard for choice in heard.choices}
    assert treasurer.names[-2:] == ["deposit.offer_declined", "deposit.waiting"]
    assert await member.tap("agree_amount", offered) == ["common.already_answered", "deposit.still_waiting"]
    await treasurer.tap("confirm_deposit")
    assert await balance(stage, member) == USUAL


async def test_counting_what_was_reported_books_it(stage: Stage) -> None:
    group = await stage.group()
    member, treasurer = group.members[0], group.treasurer
    await report(member)
    await treasurer.tap("other_amount")
    await treasurer.say("۵۰۰ هزار تومان")
    assert await treasurer.tap("confirm") == ["deposit.you_confirmed"]
    assert await balance(stage, member) == USUAL


async def test_money_that_did_not_arrive_is_said_with_its_reason(stage: Stage) -> None:
    group = await stage.group()
    member, treasurer = group.members[0], group.treasurer
    await report(member)
    assert await treasurer.tap("not_received") == ["not_received.reason"]
    await treasurer.say("در صندوق نبود")
    assert await treasurer.tap("confirm") == ["deposit.you_refused"]
    assert treasurer.heard[0].name == "deposit.refused"
    assert member.last.name == "deposit.not_received"
    assert member.last.facts["reason"] == "در صندوق نبود"
    assert await balance(stage, member) == Rial(0)
    await save(group, member)
    assert await balance(stage, member) == USUAL


async def test_the_treasurers_own_saving_goes_to_the_chair(stage: Stage) -> None:
    group = await stage.group()
    await report(group.treasurer)
    assert "deposit.waiting" not in group.treasurer.names
    assert group.chair.names == ["deposit.waiting"]
    await group.chair.tap("confirm_deposit")
    assert group.treasurer.last.name == "saving.receipt_slip"


async def test_with_vacant_offices_the_facilitator_confirms(stage: Stage) -> None:
    group = await stage.group(offices=())
    await report(group.members[0])
    assert group.facilitator.names == ["deposit.waiting"]
    await group.facilitator.tap("confirm_deposit")
    assert group.members[0].last.name == "saving.receipt_slip"


async def test_where_nobody_may_confirm_it_waits(stage: Stage) -> None:
    group = await stage.group(offices=(), members=0)
    await stage.member(group.id, phone=group.facilitator)
    await report(group.facilitator)
    assert group.facilitator.last.name == "saving.nobody_to_confirm"
    assert await group.facilitator.press("menu_waiting") == ["waiting.nothing"]


async def test_a_helper_saves_for_a_member_without_a_phone(stage: Stage) -> None:
    group = await stage.group()
    helper = group.members[0]
    served = await stage.phoneless(group.id, helper)
    assert await helper.press("menu_save") == ["saving.payer"]
    assert await helper.tap(str(served)) == ["saving.amount"]
    await helper.tap("5000000")
    await helper.tap("cash")
    await helper.tap("confirm")
    assert group.treasurer.last.facts["helped"] is True
    await group.treasurer.tap("confirm_deposit")
    assert helper.last.name == "saving.receipt_slip"
    assert "ننه صغری" in helper.last.text.splitlines()[0]
    assert await stage.read(lambda conn: passbooks.member_advance(conn, served)) == USUAL


async def test_the_treasurer_confirms_nobody_she_helps(stage: Stage) -> None:
    group = await stage.group()
    served = await stage.phoneless(group.id, group.treasurer)
    await group.treasurer.press("menu_save")
    await group.treasurer.tap(str(served))
    await group.treasurer.tap("5000000")
    await group.treasurer.tap("cash")
    await group.treasurer.tap("confirm")
    assert group.chair.names == ["deposit.waiting"]


async def test_when_all_have_paid_board_and_facilitator_hear_it_once(stage: Stage) -> None:
    group = await stage.group(members=1)
    for phone in (group.members[0], group.chair):
        await save(group, phone)
    await report(group.treasurer)
    assert "saving.round_complete" not in group.facilitator.names
    await group.chair.tap("confirm_deposit")
    for phone in (group.facilitator, group.chair, group.treasurer):
        assert phone.names.count("saving.round_complete") == 1
    assert "saving.round_complete" not in group.members[0].names
    await save(group, group.members[0])
    assert group.facilitator.names.count("saving.round_complete") == 1


async def test_too_much_fills_other_unpaid_rounds_before_it_becomes_an_advance(stage: Stage) -> None:
    group = await stage.group()
    member = group.members[0]
    await stage.pass_days(31)
    await member.press("menu_save")
    await member.say("1,200,000")
    await member.tap("cash")
    assert member.last.choices[:2] == ("2", "1")
    await member.tap("2")
    assert member.last.facts["parts"] == ((2, USUAL), (1, USUAL))
    assert member.last.facts["advance"] == Rial.from_toman(200_000)


async def test_everything_that_waits_is_listed_oldest_first(stage: Stage) -> None:
    group = await stage.group(members=2)
    for phone in group.members:
        await report(phone)
    before = len(group.treasurer.heard)
    await group.treasurer.press("menu_waiting")
    heard = [h for h in group.treasurer.heard[before:] if not h.name.startswith("common.")]
    assert [h.name for h in heard] == ["waiting.count", "deposit.waiting", "deposit.waiting"]
    assert heard[0].facts["count"] == 2
    assert await group.chair.press("menu_waiting") == ["waiting.nothing"]


async def test_a_new_treasurer_decides_what_waited_for_the_old_one(stage: Stage) -> None:
    group = await stage.group(members=2)
    member, successor = group.members
    await report(member)
    await stage.appoint(group, Office.TREASURER, successor)
    assert await group.treasurer.tap("confirm_deposit") == ["refusals.not_yours_to_confirm"]
    await successor.press("menu_waiting")
    await successor.tap("confirm_deposit")
    assert member.last.name == "saving.receipt_slip"


async def test_so_many_reports_may_wait_and_no_more(stage: Stage) -> None:
    group = await stage.group()
    member = group.members[0]
    for _ in range(12):
        await report(member, "100,000")
    await report(member, "100,000")
    assert member.last.name == "refusals.too_many_waiting"
