"""What the board has to do with loans: it decides on them where the bylaws say so, and sees all of them."""

from __future__ import annotations

from dataclasses import replace

from domain.bylaws import Decider
from domain.money import Rial
from domain.offices import BOARD, Office
from storage import groups
from tests.assembly import voted
from tests.lending import RULES, asked, funded, granted, lending, loan, served
from tests.phone import Heard
from tests.stage import Group, Stage

MILLION = Rial.from_toman(1_000_000)
BY_BOARD = replace(RULES, loans_decided_by=Decider.BOARD)


async def of_board(stage: Stage, offices: tuple[Office, ...] = BOARD) -> Group:
    """Officers who decide on loans themselves, and three members, with a million toman each."""
    made = await stage.group(offices=offices)
    await lending(stage, made, BY_BOARD)
    await funded(stage, made)
    return made


async def test_two_of_the_board_agree_and_it_is_granted(stage: Stage) -> None:
    group = await of_board(stage)
    borrower = group.members[0]
    assert (await asked(borrower))[-1] == "ask_loan.sent_to_board"
    cards = [phone.newest("loan.decide") for phone in group.officers.values()]
    assert await group.chair.tap("agree") == ["loan.answer_noted"]
    assert group.secretary.newest("loan.decide").facts["agreed"] == 1
    assert await group.chair.tap("agree") == ["refusals.answered_already"]
    assert await group.secretary.tap("agree") == ["loan.answer_noted"]
    assert borrower.last.name == "loan.granted"
    assert "loan.pay" in group.treasurer.names
    assert group.chair.newest("loan.approved").choices == ()
    assert await group.treasurer.tap("decline", cards[2]) == ["common.already_answered", "loan.pay"]
    assert "vote.open" not in borrower.names


async def test_where_two_can_no_longer_agree_it_is_not_granted(stage: Stage) -> None:
    group = await of_board(stage)
    await asked(group.members[0])
    await group.chair.tap("agree")
    await group.secretary.tap("decline")
    assert (await loan(stage)).state == "asked"
    await group.treasurer.tap("decline")
    assert group.members[0].last.name == "loan.not_granted"


async def test_nobody_of_the_board_decides_on_their_own_loan(stage: Stage) -> None:
    group = await of_board(stage)
    await asked(group.secretary)
    assert "loan.decide" not in group.secretary.names
    await group.chair.tap("agree")
    await group.treasurer.tap("agree")
    assert (await loan(stage)).state == "approved"


async def test_a_helper_of_the_board_does_not_decide_either(stage: Stage) -> None:
    group = await of_board(stage)
    await served(stage, group, group.chair)
    assert (await asked(group.chair))[-1] == "ask_loan.sent_to_board"
    assert "loan.decide" not in group.chair.names
    assert group.secretary.newest("loan.decide").facts["helped"] is True


async def test_a_board_of_two_leaves_the_loan_of_one_to_the_assembly(stage: Stage) -> None:
    group = await of_board(stage, (Office.CHAIR, Office.TREASURER))
    assert (await asked(group.chair))[-1] == "ask_loan.sent_to_vote"


async def test_who_left_the_board_decides_no_longer(stage: Stage) -> None:
    group = await of_board(stage)
    await asked(group.members[0])
    await stage.appoint(group, Office.SECRETARY, group.members[1])
    assert await group.secretary.tap("agree") == ["refusals.not_yours_to_confirm"]
    await group.members[1].press("menu_waiting")
    assert await group.members[1].tap("agree") == ["loan.answer_noted"]
    assert await group.members[1].press("menu_waiting") == ["waiting.nothing"]


def listed(heard: Heard) -> dict[str, int]:
    """How many the board sees at each step."""
    return {name: len(heard.fact(name, list)) for name in ("undecided", "payable", "waiting")}


async def test_the_board_sees_who_waits_and_others_totals_only(stage: Stage) -> None:
    group = await stage.group()
    await lending(stage, group)
    await funded(stage, group)
    first, second, third = group.members
    await granted(stage, group, first, 2_000_000)
    await group.treasurer.tap("cash")
    await first.tap("receive")
    await granted(stage, group, second, 1_500_000)
    await asked(third, 1_000_000)
    assert (await group.chair.press("menu_loans"))[:2] == ["loan.page", "loan.board"]
    assert listed(group.chair.newest("loan.board")) == {
        "undecided": 1,
        "payable": 1,
        "waiting": 0,
    }
    await second.press("menu_loans")
    assert "loan.board" not in second.names
    page = second.newest("loan.page").facts
    assert (page["running"], page["lent"]) == (1, 2 * MILLION)
    assert (page["reserved"], page["money"]) == (Rial.from_toman(1_500_000), Rial.from_toman(1_500_000))
    await third.press("menu_fund")
    assert (third.last.facts["loans"], third.last.facts["reserved"]) == (1, Rial.from_toman(1_500_000))


async def in_the_queue(stage: Stage) -> Group:
    """Three members were granted three million each, of a fund of five: one can be paid."""
    group = await stage.group()
    await lending(stage, group, replace(RULES, loan_fund_per_cent=100))
    await funded(stage, group)
    for borrower in group.members:
        await asked(borrower, 3_000_000)
    for phone in group.everybody:
        for card in [heard for heard in phone.heard if heard.name == "vote.open"]:
            await phone.tap("yes", card)
    return group


async def test_the_assembly_decides_who_is_paid_first(stage: Stage) -> None:
    group = await in_the_queue(stage)
    await group.chair.press("menu_loans")
    assert await group.chair.tap("order") == ["loan_order.which"]
    assert group.chair.last.choices[:2] == ("2", "3")
    await group.chair.tap("3")
    assert (await group.chair.tap("confirm"))[-1] == "propose.opened"
    await voted(group, "yyyyy")
    assert group.members[2].newest("loan.your_turn").facts["place"] == 1
    pay = [heard for heard in group.treasurer.heard if heard.name == "loan.pay"]
    assert await group.treasurer.tap("cash", pay[0]) == ["refusals.loan_waits_for_money"]
    assert await group.treasurer.tap("cash", pay[1]) == ["loan.you_paid"]
    await group.members[1].press("menu_loans")
    assert group.members[1].newest("loan.approved").facts["place"] == 3


async def test_the_order_stays_where_it_is_voted_down_or_has_become_pointless(stage: Stage) -> None:
    group = await in_the_queue(stage)
    await group.chair.press("menu_loans")
    await group.chair.tap("order")
    await group.chair.tap("3")
    await group.chair.tap("confirm")
    await group.members[2].tap("withdraw")
    await voted(group, "yyyyy")
    assert (await loan(stage, 3)).state == "withdrawn"
    await group.chair.press("menu_loans")
    await group.chair.tap("order")
    await group.chair.tap("2")
    await group.chair.tap("confirm")
    await voted(group, "nnnnn")
    assert "loan.your_turn" not in group.members[1].names


async def test_only_the_board_sees_the_queue_and_orders_it(stage: Stage) -> None:
    group = await in_the_queue(stage)
    await group.chair.press("menu_loans")
    await stage.write(lambda conn: groups.end_terms(conn, stage.now, office=Office.CHAIR.value))
    assert await group.chair.tap("order") == ["refusals.not_for_you"]
    await group.members[0].press("menu_loans")
    assert not [heard for heard in group.members[0].heard if "order" in heard.choices]


async def test_one_loan_alone_has_no_order(stage: Stage) -> None:
    group = await in_the_queue(stage)
    await group.chair.press("menu_loans")
    for borrower in group.members[1:]:
        await borrower.tap("withdraw")
    assert await group.chair.tap("order") == ["refusals.no_queue_to_order"]
