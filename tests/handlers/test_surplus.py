"""The surplus of closed years is shared by vote: it becomes savings, or is paid out and confirmed."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Update, update

from domain.bylaws import Bylaws, SurplusRule
from domain.ledger import Account
from domain.money import Rial
from domain.offices import Office
from storage import groups, passbooks
from storage.schema import payout
from storage.verify import verify
from tests.assembly import voted
from tests.lending import lending
from tests.phone import Heard, Phone
from tests.stage import Group, Stage
from tests.steps import save
from tests.years import a_year, balances, booked, closed, year_over

HERS = (Account.SURPLUS_PAYABLE, Account.SAVINGS)


async def proposed(who: Phone, amount: str = "7200005", way: str = "to_savings") -> list[str]:
    """Propose from the fund's page that so many rials be shared."""
    await who.press("menu_fund")
    await who.tap("share")
    await (who.tap(amount) if who.last.data(amount) else who.say(f"{amount} ریال"))
    await who.tap(way)
    return await who.tap("confirm")


def _now(state: str) -> Update:
    """Change the first member's payout behind the program's back."""
    return update(payout).where(payout.c.entry_id.is_not(None)).values(state=state)


async def a_surplus(stage: Stage) -> Group:
    """A group with 720,000 toman and five rials of surplus from 1405."""
    group = await a_year(stage)
    await closed(group)
    return group


async def shared(stage: Stage, group: Group, amount: str = "7200005", way: str = "to_savings") -> None:
    """Propose it and accept it; who does not vote is waited for."""
    await proposed(group.members[0], amount, way)
    await voted(group, "y" * len(group.everybody))
    await stage.pass_days(4)


async def held(stage: Stage, phone: Phone, group: Group) -> list[int]:
    """What a member is owed of the surplus, and what she has saved, in rials."""
    return await stage.read(
        lambda conn: [passbooks.balance_of(conn, group.id, one, phone.membership).rials for one in HERS]
    )


def due(payer: Phone, name: str) -> Heard:
    """The newest card that asks to pay this member."""
    return next(h for h in reversed(payer.heard) if h.name == "payout.due" and h.facts["name"] == name)


async def name_of(stage: Stage, phone: Phone) -> str:
    """What the bot calls somebody."""
    found = await stage.read(lambda conn: groups.member_by_id(conn, phone.membership))
    assert found is not None
    return found.name or ""


async def to_be_paid(stage: Stage) -> tuple[Group, Heard]:
    """A million rials for each of five is to be paid out; the card for the first member."""
    group = await a_surplus(stage)
    await shared(stage, group, "5000000", "pay_out")
    return group, due(group.treasurer, await name_of(stage, group.members[0]))


async def test_a_surplus_becomes_savings_in_equal_shares(stage: Stage) -> None:
    group = await a_surplus(stage)
    assert await proposed(group.members[0]) == ["vote.open", "propose.opened"]
    await voted(group, "yyyyy")
    for phone in group.everybody:
        assert phone.newest("share_surplus.yours").facts["amount"] == Rial(1_440_000)
        assert await held(stage, phone, group) == [0, 1_440_000]
    assert await balances(stage, group, Account.RETAINED_SURPLUS) == [5]


async def test_what_is_paid_out_is_booked_once_it_is_there(stage: Stage) -> None:
    group, card = await to_be_paid(stage)
    member, treasurer = group.members[0], group.treasurer
    assert await treasurer.tap("paid_cash", card) == ["payout.you_paid"]
    assert member.last.name == "payout.question"
    assert await held(stage, member, group) == [1_000_000, 0]
    asked = member.last
    assert await member.tap("received_it") == ["payout.receipt"]
    assert await held(stage, member, group) == [0, 0]
    assert treasurer.newest("payout.received").edited
    assert await member.tap("received_it", asked) == ["common.already_answered", "payout.received"]
    assert await treasurer.tap("paid_cash", card) == ["common.already_answered", "payout.received"]
    assert await balances(stage, group, Account.CASH) == [7_000_005]
    await stage.write(lambda conn: conn.execute(_now("due")).rowcount)
    found = await stage.read(lambda conn: [flaw.sentence for flaw in verify(conn)])
    assert found == ["payout 4 was not received and is booked"]
    await stage.write(lambda conn: conn.execute(_now("received")).rowcount)


async def test_money_that_is_not_there_waits_again(stage: Stage) -> None:
    group, card = await to_be_paid(stage)
    member, treasurer = group.members[0], group.treasurer
    assert await treasurer.tap("paid_transfer", card) == ["refusals.too_little_there"]
    await treasurer.tap("paid_cash", card)
    assert await member.tap("not_received_it") == ["payout.you_denied"]
    assert treasurer.last.name == "payout.not_received"
    assert await balances(stage, group, Account.CASH) == [8_000_005]
    await treasurer.tap("paid_cash", due(treasurer, await name_of(stage, member)))
    await member.tap("received_it")
    assert await held(stage, member, group) == [0, 0]


async def test_the_chair_pays_the_treasurer(stage: Stage) -> None:
    group, _ = await to_be_paid(stage)
    hers = await name_of(stage, group.treasurer)
    assert all(h.facts["name"] != hers for h in group.treasurer.heard if h.name == "payout.due")
    await group.chair.tap("paid_cash", due(group.chair, hers))
    assert await group.treasurer.tap("received_it") == ["payout.receipt"]
    assert await held(stage, group.treasurer, group) == [0, 0]


async def test_a_new_treasurer_pays_what_the_old_one_had_not(stage: Stage) -> None:
    group, card = await to_be_paid(stage)
    await stage.appoint(group, Office.TREASURER, group.members[1])
    assert await group.treasurer.tap("paid_cash", card) == ["refusals.not_yours_to_confirm"]
    await group.members[1].say("/menu")
    await group.members[1].press("menu_waiting")
    assert group.members[1].names.count("payout.due") == 4


async def test_only_who_gets_it_says_that_it_is_there(stage: Stage) -> None:
    group, card = await to_be_paid(stage)
    await group.treasurer.tap("paid_cash", card)
    data = next(iter(group.members[0].last.buttons.values()))
    assert await group.treasurer.tap_data(data) == ["common.foreign_button"]
    assert await group.secretary.press("menu_waiting") == ["waiting.nothing"]


async def test_after_three_days_another_officer_may_witness_it(stage: Stage) -> None:
    group, card = await to_be_paid(stage)
    await group.treasurer.tap("paid_cash", card)
    await stage.pass_days(3)
    await group.secretary.press("menu_waiting")
    await group.secretary.tap("received_it")
    assert group.members[0].last.name == "payout.receipt"
    assert await held(stage, group.members[0], group) == [0, 0]


async def test_a_helper_says_that_it_is_there(stage: Stage) -> None:
    group = await stage.group()
    helper = group.members[0]
    await stage.phoneless(group.id, helper)
    await booked(stage, group, (Account.FINES, Rial(9_000_000)))
    await year_over(stage, 1405)
    await closed(group)
    await shared(stage, group, "6000000", "pay_out")
    assert "ننه صغری" in helper.heard[-1].text
    await group.treasurer.tap("paid_cash", due(group.treasurer, "ننه صغری"))
    assert helper.last.facts["name"] == "ننه صغری"
    await helper.tap("received_it")
    assert "ننه صغری" in helper.newest("payout.receipt").text


async def test_saving_time_weighs_who_saved_more_and_longer(stage: Stage) -> None:
    group = await stage.group()
    first, second, third = group.members
    await lending(stage, group, Bylaws(surplus_rule=SurplusRule.SAVING_TIME))
    await save(group, first)
    await save(group, second, "2500000 ریال")
    await booked(stage, group, (Account.FINES, Rial(1_000_000)))
    await year_over(stage, 1405)
    await closed(group)
    await shared(stage, group, "900000")
    assert await held(stage, first, group) == [0, 5_600_000]
    assert await held(stage, second, group) == [0, 2_800_000]
    assert "share_surplus.yours" not in third.names


async def test_without_bylaws_shares_are_equal_only_while_the_savings_are(stage: Stage) -> None:
    group = await stage.group()
    first, second, _ = group.members
    await save(group, first)
    await save(group, second, "2500000 ریال")
    await booked(stage, group, (Account.FINES, Rial(1_000_000)))
    await year_over(stage, 1405)
    await closed(group)
    await shared(stage, group, "900000")
    assert await held(stage, first, group) == [0, 5_600_000]
    assert await held(stage, second, group) == [0, 2_800_000]
    words = group.chair.newest("vote.accepted").fact("words", str)
    assert stage.texts.label("surplusrule_saving_time") in words


async def test_who_came_after_the_year_and_who_left_get_nothing(stage: Stage) -> None:
    group = await a_surplus(stage)
    newcomer, leaver = await stage.member(group.id), group.members[1]
    await leaver.press("menu_me")
    await leaver.tap("leave")
    await leaver.tap("confirm")
    await shared(stage, replace(group, members=[group.members[0], newcomer]))
    assert await held(stage, newcomer, group) == [0, 0]
    assert await held(stage, leaver, group) == [0, 0]
    assert await held(stage, group.members[0], group) == [0, 1_800_000]


async def test_never_more_than_there_is(stage: Stage) -> None:
    group = await a_surplus(stage)
    await proposed(group.members[0])
    await booked(stage, group, (Account.RETAINED_SURPLUS, Rial(-7_000_005)))
    await voted(group, "yyyyy")
    assert await held(stage, group.members[0], group) == [0, 40_000]
    assert await balances(stage, group, Account.RETAINED_SURPLUS) == [0]


async def test_nothing_is_shared_where_nothing_is_left(stage: Stage) -> None:
    group = await a_surplus(stage)
    await proposed(group.members[0])
    await booked(stage, group, (Account.RETAINED_SURPLUS, Rial(-7_200_005)))
    await voted(group, "yyyyy")
    assert "share_surplus.nothing_shared" in group.members[0].names
    assert await balances(stage, group, Account.RETAINED_SURPLUS) == [0]


async def test_what_is_rejected_changes_nothing(stage: Stage) -> None:
    group = await a_surplus(stage)
    await proposed(group.members[0])
    await voted(group, "ynnnn")
    assert await balances(stage, group, Account.RETAINED_SURPLUS) == [7_200_005]


async def test_what_cannot_be_shared_is_said_before_the_vote(stage: Stage) -> None:
    group = await a_surplus(stage)
    first, second = group.members
    await first.press("menu_fund")
    await first.tap("share")
    assert await first.say("۸۰۰ هزار تومان") == ["refusals.more_than_the_surplus"]
    await first.tap("7200005")
    await first.tap("to_savings")
    await booked(stage, group, (Account.RETAINED_SURPLUS, Rial(-200_005)))
    assert await first.tap("confirm") == ["refusals.more_than_the_surplus", "share_surplus.amount"]
    await second.press("menu_fund")
    share = second.last
    await proposed(second, "7000000")
    assert await second.tap("share", share) == ["refusals.your_proposal_is_open"]
    assert await group.chair.press("menu_fund") == ["fund.totals"]
    assert await group.chair.tap("share") == ["refusals.surplus_is_voted_on"]


async def test_a_sum_of_which_nobody_gets_anything_is_refused(stage: Stage) -> None:
    group = await stage.group()
    await booked(stage, group, (Account.FINES, Rial(4_000)))
    await year_over(stage, 1405)
    await closed(group)
    said = await proposed(group.members[0], "3600")
    assert said == ["refusals.too_little_for_everybody", "share_surplus.amount"]


async def test_an_open_year_is_closed_first(stage: Stage) -> None:
    group = await a_year(stage)
    await booked(stage, group, (Account.RETAINED_SURPLUS, Rial(1_000_000)))
    await group.members[0].press("menu_fund")
    assert await group.members[0].tap("share") == ["refusals.close_the_year_first"]
