from __future__ import annotations

import pytest

from domain.ids import MembershipId
from domain.money import Rial
from domain.offices import Office
from storage import passbooks
from tests.stage import Stage
from tests.steps import report, save

USUAL = Rial.from_toman(500_000)


async def saved(stage: Stage, membership: MembershipId) -> Rial:
    return await stage.read(lambda conn: passbooks.member_balance(conn, membership))


async def test_an_update_delivered_again_changes_nothing(stage: Stage) -> None:
    group = await stage.group()
    member, treasurer = group.members[0], group.treasurer
    await report(member)
    assert await stage.repeat() == []
    assert treasurer.names == ["deposit.waiting"]
    await treasurer.tap("confirm_deposit")
    assert await stage.repeat() == []
    assert member.names.count("saving.receipt_slip") == 1
    assert await saved(stage, member.membership) == USUAL


async def test_a_second_tap_on_confirm_shows_how_it_stands(stage: Stage) -> None:
    group = await stage.group()
    member, treasurer = group.members[0], group.treasurer
    await report(member)
    card = treasurer.last
    await treasurer.tap("confirm_deposit", card)
    assert await treasurer.tap("confirm_deposit", card) == ["common.already_answered", "deposit.confirmed"]
    assert await treasurer.tap("not_received", card) == ["common.already_answered", "deposit.confirmed"]
    assert await saved(stage, member.membership) == USUAL


async def test_a_second_tap_on_the_last_question_reports_once(stage: Stage) -> None:
    group = await stage.group()
    member, treasurer = group.members[0], group.treasurer
    await report(member)
    asked = member.newest("saving.confirm")
    assert await member.tap("confirm", asked) == ["common.question_over"]
    assert treasurer.names == ["deposit.waiting"]


async def test_a_button_of_an_answered_question_puts_the_open_one_again(stage: Stage) -> None:
    member = (await stage.group()).members[0]
    await member.press("menu_save")
    asked = member.last
    await member.tap("5000000")
    assert await member.tap("5000000", asked) == ["common.already_answered", "saving.way"]
    assert await member.tap("cash") == ["saving.confirm"]


async def test_a_card_older_than_its_picture_gives_way_to_a_new_one(stage: Stage) -> None:
    group = await stage.group()
    member, treasurer = group.members[0], group.treasurer
    await report(member, way="transfer")
    card = treasurer.last
    await member.picture()
    assert await treasurer.tap("confirm_deposit", card) == ["common.already_answered", "deposit.waiting"]
    assert await saved(stage, member.membership) == Rial(0)
    await treasurer.tap("confirm_deposit")
    assert await saved(stage, member.membership) == USUAL


async def test_a_button_is_worthless_in_another_persons_hands(stage: Stage) -> None:
    group = await stage.group(members=2)
    member, other = group.members
    await report(member)
    stolen = group.treasurer.last.data("confirm")
    assert stolen is not None
    for phone in (member, other, group.chair, stage.phone()):
        assert await phone.tap_data(stolen) == ["common.foreign_button"]
    assert await saved(stage, member.membership) == Rial(0)
    assert group.treasurer.last.name == "deposit.waiting"


async def test_a_question_is_answered_only_by_whom_it_was_put_to(stage: Stage) -> None:
    group = await stage.group(members=2)
    member, other = group.members
    await member.press("menu_save")
    stolen = member.last.data("5000000")
    assert stolen is not None
    await other.press("menu_save")
    assert await other.tap_data(stolen) == ["common.foreign_button"]
    assert await member.tap("5000000") == ["saving.way"]


async def test_what_two_may_decide_is_decided_once(stage: Stage) -> None:
    group = await stage.group()
    member, treasurer = group.members[0], group.treasurer
    await report(member)
    card = treasurer.last
    await stage.appoint(group, Office.TREASURER, group.chair)
    await group.chair.press("menu_waiting")
    await group.chair.tap("confirm_deposit")
    assert await treasurer.tap("confirm_deposit", card) == [
        "common.already_answered",
        "deposit.confirmed",
    ]
    assert member.names.count("saving.receipt_slip") == 1


async def test_a_refusal_begun_twice_ends_once(stage: Stage) -> None:
    group = await stage.group()
    member, treasurer = group.members[0], group.treasurer
    await report(member)
    card = treasurer.last
    await treasurer.tap("not_received", card)
    await treasurer.tap("confirm_deposit", card)
    await treasurer.say("نرسیده")
    assert await treasurer.tap("confirm") == ["refusals.already_decided"]
    assert await saved(stage, member.membership) == USUAL
    assert "deposit.not_received" not in member.names


async def test_every_tap_is_acknowledged_to_the_platform(stage: Stage) -> None:
    group = await stage.group()
    await save(group, group.members[0])
    assert len(group.members[0].answered) == 3
    assert len(group.treasurer.answered) == 1


async def test_made_up_buttons_do_nothing(stage: Stage) -> None:
    group = await stage.group()
    await report(group.members[0])
    for data in ("", "d", "d.1.confirm.1", "d.1.confirm.1.AAAAAAAAAAAA", "....", "x" * 64, "د.۱.تأیید.۱.س"):
        assert await group.treasurer.tap_data(data) == ["common.foreign_button"]


async def test_a_tap_that_fails_for_good_stops_its_waiting_sign(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = (await stage.group()).members[0]
    await member.press("menu_save")
    monkeypatch.setattr(stage, "_answer", stage.desk.handle_failure)
    assert await member.tap("5000000") == ["common.our_mistake"]
    assert len(member.answered) == 1
