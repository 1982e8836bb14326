"""Cash taken in while there is no treasurer stands under the name of who took it, until she has it."""

from __future__ import annotations

from sqlalchemy import update

from conversations.talks.leave import Unsettled
from domain.ledger import Account
from domain.lending import available_money
from domain.money import Rial
from domain.offices import Office
from storage import groups, loans
from storage.passbooks import GroupTotals
from storage.schema import cash_move, deposit
from storage.verify import verify
from tests.handlers.test_accounts import join_by_code
from tests.handlers.test_groups import appoint
from tests.handlers.test_late_fines import TWENTY, late, paid
from tests.keeping import handed, held, kept, vacated
from tests.repaying import balance, lent, say
from tests.repaying import report as report_instalment
from tests.stage import Group, Stage
from tests.steps import report, reversal_asked, save

CHAIRED = (Office.CHAIR, Office.SECRETARY)
USUAL = 5_000_000


async def with_kept_cash(stage: Stage) -> Group:
    """A group whose chair keeps what a member saved; now it has a treasurer."""
    group = await stage.group(offices=CHAIRED)
    await kept(group, group.chair)
    await appoint(group, Office.TREASURER, group.members[2])
    group.officers[Office.TREASURER] = group.members[2]
    return group


async def test_the_chair_keeps_what_she_takes_and_it_waits_for_a_treasurer(stage: Stage) -> None:
    group = await stage.group(offices=CHAIRED)
    await kept(group, group.chair)
    assert await held(stage, group, group.chair) == [0, USUAL]
    assert group.chair.newest("deposit.confirmed").facts["keeper"]
    await group.chair.press("menu_money")
    assert await group.chair.tap("hand_over") == ["refusals.no_treasurer_yet"]
    await group.secretary.press("menu_money")
    assert group.secretary.last.data("hand_over") is None
    assert len(group.secretary.last.fact("in_hands", list)) == 1
    await group.members[1].press("menu_fund")
    assert group.members[1].last.fact("totals", GroupTotals).in_transit == Rial(USUAL)
    assert group.members[1].last.data("hand_over") is None
    lent_out = await stage.read(lambda conn: available_money(loans.holdings_of(conn, group.id), Rial(0)))
    assert lent_out == Rial(0)


async def test_with_a_treasurer_cash_is_in_the_box_also_her_own(stage: Stage) -> None:
    group = await stage.group()
    await save(group, group.members[0])
    await report(group.treasurer)
    await group.chair.tap("confirm_deposit")
    assert await held(stage, group, group.chair) == [2 * USUAL, 0]
    await vacated(stage, group)
    await report(group.members[1], way="transfer")
    await group.chair.tap("confirm_deposit")
    assert await held(stage, group, group.chair) == [2 * USUAL, 0]


async def test_a_new_treasurer_and_whoever_keeps_cash_are_told_and_hand_it_over(stage: Stage) -> None:
    group = await with_kept_cash(stage)
    assert group.chair.names.count("hand_over.you_keep") == 1
    assert group.treasurer.names.count("hand_over.others_keep") == 1
    assert await handed(group.chair, "۲۰۰ هزار تومان") == ["money_move.written_down"]
    assert group.treasurer.last.name == "move.waiting"
    assert await held(stage, group, group.chair) == [0, USUAL]
    await group.treasurer.tap("agree_move")
    assert await held(stage, group, group.chair) == [2_000_000, 3_000_000]
    assert group.chair.last.name == "move.told_confirmed"

    assert await handed(group.treasurer, "3000000") == ["money_move.written_down"]
    await group.chair.tap("decline_move")
    assert group.treasurer.last.name == "move.told_declined"
    assert await held(stage, group, group.chair) == [2_000_000, 3_000_000]


async def test_the_treasurer_says_that_she_got_it_and_the_keeper_agrees(stage: Stage) -> None:
    group = await with_kept_cash(stage)
    assert await handed(group.treasurer, "5000000") == ["money_move.written_down"]
    data = group.chair.last.data("agree_move", stage.texts.label("agree_move"))
    assert data is not None
    assert await group.treasurer.tap_data(data) == ["common.foreign_button"]
    await group.chair.tap("agree_move")
    assert await held(stage, group, group.chair) == [USUAL, 0]
    await group.treasurer.press("menu_money")
    assert group.treasurer.last.data("hand_over") is None
    assert await group.chair.tap("hand_over") == ["refusals.nothing_kept"]


async def test_more_than_is_kept_and_what_was_said_already_is_refused(stage: Stage) -> None:
    group = await with_kept_cash(stage)
    card = group.chair.newest("hand_over.you_keep")
    await group.chair.tap("hand_over")
    assert await group.chair.say("یک میلیون تومان") == ["hand_over.not_kept"]
    await group.chair.tap("5000000")
    await group.chair.tap("confirm")
    assert await group.chair.tap("hand_over", card) == ["refusals.hand_over_waits"]
    assert await group.chair.tap("withdraw_move") == ["money_move.withdrawn"]
    assert await group.chair.tap("hand_over", card) == ["hand_over.amount"]
    outsider = (await stage.group()).members[0]
    data = card.data("hand_over")
    assert data is not None
    assert await outsider.tap_data(data) == ["common.foreign_button"]
    assert await held(stage, group, group.chair) == [0, USUAL]


async def test_what_was_taken_back_meanwhile_is_not_handed_over(stage: Stage) -> None:
    group = await with_kept_cash(stage)
    await group.chair.tap("hand_over")
    await group.chair.tap("5000000")
    shown = group.chair.last
    await reversal_asked(group.secretary)
    await group.treasurer.tap("agree_reversal")
    assert await held(stage, group, group.chair) == [0, 0]
    assert await group.chair.tap("confirm", shown) == ["refusals.nothing_kept"]
    assert await held(stage, group, group.chair) == [0, 0]


async def test_a_facilitator_who_took_the_cash_finds_the_button_on_the_groups_page(stage: Stage) -> None:
    group = await stage.group(offices=())
    await kept(group, group.facilitator)
    assert await held(stage, group, group.facilitator) == [0, USUAL]
    await appoint(group, Office.TREASURER, group.members[1])
    await group.facilitator.press("menu_groups")
    await group.facilitator.tap("open")
    assert group.facilitator.last.fact("kept", Rial) == Rial(USUAL)
    assert await handed(group.facilitator, "5000000") == ["money_move.written_down"]
    await group.members[1].tap("agree_move")
    assert await held(stage, group, group.facilitator) == [USUAL, 0]


async def test_who_becomes_treasurer_with_cash_in_her_hand_is_confirmed_by_another(stage: Stage) -> None:
    group = await stage.group(offices=CHAIRED)
    await kept(group, group.chair)
    await vacated(stage, group, Office.CHAIR)
    await appoint(group, Office.TREASURER, group.chair)
    assert "hand_over.you_keep" not in group.chair.names
    assert await handed(group.chair, "5000000") == ["money_move.written_down"]
    await group.secretary.tap("agree_move")
    assert await held(stage, group, group.chair) == [USUAL, 0]


async def test_what_was_said_waits_for_the_next_treasurer(stage: Stage) -> None:
    group = await with_kept_cash(stage)
    await handed(group.chair, "5000000")
    card = group.treasurer.newest("move.waiting")
    await vacated(stage, group)
    assert await group.treasurer.tap("agree_move", card) == ["refusals.not_yours_to_confirm"]
    await appoint(group, Office.TREASURER, group.members[1])
    await group.members[1].tap("agree_move", group.members[1].newest("move.waiting"))
    assert await held(stage, group, group.chair) == [USUAL, 0]


async def test_who_took_an_instalment_in_keeps_it_and_a_reversal_goes_the_same_way_back(stage: Stage) -> None:
    group = await lent(stage)
    await vacated(stage, group)
    (member,) = group.members
    box = await balance(stage, group, Account.CASH)
    await group.chair.press("menu_loans")
    await group.chair.tap("took_instalment")
    await say(group.chair, "3433000")
    await member.tap("agree_amount")
    await report_instalment(member, "۱۰۰ هزار تومان")
    await group.chair.tap("confirm_deposit")
    assert await held(stage, group, group.chair) == [box, 4_433_000]
    await reversal_asked(group.secretary, "payment", newest=1)
    await group.facilitator.tap("agree_reversal")
    assert await held(stage, group, group.chair) == [box, 1_000_000]


async def test_what_was_handed_over_is_reversed_first(stage: Stage) -> None:
    group = await with_kept_cash(stage)
    await handed(group.chair, "5000000")
    await group.treasurer.tap("agree_move")
    assert "refusals.reversal_falls_short" in await reversal_asked(group.secretary, "payment")
    refused = group.secretary.newest("refusals.reversal_falls_short").facts
    assert (refused["account"], refused["there"]) == (Account.IN_TRANSIT, Rial(0))
    assert refused["later"] == ((2, Rial(USUAL)),)
    await reversal_asked(group.secretary, "move")
    assert "reversal.asked" not in group.chair.names
    await group.treasurer.tap("agree_reversal")
    assert await held(stage, group, group.chair) == [0, USUAL]
    await reversal_asked(group.secretary, "payment")
    await group.treasurer.tap("agree_reversal")
    assert await held(stage, group, group.chair) == [0, 0]


async def test_a_late_fine_paid_to_the_chair_stays_with_her(stage: Stage) -> None:
    group = await late(stage)
    await vacated(stage, group)
    box = await balance(stage, group, Account.CASH)
    await paid(group.members[0])
    await group.chair.tap("agree_move")
    assert await held(stage, group, group.chair) == [box, TWENTY.rials]
    assert group.chair.newest("move.confirmed").facts["keeper"]


async def test_who_keeps_cash_hands_it_over_before_leaving(stage: Stage) -> None:
    group = await stage.group(offices=CHAIRED)
    await kept(group, group.chair)
    await appoint(group, Office.TREASURER, group.members[1])
    await vacated(stage, group, Office.CHAIR)
    await group.chair.press("menu_fund")
    assert group.chair.last.data("hand_over") is not None
    await group.chair.press("menu_me")
    await group.chair.tap("leave")
    assert Unsettled.KEEPS in group.chair.last.fact("unsettled", tuple)


async def test_what_somebody_kept_who_is_gone_is_confirmed_by_the_chair(stage: Stage) -> None:
    group = await stage.group(offices=CHAIRED)
    await kept(group, group.chair)
    await appoint(group, Office.TREASURER, group.members[1])
    await vacated(stage, group, Office.CHAIR)
    await stage.write(
        lambda conn: groups.update_membership(conn, group.chair.membership, state="left", left_at=stage.now)
    )
    await handed(group.members[1], "5000000")
    await group.secretary.tap("agree_move")
    assert await held(stage, group, group.chair) == [USUAL, 0]


async def test_a_keeper_whose_records_were_joined_hands_it_over(stage: Stage) -> None:
    group = await stage.group(offices=())
    await kept(group, group.facilitator)
    other = await stage.person(platform="bale")
    await join_by_code(other, group.facilitator)
    await appoint(group, Office.TREASURER, group.members[1])
    await handed(group.facilitator, "5000000")
    await group.members[1].tap("agree_move")
    assert await held(stage, group, group.facilitator, other) == [USUAL, 0, 0]


async def test_what_is_kept_by_another_than_the_entry_says_is_found(stage: Stage) -> None:
    group = await with_kept_cash(stage)
    await handed(group.chair, "5000000")
    await group.treasurer.tap("agree_move")
    other = {"keeper_id": group.secretary.person}
    await stage.write(lambda conn: conn.execute(update(deposit).values(other)))
    await stage.write(lambda conn: conn.execute(update(cash_move).values(other)))
    found = await stage.read(lambda conn: [flaw.sentence for flaw in verify(conn)])
    assert found == ["deposit 1 is kept by another than its entry says", "move 1 is not what its entry says"]
    right = {"keeper_id": group.chair.person}
    await stage.write(lambda conn: conn.execute(update(deposit).values(right)))
    await stage.write(lambda conn: conn.execute(update(cash_move).values(right)))
