"""The group's own money: entered by the treasurer, confirmed by another person, then in the books."""

from __future__ import annotations

from domain.ids import MembershipId
from domain.ledger import Account
from domain.money import Rial
from domain.offices import Office
from storage import books
from tests.lending import funded, granted, lending
from tests.stage import Group, Stage
from tests.steps import moved, save

ALL_OFFICES = (Office.CHAIR, Office.SECRETARY, Office.TREASURER)
USUAL = Rial.from_toman(500_000)


async def with_money(stage: Stage, offices: tuple[Office, ...] = ALL_OFFICES) -> Group:
    """A group with 500,000 toman in the box."""
    group = await stage.group(offices=offices)
    await save(group, group.members[0])
    return group


async def held(stage: Stage, group: Group, *accounts: Account) -> list[Rial]:
    """The balances of these accounts."""
    return await stage.read(lambda conn: [books.balance_of(conn, group.id, account) for account in accounts])


async def test_cash_is_banked_once_the_chair_says_so(stage: Stage) -> None:
    group = await with_money(stage)
    assert await moved(group.treasurer, "banked", "۳۰۰ هزار تومان") == ["money_move.written_down"]
    assert group.chair.names == ["move.waiting"]
    assert "move.waiting" not in group.secretary.names
    assert await held(stage, group, Account.CASH, Account.BANK) == [USUAL, Rial(0)]

    assert await group.chair.tap("agree_move") == []
    assert group.chair.names == ["move.confirmed"]
    assert group.treasurer.last.name == "move.told_confirmed"
    there = [Rial.from_toman(200_000), Rial.from_toman(300_000)]
    assert await held(stage, group, Account.CASH, Account.BANK) == there
    await group.members[1].press("menu_fund")
    totals = group.members[1].last.facts["totals"]
    assert [getattr(totals, name) for name in ("cash", "bank")] == there


async def test_all_of_it_together_as_the_books_say_it(stage: Stage) -> None:
    group = await with_money(stage)
    for kind, *answers in (
        ("banked", "300,000"),
        ("bank_profit", "12,000"),
        ("bank_charge", "15,000"),
        ("drawn", "100,000"),
        ("running_cost", "40,000", "cash", "دفتر و خودکار", "later"),
        ("running_cost", "20,000", "transfer", "کرایهٔ رفت به بانک", "later"),
    ):
        await moved(group.treasurer, kind, *answers)
        await group.chair.tap("agree_move")
    text = await stage.read(lambda conn: books.books_as_text(conn, group.id))
    member = group.members[0].membership
    assert text.partition("balances\n")[2] == (
        "  101 +2,600,000\n"
        "  102 +1,770,000\n"
        f"  201/{member} -5,000,000\n"
        "  404 -120,000\n"
        "  502 +150,000\n"
        "  503 +600,000\n"
    )
    assert [line.split()[-1] for line in text.splitlines() if " value " in line][1:] == [
        *("banked", "bank_profit", "bank_charge", "drawn", "running_cost", "running_cost")
    ]


async def test_everybody_may_ask_what_the_money_was_spent_for(stage: Stage) -> None:
    group = await with_money(stage)
    await moved(group.treasurer, "running_cost", "40,000", "cash", "دفتر و خودکار", "later")
    member = group.members[1]
    await member.press("menu_fund")
    assert await member.tap("costs") == ["fund.no_costs"]
    await group.chair.tap("agree_move")
    await member.press("menu_fund")
    assert await member.tap("costs") == ["fund.costs"]
    ((_, kind, amount, purpose),) = member.last.fact("costs", list)
    assert (kind, amount, purpose) == ("running_cost", Rial.from_toman(40_000), "دفتر و خودکار")
    await stage.pass_days(31)
    outsider = (await stage.group()).members[0]
    data = member.newest("fund.totals").data("costs")
    assert data is not None
    assert await outsider.tap_data(data) == ["common.foreign_button"]


async def test_the_picture_of_a_receipt_comes_with_it_or_later(stage: Stage) -> None:
    group = await with_money(stage)
    treasurer = group.treasurer
    await moved(treasurer, "running_cost", "40,000", "cash", "چای", "later")
    assert group.chair.last.facts["lacks_picture"]
    assert await treasurer.picture("late") == ["money_move.picture_added"]
    assert group.chair.last.picture_id is not None
    assert not group.chair.last.fact("lacks_picture", bool)
    assert await treasurer.picture("one more") == ["common.picture_without_matter"]
    await group.chair.tap("agree_move")
    await moved(treasurer, "running_cost", "30,000", "cash", "قند", "later")
    await group.chair.tap("agree_move")
    assert await treasurer.picture("after it was booked") == ["money_move.picture_added"]
    assert await group.chair.picture("a stranger's") == ["common.picture_without_matter"]


async def test_what_is_not_right_is_not_booked(stage: Stage) -> None:
    group = await with_money(stage)
    await moved(group.treasurer, "banked", "300,000")
    card = group.chair.last
    await group.chair.tap("decline_move")
    assert group.chair.newest("move.declined").edited
    assert group.treasurer.last.name == "move.told_declined"
    assert await group.chair.tap("agree_move", card) == ["common.already_answered", "move.declined"]
    assert await held(stage, group, Account.BANK) == [Rial(0)]


async def test_a_second_and_a_late_press_change_nothing(stage: Stage) -> None:
    group = await with_money(stage)
    await moved(group.treasurer, "banked", "200,000")
    card, own = group.chair.last, group.treasurer.newest("money_move.written_down")
    await group.chair.tap("agree_move", card)
    assert await stage.repeat() == []
    await stage.pass_days(31)
    assert await group.chair.tap("agree_move", card) == ["common.already_answered", "move.confirmed"]
    assert await group.chair.tap("decline_move", card) == ["common.already_answered", "move.confirmed"]
    assert await group.treasurer.tap("withdraw_move", own) == ["common.already_answered", "move.confirmed"]
    assert await held(stage, group, Account.BANK) == [Rial.from_toman(200_000)]


async def test_what_was_entered_is_taken_back_while_it_waits(stage: Stage) -> None:
    group = await with_money(stage)
    await moved(group.treasurer, "banked", "200,000")
    card = group.chair.last
    assert await group.treasurer.tap("withdraw_move") == ["money_move.withdrawn"]
    assert group.chair.names == ["move.withdrawn"]
    assert await group.chair.tap("agree_move", card) == ["common.already_answered", "move.withdrawn"]


async def test_a_button_is_worthless_in_another_hand(stage: Stage) -> None:
    group = await with_money(stage)
    await moved(group.treasurer, "banked", "200,000")
    data = group.chair.last.data("agree_move", stage.texts.label("agree_move"))
    assert data is not None
    for phone in (group.treasurer, group.secretary, group.members[0]):
        assert await phone.tap_data(data) == ["common.foreign_button"]
    assert await held(stage, group, Account.BANK) == [Rial(0)]


async def test_more_than_there_is_cannot_be_taken(stage: Stage) -> None:
    group = await with_money(stage)
    treasurer = group.treasurer
    assert await moved(treasurer, "banked", "600,000") == ["refusals.too_little_there", "money_move.amount"]
    assert treasurer.newest("refusals.too_little_there").facts["there"] == USUAL
    await treasurer.say("۵۰۰ هزار تومان")
    assert await treasurer.tap("confirm") == ["money_move.written_down"]
    assert (await moved(treasurer, "drawn", "100,000"))[0] == "refusals.too_little_there"
    assert (await moved(treasurer, "bank_charge", "20,000"))[0] == "refusals.too_little_there"


async def test_what_was_spent_meanwhile_is_not_there_when_it_is_confirmed(stage: Stage) -> None:
    group = await with_money(stage)
    await moved(group.treasurer, "banked", "400,000")
    await moved(group.treasurer, "running_cost", "200,000", "cash", "صندوق آهنی", "later")
    first, second = group.chair.heard[-2:]
    await group.chair.tap("agree_move", second)
    assert await group.chair.tap("agree_move", first) == ["refusals.too_little_there"]
    assert await held(stage, group, Account.CASH, Account.BANK) == [Rial.from_toman(300_000), Rial(0)]
    await save(group, group.members[1])
    assert await group.chair.tap("agree_move", first) == []
    assert await held(stage, group, Account.BANK) == [Rial.from_toman(400_000)]


async def test_cash_in_the_hand_of_a_borrower_is_not_taken_to_the_bank_as_well(stage: Stage) -> None:
    group = await stage.group()
    borrower, treasurer = group.members[0], group.treasurer
    await lending(stage, group)
    await funded(stage, group)
    await granted(stage, group, borrower, 2_000_000)
    assert await moved(treasurer, "banked", "4,000,000") == ["money_move.written_down"]
    await treasurer.tap("cash")
    assert (await moved(treasurer, "banked", "4,000,000"))[0] == "refusals.too_little_there"
    assert treasurer.newest("refusals.too_little_there").facts["there"] == Rial.from_toman(3_000_000)
    assert await group.chair.tap("agree_move") == ["refusals.too_little_there"]
    assert (await borrower.tap("receive"))[-1] == "loan.receipt_slip"


async def test_without_a_chair_the_secretary_confirms_and_then_the_facilitator(stage: Stage) -> None:
    group = await with_money(stage, (Office.SECRETARY, Office.TREASURER))
    await moved(group.treasurer, "banked", "100,000")
    assert group.secretary.names == ["move.waiting"]
    alone = await with_money(stage, (Office.TREASURER,))
    await moved(alone.treasurer, "banked", "100,000")
    assert alone.facilitator.last.name == "move.waiting"
    await alone.facilitator.press("menu_waiting")
    await alone.facilitator.tap("agree_move")
    assert alone.treasurer.last.name == "move.told_confirmed"


async def test_a_chair_who_entered_it_as_treasurer_does_not_confirm_it(stage: Stage) -> None:
    group = await with_money(stage)
    await moved(group.treasurer, "banked", "100,000")
    data = group.chair.last.data("agree_move", stage.texts.label("agree_move"))
    await stage.appoint(group, Office.CHAIR, group.treasurer)
    assert data is not None
    assert await group.chair.tap_data(data) == ["refusals.not_yours_to_confirm"]
    assert await group.treasurer.press("menu_waiting") == ["waiting.nothing"]
    assert (await group.secretary.press("menu_waiting"))[-1] == "move.waiting"


async def test_only_the_treasurer_enters(stage: Stage) -> None:
    group = await with_money(stage)
    await group.treasurer.press("menu_money")
    await group.treasurer.tap("money_move")
    await group.treasurer.tap("movekind_banked")
    await group.treasurer.say("100,000")
    await stage.appoint(group, Office.TREASURER, group.members[0])
    assert await group.treasurer.tap("confirm") == ["refusals.treasurer_enters"]
    assert await group.treasurer.tap("money_move") == ["refusals.treasurer_enters"]
    assert await group.members[1].say(stage.texts.label("menu_money")) == ["refusals.not_for_you"]


async def test_without_a_treasurer_the_page_says_so(stage: Stage) -> None:
    group = await stage.group(offices=(Office.CHAIR,))
    assert await group.chair.press("menu_money") == ["group_money.page"]
    assert group.chair.last.facts["kept"] is False
    assert group.chair.last.choices == ("costs", "latest", "reversal")


async def test_an_entry_fee_is_confirmed_by_who_paid_it(stage: Stage) -> None:
    group = await with_money(stage)
    payer = group.members[1]
    await entered_fee(group, payer.membership)
    assert payer.last.name == "move.waiting"
    assert "move.waiting" not in group.chair.names
    await payer.tap("agree_move")
    assert await held(stage, group, Account.OTHER_INCOME) == [Rial.from_toman(50_000)]


async def test_the_fee_of_a_member_without_a_phone_is_confirmed_by_her_helper_or_the_chair(
    stage: Stage,
) -> None:
    group = await with_money(stage)
    helped = await stage.phoneless(group.id, group.members[2])
    await entered_fee(group, helped)
    assert group.members[2].last.name == "move.waiting"
    served = await stage.phoneless(group.id, group.treasurer)
    await entered_fee(group, served)
    assert group.chair.last.name == "move.waiting"
    await entered_fee(group, group.treasurer.membership)
    assert group.chair.names == ["move.waiting"] * 2


async def test_who_has_left_pays_no_fee(stage: Stage) -> None:
    group = await with_money(stage)
    leaver = group.members[2]
    treasurer = group.treasurer
    await treasurer.press("menu_money")
    await treasurer.tap("money_move")
    await treasurer.tap("movekind_entry_fee")
    await treasurer.tap(str(leaver.membership))
    await leaver.press("menu_me")
    await leaver.tap("leave")
    await leaver.tap("confirm")
    await treasurer.say("50,000")
    await treasurer.tap("cash")
    assert await treasurer.tap("confirm") == ["refusals.not_a_member"]


async def test_so_many_may_wait_and_no_more(stage: Stage) -> None:
    group = await with_money(stage)
    for _ in range(12):
        await moved(group.treasurer, "banked", "20,000")
    assert await moved(group.treasurer, "banked", "20,000") == ["refusals.too_many_moves_waiting"]


async def entered_fee(group: Group, payer: MembershipId) -> None:
    """The treasurer writes down an entry fee of 50,000 toman in cash."""
    treasurer = group.treasurer
    await treasurer.press("menu_money")
    await treasurer.tap("money_move")
    await treasurer.tap("movekind_entry_fee")
    await treasurer.tap(str(payer))
    await treasurer.say("50,000")
    await treasurer.tap("cash")
    await treasurer.tap("confirm")
