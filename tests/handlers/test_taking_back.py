"""What is wrong in the books beside payments is reversed too: moves of money, loans and payouts paid out."""

from __future__ import annotations

from domain.ids import LoanId
from domain.ledger import Account
from domain.money import Rial
from domain.offices import Office
from domain.posting import MoveKind
from storage import loans, passbooks
from tests.handlers.test_leaving import leave, member_of
from tests.handlers.test_surplus import held as surplus_of
from tests.handlers.test_surplus import to_be_paid
from tests.lending import asked as loan_asked
from tests.lending import granted, loan, spent
from tests.phone import Phone
from tests.repaying import balance, lent, report, until_due
from tests.stage import Group, Stage
from tests.steps import moved, reversal_asked, save
from tests.years import balances

BOARD = (Office.CHAIR, Office.SECRETARY, Office.TREASURER)
MONEY = (Account.CASH, Account.BANK)
REASON = "دو بار نوشته شده"


async def with_money(stage: Stage) -> Group:
    """A group with 500,000 toman in the box."""
    group = await stage.group(offices=BOARD)
    await save(group, group.members[0])
    return group


async def entered(group: Group, kind: str, amount: str, *answers: str) -> None:
    """The treasurer enters a move and the chair confirms it."""
    await moved(group.treasurer, kind, amount, *answers)
    await group.chair.tap("agree_move")


async def test_a_move_is_reversed_and_all_who_had_a_hand_in_it_are_told(stage: Stage) -> None:
    group = await with_money(stage)
    await entered(group, "banked", "300,000")
    await group.secretary.press("menu_money")
    assert await group.secretary.tap("reversal") == ["reversal.sort"]
    assert await reversal_asked(group.secretary, "move") == ["reversal.sent"]
    assert "reversal.asked" not in group.treasurer.names
    assert await balances(stage, group, *MONEY) == [2_000_000, 3_000_000]

    await group.chair.tap("agree_reversal")

    assert await balances(stage, group, *MONEY) == [5_000_000, 0]
    assert group.treasurer.last.name == "reversal.told_hands"
    assert group.treasurer.last.facts["reason"] == REASON
    assert group.treasurer.last.facts["what"] is MoveKind.BANKED
    assert group.secretary.last.name == "reversal.your_wish_done"
    assert group.chair.newest("move.reversed").edited
    card = group.chair.newest("move.reversed")
    assert not card.choices
    text = await stage.read(lambda conn: passbooks.books_as_text(conn, group.id))
    assert " reversal reverses 2" in text


async def test_who_entered_a_move_is_no_second_person_and_a_second_tap_changes_nothing(stage: Stage) -> None:
    group = await with_money(stage)
    await entered(group, "running_cost", "40,000", "cash", "چای", "later")
    await reversal_asked(group.chair, "move")
    assert "reversal.asked" not in group.treasurer.names
    card = group.secretary.newest("reversal.asked")
    await group.secretary.tap("agree_reversal", card)
    assert await group.secretary.tap("agree_reversal", card) == ["common.already_answered", "reversal.done"]
    assert await stage.repeat() == []
    await group.members[1].press("menu_fund")
    assert await group.members[1].tap("costs") == ["fund.no_costs"]
    assert await balances(stage, group, Account.RUNNING_COSTS) == [0]


async def test_a_fee_is_told_to_who_paid_it_and_she_is_not_the_second_person(stage: Stage) -> None:
    group = await with_money(stage)
    payer = group.secretary
    for answer in ("movekind_entry_fee", str(payer.membership)):
        if answer.startswith("movekind"):
            await group.treasurer.press("menu_money")
            await group.treasurer.tap("money_move")
        await group.treasurer.tap(answer)
    await group.treasurer.say("50,000")
    await group.treasurer.tap("cash")
    await group.treasurer.tap("confirm")
    await payer.tap("agree_move")
    await reversal_asked(group.treasurer, "move")
    assert "reversal.asked" not in payer.names
    await group.chair.tap("agree_reversal")
    assert payer.last.name == "reversal.told_payer"
    assert await balances(stage, group, Account.OTHER_INCOME) == [0]


async def test_a_difference_that_was_none_is_reversed_and_the_count_no_longer_stands(stage: Stage) -> None:
    group = await with_money(stage)
    await group.treasurer.press("menu_money")
    await group.treasurer.tap("cash_count")
    await group.treasurer.say("۴۰۰ هزار تومان")
    await group.treasurer.say("پیدا نشد")
    await group.treasurer.tap("confirm")
    await group.chair.tap("agree_move")
    assert await balances(stage, group, Account.CASH) == [4_000_000]
    await reversal_asked(group.secretary, "move")
    await group.chair.tap("agree_reversal")
    assert await balances(stage, group, Account.CASH) == [5_000_000]
    await group.chair.press("menu_money")
    assert group.chair.last.facts["count"] is None


async def test_a_payment_whose_cash_went_to_the_bank_is_refused_and_the_entry_named(stage: Stage) -> None:
    group = await with_money(stage)
    await entered(group, "banked", "300,000")
    assert await reversal_asked(group.secretary) == ["refusals.reversal_falls_short"]
    facts = group.secretary.last.facts
    assert (facts["account"], facts["there"]) == (Account.CASH, Rial.from_toman(200_000))
    assert facts["later"] == ((2, Rial.from_toman(300_000)),)
    await reversal_asked(group.secretary, "move")
    await group.chair.tap("agree_reversal")
    assert await reversal_asked(group.secretary) == ["reversal.sent"]
    await group.chair.tap("agree_reversal")
    assert await balances(stage, group, *MONEY) == [0, 0]


async def test_cash_in_a_borrowers_hand_is_not_taken_back_with_an_old_payment(stage: Stage) -> None:
    """What was handed over still stands in the box by the books; it is not there."""
    group = await lent(stage)
    (member,) = group.members
    await save(group, group.secretary, "۳ میلیون تومان")
    await granted(stage, group, group.secretary, 1_000_000)
    await spent(stage, group, 2_100_000)
    await group.treasurer.tap("cash")
    there = await balance(stage, group, Account.CASH) - 10_000_000
    assert 0 < there < 30_000_000
    assert await reversal_asked(group.chair) == ["refusals.reversal_falls_short"]
    assert group.chair.last.facts["there"] == Rial(there)
    await group.secretary.tap("deny")
    assert await reversal_asked(group.chair) == ["reversal.sent"]
    assert member.names.count("reversal.told_member") == 0


async def test_a_loan_paid_out_by_mistake_returns_to_its_place_and_is_paid_again(stage: Stage) -> None:
    group = await lent(stage)
    (borrower,) = group.members
    cash = await balance(stage, group, Account.CASH)
    await group.chair.press("menu_loans")
    assert await group.chair.tap("reverse") == ["reversal.entry"]
    await reversal_asked(group.chair, "loan")
    assert "reversal.asked" not in (*group.treasurer.names, *borrower.names)
    await group.secretary.tap("agree_reversal")

    assert borrower.names[-2:] == ["reversal.told_borrower", "loan.your_turn"]
    assert group.treasurer.names[-2:] == ["loan.pay", "reversal.told_hands"]
    assert await balance(stage, group, Account.CASH) == cash + 10_000_000
    assert await balance(stage, group, Account.INTERNAL_LOANS, 1) == 0
    found = await loan(stage)
    assert (found.state, found.entry_id, found.first_due, found.paid_by) == ("approved", None, None, None)

    await stage.pass_days(10)
    await group.treasurer.tap("cash")
    await borrower.tap("receive")
    again = await loan(stage)
    assert again.state == "running"
    assert again.first_due is not None
    assert await balance(stage, group, Account.INTERNAL_LOANS, 1) == 10_000_000


async def test_a_loan_on_which_something_was_paid_is_not_taken_back_and_the_payments_are_named(
    stage: Stage,
) -> None:
    group = await lent(stage)
    (borrower,) = group.members
    await report(borrower, "3433000")
    assert await reversal_asked(group.chair, "loan") == ["refusals.loan_was_repaid"]
    assert group.chair.last.fact("payments", list)[0][1] == Rial(3_433_000)
    await group.treasurer.tap("confirm_deposit")
    assert await reversal_asked(group.chair, "loan") == ["refusals.loan_was_repaid"]
    await reversal_asked(group.treasurer, "payment")
    await group.chair.tap("agree_reversal")
    assert await reversal_asked(group.chair, "loan") == ["reversal.sent"]
    await until_due(stage)
    await report(borrower, "3433000")
    assert await group.secretary.tap("agree_reversal") == ["refusals.loan_was_repaid"]
    assert (await loan(stage)).state == "running"


async def test_where_another_loan_of_hers_waits_by_now_the_one_taken_back_ends(stage: Stage) -> None:
    group = await lent(stage)
    (borrower,) = group.members
    await save(group, borrower, "۳ میلیون تومان")
    await loan_asked(borrower, 500_000)
    await reversal_asked(group.chair, "loan")
    await group.secretary.tap("agree_reversal")
    assert borrower.last.name == "reversal.told_borrower"
    assert borrower.last.facts["again"] is False
    first, second = await stage.read(lambda conn: [loans.loan_by_id(conn, LoanId(n)) for n in (1, 2)])
    assert first is not None
    assert second is not None
    assert (first.state, second.state) == ("withdrawn", "voting")


async def test_a_vote_to_write_off_a_loan_that_was_taken_back_does_nothing(stage: Stage) -> None:
    group = await lent(stage)
    await until_due(stage, days=40)
    await group.chair.press("menu_loans")
    await group.chair.tap("write_off")
    await group.chair.tap("1")
    await group.chair.say("پیدا نیست")
    await group.chair.tap("confirm")
    await reversal_asked(group.chair, "loan")
    await group.secretary.tap("agree_reversal")
    for phone in (group.chair, group.secretary, group.treasurer):
        await phone.tap("yes")
    assert "write_off.nothing_done" in group.chair.names
    assert (await loan(stage)).state == "approved"


async def test_a_share_that_was_not_paid_after_all_is_due_again(stage: Stage) -> None:
    group, card = await to_be_paid(stage)
    member, treasurer = group.members[0], group.treasurer
    await treasurer.tap("paid_cash", card)
    await member.tap("received_it")
    assert await surplus_of(stage, member, group) == [0, 0]
    await reversal_asked(group.chair, "payout")
    await group.secretary.tap("agree_reversal")
    assert member.last.name == "reversal.told_receiver"
    assert await surplus_of(stage, member, group) == [1_000_000, 0]
    assert treasurer.newest("payout.reversed").edited
    assert await treasurer.tap("paid_cash", card) == ["common.already_answered", "payout.reversed"]
    await treasurer.tap("paid_cash", treasurer.newest("payout.due"))
    assert await member.tap("received_it") == ["payout.receipt"]
    assert await surplus_of(stage, member, group) == [0, 0]


async def settled(group: Group, member: Phone) -> None:
    """A member with savings leaves with them."""
    await save(group, member)
    await leave(member)
    await group.treasurer.tap("paid_cash")
    await member.tap("received_it")


async def test_what_a_leaver_was_paid_is_owed_to_her_again_and_she_has_still_left(stage: Stage) -> None:
    group = await stage.group(offices=BOARD)
    member = group.members[0]
    await settled(group, member)
    await reversal_asked(group.chair, "payout")
    await group.secretary.tap("agree_reversal")
    assert member.last.name == "reversal.told_receiver"
    owed = (Account.CASH, Account.SAVINGS, Account.PAYABLE_TO_LEAVERS)
    assert await balances(stage, group, owed[0]) == [5_000_000]
    assert await balance(stage, group, owed[2], member.membership) == 5_000_000
    assert (await member_of(stage, member)).state == "left"
    await group.treasurer.tap("paid_transfer")
    assert group.treasurer.last.name == "refusals.too_little_there"
    await group.treasurer.tap("paid_cash")
    assert await member.tap("received_it") == ["payout.receipt"]
    assert await balances(stage, group, owed[0]) == [0]
    assert await balance(stage, group, owed[2], member.membership) == 0
