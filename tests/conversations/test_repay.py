from __future__ import annotations

from dataclasses import replace

from conversations.talks.repay import Facts, Running
from domain.bylaws import Part
from domain.ids import LoanId, PictureId
from domain.loan_account import Agreed, opened
from domain.loan_terms import Method
from domain.money import Rial, Unit
from domain.posting import Way
from domain.repaying import RepayLoan
from tests.conversations.play import Play
from tests.domain.loans import ABAN_15, terms

ORDER = (Part.FEE, Part.PRINCIPAL, Part.FINE)
ACCOUNT = opened(Agreed(terms(method=Method.BALANCE_EQUAL), ORDER, Rial(0)))
HERS = Running(LoanId(5), "مریم احمدی", ACCOUNT)
OTHER = Running(LoanId(6), "ننه صغری", ACCOUNT)
FACTS = Facts("بهار", Unit.TOMAN, ABAN_15, (HERS,), taken_in=False, subject=5)


def paid(amount: int, way: Way = Way.CASH, picture: int | None = None, loan: int = 5) -> RepayLoan:
    return RepayLoan(LoanId(loan), Rial(amount), way, PictureId(picture) if picture else None)


def test_the_instalment_that_is_due_is_a_button(play: Play) -> None:
    """
    bot: repay.amount
    member: [amount:3433000]
    bot: saving.way
    member: [cash]
    bot: repay.confirm
    member: [confirm]
    """
    assert play(FACTS) == paid(3_433_000)
    confirm = play.shown["repay.confirm"]
    assert (play.shown["repay.amount"]["due"], confirm["left"]) == (Rial(3_433_000), Rial(6_667_000))


def test_what_is_paid_beyond_the_loan_stays_hers(play: Play) -> None:
    """
    bot: repay.amount
    member: ۱,۰۵۰,۰۰۰
    bot: saving.way
    member: [cash]
    bot: repay.confirm
    member: [confirm]
    """
    assert play(FACTS) == paid(10_500_000)
    confirm = play.shown["repay.confirm"]
    assert (confirm["beyond"], confirm["left"]) == (Rial(400_000), Rial(0))


def test_settling_is_a_button_too(play: Play) -> None:
    """
    bot: repay.amount
    member: [amount:10100000]
    bot: saving.way
    member: [transfer]
    bot: saving.receipt
    member: (picture 12)
    bot: repay.confirm
    member: [confirm]
    """
    assert play(FACTS) == paid(10_100_000, Way.TRANSFER, 12)


def test_any_other_amount_can_be_written(play: Play) -> None:
    """
    bot: repay.amount
    member: هر چه شد
    bot: common.amount_unread
    bot: repay.amount
    member: ۲۰۰ تومن
    bot: common.amount_doubt
    member: [amount:2000000]
    bot: saving.way
    member: /back
    bot: common.amount_doubt
    member: ۵۰ هزار تومان
    bot: saving.way
    member: [transfer]
    bot: saving.receipt
    member: [later]
    bot: repay.confirm
    member: [confirm]
    """
    assert play(FACTS) == paid(500_000, Way.TRANSFER)


def test_an_officer_chooses_whose_instalment_was_taken_in(play: Play) -> None:
    """
    bot: repay.loan
    member: کدام؟
    bot: common.choose
    bot: repay.loan
    member: [loan_left:6]
    bot: repay.amount
    member: [amount:3433000]
    bot: saving.way
    member: [cash]
    bot: repay.confirm
    member: [confirm]
    """
    facts = replace(FACTS, running=(HERS, OTHER), taken_in=True, subject=None)
    assert play(facts) == paid(3_433_000, loan=6)


def test_a_no_at_the_end_reports_nothing(play: Play) -> None:
    """
    bot: repay.amount
    member: [amount:3433000]
    bot: saving.way
    member: [cash]
    bot: repay.confirm
    member: [cancel]
    """
    assert play(FACTS) is None


def test_what_is_paid_ahead_has_no_instalment_to_offer(play: Play) -> None:
    """
    bot: repay.amount
    member: [amount:3334000]
    bot: saving.way
    """
    ahead = replace(ACCOUNT, owed=ACCOUNT.owed[2:])
    assert play(replace(FACTS, running=(replace(HERS, account=ahead),))) is None
