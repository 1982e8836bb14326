"""What is owed for saving late is waived by the assembly, set off as somebody leaves, and looked through."""

from __future__ import annotations

from sqlalchemy import update

from conversations.talks.leave import Settlement, Unsettled
from domain.ledger import Account
from domain.money import Rial
from domain.posting import Way
from domain.votes import Outcome
from storage.schema import cash_move
from storage.verify import verify
from tests.assembly import proposal
from tests.handlers.test_expulsion import expelled
from tests.handlers.test_late_fines import TWENTY, late, owed, paid, round_button, seen
from tests.lending import funded
from tests.stage import Group, Stage
from tests.steps import reversal_asked
from tests.years import balances


async def waiver_proposed(group: Group) -> list[str]:
    """The secretary proposes, from the page of the round, that its fine is waived."""
    await group.secretary.press("menu_rounds")
    await group.secretary.tap_data(round_button(group.secretary, 2))
    assert await group.secretary.tap("waive_fine") == ["waive_fine.which"]
    await group.secretary.tap("1")
    await group.secretary.say("بیمارستان بود")
    return await group.secretary.tap("confirm")


async def all_say(group: Group, said: str) -> None:
    """Everybody but who owes it votes alike."""
    for phone in group.everybody:
        if phone is not group.members[0]:
            await phone.tap(said, phone.newest("vote.open"))


async def test_all_but_her_may_waive_it(stage: Stage) -> None:
    group = await late(stage)
    her = group.members[0]
    assert await waiver_proposed(group) == ["vote.open", "propose.opened"]
    assert "vote.open" not in her.names
    assert "بیمارستان بود" in group.chair.newest("vote.open").fact("words", str)
    await all_say(group, "yes")
    assert (await proposal(stage, 2)).state == Outcome.ACCEPTED
    told = her.newest("waive_fine.told_saver").facts
    assert (told["amount"], told["rounds"], told["number"]) == (TWENTY, [2], 2)
    assert await owed(stage, group) == []
    assert await seen(her) == []
    assert await balances(stage, group, Account.FINES) == [0]
    await stage.check()


async def test_a_fine_that_is_not_waived_stays_owed(stage: Stage) -> None:
    group = await late(stage)
    await waiver_proposed(group)
    await all_say(group, "no")
    assert await owed(stage, group) == [(group.members[0].membership, 2)]
    assert "waive_fine.told_saver" not in group.members[0].names


async def test_a_fine_of_a_later_round_is_owed_though_an_earlier_one_was_waived(stage: Stage) -> None:
    group = await late(stage)
    await waiver_proposed(group)
    await all_say(group, "yes")
    await stage.pass_days(31)
    assert (group.members[0].membership, 3) in await owed(stage, group)
    assert (group.members[0].membership, 2) not in await owed(stage, group)


async def test_what_is_paid_during_the_vote_stays_paid_and_is_not_owed_once_reversed(
    stage: Stage,
) -> None:
    group = await late(stage)
    her = group.members[0]
    await waiver_proposed(group)
    await paid(her)
    await group.treasurer.tap("agree_move")
    await all_say(group, "yes")
    assert group.secretary.last.name == "waive_fine.nothing_done"
    assert "waive_fine.told_saver" not in her.names
    assert await balances(stage, group, Account.FINES) == [TWENTY.rials]
    await reversal_asked(group.chair, "move")
    await group.secretary.tap("agree_reversal")
    assert await owed(stage, group) == []
    await stage.check()


async def test_nobody_proposes_to_waive_her_own_fine_nor_twice(stage: Stage) -> None:
    group = await late(stage)
    await waiver_proposed(group)
    await group.chair.press("menu_rounds")
    await group.chair.tap_data(round_button(group.chair, 2))
    assert await group.chair.tap("waive_fine") == ["refusals.no_fine_to_waive"]
    button = group.chair.newest("rounds.one").data("waive_fine")
    assert button is not None
    assert await group.members[0].tap_data(button) == ["common.foreign_button"]


async def test_who_leaves_agrees_that_her_fine_is_taken_from_her_savings(stage: Stage) -> None:
    group = await late(stage)
    her = group.members[0]
    await funded(stage, group, 500_000)
    await her.press("menu_me")
    assert await her.tap("leave") == ["leave.as_a_wish"]
    shown = her.last.fact("hers", Settlement)
    assert (shown.fines, shown.total) == (TWENTY, shown.savings - TWENTY)
    await her.tap("confirm")
    assert group.treasurer.newest("payout.due").facts["set_off"] == TWENTY
    await group.treasurer.tap("paid_cash")
    assert her.newest("pay_fine.receipt").facts["way"] is Way.SAVINGS
    assert await balances(stage, group, Account.FINES) == [TWENTY.rials]
    assert (await her.tap("received_it"))[-1] == "leave.left"
    assert await owed(stage, group) == []
    await stage.check()
    await group.chair.press("menu_reverse")
    assert "reverse_move" not in group.chair.last.choices


async def test_a_fine_that_savings_do_not_reach_is_paid_before_she_leaves(stage: Stage) -> None:
    group = await late(stage)
    her = group.members[0]
    await her.press("menu_me")
    assert await her.tap("leave") == ["leave.as_a_wish"]
    assert her.last.facts["unsettled"] == (Unsettled.FINE,)
    assert her.last.fact("hers", Settlement).missing == TWENTY
    await her.tap("confirm")
    await paid(her)
    await group.treasurer.tap("agree_move")
    await her.press("menu_me")
    assert await her.tap("leave") == ["leave.can_settle"]
    assert await her.tap("settle_and_go") == ["leave.left"]
    await stage.check()


async def test_the_fine_of_who_is_expelled_is_taken_after_all_else(stage: Stage) -> None:
    group = await late(stage)
    her = group.members[0]
    await funded(stage, group, 50_000)
    parted = await expelled(group, her)
    assert (parted.set_off, parted.rest) == (TWENTY, Rial.from_toman(30_000))
    assert await balances(stage, group, Account.FINES) == [TWENTY.rials]
    assert await owed(stage, group) == []
    await stage.check()


async def test_what_her_savings_do_not_reach_ends_with_the_membership(stage: Stage) -> None:
    group = await late(stage)
    her = group.members[0]
    await funded(stage, group, 10_000)
    parted = await expelled(group, her)
    assert (parted.set_off, parted.rest) == (Rial(0), Rial.from_toman(10_000))
    assert await owed(stage, group) == []
    await stage.check()


async def test_a_fine_that_is_not_what_the_bylaws_say_is_found(stage: Stage) -> None:
    group = await late(stage)
    await paid(group.members[0])
    await stage.check()
    await stage.write(lambda conn: conn.execute(update(cash_move).values(amount=TWENTY * 2)))
    assert await flaws(stage) == ["move 1 is another fine than the bylaws asked for"]
    await stage.write(lambda conn: conn.execute(update(cash_move).values(round_number=9)))
    assert await flaws(stage) == ["move 1 is a fine of a round that asked her for nothing"]
    as_it_was = {"round_number": 2, "amount": TWENTY}
    await stage.write(lambda conn: conn.execute(update(cash_move).values(as_it_was)))


async def flaws(stage: Stage) -> list[str]:
    """What the looking through finds."""
    return await stage.read(lambda conn: [flaw.sentence for flaw in verify(conn)])
