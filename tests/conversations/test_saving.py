from __future__ import annotations

from dataclasses import replace

from conversations.talks.saving import Facts, Payer
from domain.commands import ReportSaving
from domain.ids import MembershipId, PictureId
from domain.money import Rial, Unit
from domain.posting import OpenLine, Way
from tests.conversations.play import Play

USUAL = Rial.from_toman(500_000)
MARYAM = Payer(MembershipId(7), "مریم احمدی", (OpenLine(3, USUAL),))
NANEH = Payer(MembershipId(9), "ننه صغری", (OpenLine(3, USUAL),))
FACTS = Facts("بهار", USUAL, Unit.TOMAN, (MARYAM,), 3)
TWO_ROUNDS = replace(MARYAM, lines=(OpenLine(3, USUAL), OpenLine(2, Rial.from_toman(200_000))))


def reported(amount: Rial = USUAL, way: Way = Way.CASH, picture: int | None = None) -> ReportSaving:
    return ReportSaving(MARYAM.membership, 3, amount, way, PictureId(picture) if picture else None, None)


def test_the_usual_amount_in_cash_is_four_taps(play: Play) -> None:
    """
    bot: saving.amount
    member: [amount:5000000]
    bot: saving.way
    member: [cash]
    bot: saving.confirm
    member: [confirm]
    """
    assert play(FACTS) == reported()
    assert play.shown["saving.confirm"]["helped"] is False


def test_a_transfer_comes_with_the_picture_of_its_receipt(play: Play) -> None:
    """
    bot: saving.amount
    member: ۶۰۰ هزار تومان
    bot: saving.way
    member: [transfer]
    bot: saving.receipt
    member: بفرستم؟
    bot: common.picture_unread
    bot: saving.receipt
    member: (picture 12)
    bot: saving.confirm
    member: [confirm]
    """
    assert play(FACTS) == reported(Rial.from_toman(600_000), Way.TRANSFER, 12)


def test_the_receipt_may_come_later(play: Play) -> None:
    """
    bot: saving.amount
    member: [amount]
    bot: saving.way
    member: [transfer]
    bot: saving.receipt
    member: [later]
    bot: saving.confirm
    member: [confirm]
    """
    assert play(FACTS) == reported(way=Way.TRANSFER)


def test_an_amount_with_two_readings_is_asked_back(play: Play) -> None:
    """
    bot: saving.amount
    member: پونصد تومن
    bot: common.amount_doubt
    member: [amount:5000000]
    bot: saving.way
    member: [cash]
    bot: saving.confirm
    member: [confirm]
    """
    assert play(FACTS) == reported()


def test_a_doubt_is_asked_back_until_it_is_settled(play: Play) -> None:
    """
    bot: saving.amount
    member: ۵۰۰
    bot: common.amount_doubt
    member: ۶۰۰
    bot: common.amount_doubt
    member: ۶۰۰ هزار تومان
    bot: saving.way
    member: /back
    bot: common.amount_doubt
    member: /back
    bot: common.amount_doubt
    member: /back
    bot: saving.amount
    """
    assert play(FACTS) is None


def test_what_is_no_amount_is_answered_with_what_would_be(play: Play) -> None:
    """
    bot: saving.amount
    member: سلام
    bot: common.amount_unread
    bot: saving.amount
    member: -۵۰۰۰۰۰
    bot: common.amount_negative
    bot: saving.amount
    member: ۹۹۹۹۹۹۹۹۹۹۹۹۹۹۹۹۹۹۹۹۹۹۹
    bot: common.amount_too_large
    bot: saving.amount
    member: (picture 3)
    bot: common.amount_unread
    bot: saving.amount
    """
    assert play(FACTS) is None


def test_an_unusually_large_amount_is_asked_twice(play: Play) -> None:
    """
    bot: saving.amount
    member: 5,000,000
    bot: saving.unusual
    member: [yes]
    bot: saving.way
    member: [cash]
    bot: saving.confirm
    member: [confirm]
    """
    assert play(FACTS) == reported(Rial.from_toman(5_000_000))


def test_a_doubted_amount_can_be_taken_back(play: Play) -> None:
    """
    bot: saving.amount
    member: 5,000,000
    bot: saving.unusual
    member: /back
    bot: saving.amount
    """
    assert play(FACTS) is None


def test_an_amount_that_was_a_slip_ends_the_talk(play: Play) -> None:
    """
    bot: saving.amount
    member: 5,000,000
    bot: saving.unusual
    member: [no]
    """
    assert play(FACTS) is None


def test_three_times_the_usual_is_not_unusual(play: Play) -> None:
    """
    bot: saving.amount
    member: 1,500,000
    bot: saving.way
    """
    assert play(FACTS) is None


def test_earlier_unpaid_rounds_are_offered(play: Play) -> None:
    """
    bot: saving.amount
    member: [amount]
    bot: saving.way
    member: [cash]
    bot: saving.round
    member: فرقی نمی‌کند
    bot: common.choose
    bot: saving.round
    member: [round:2]
    bot: saving.confirm
    member: [confirm]
    """
    assert play(replace(FACTS, payers=(TWO_ROUNDS,))) == replace(reported(), round_number=2)


def test_with_nothing_unpaid_it_is_for_the_current_round(play: Play) -> None:
    """
    bot: saving.amount
    member: [amount]
    bot: saving.way
    member: [cash]
    bot: saving.confirm
    member: [confirm]
    """
    assert play(replace(FACTS, payers=(replace(MARYAM, lines=()),))) == reported()


def test_a_helper_says_whose_saving_it_is(play: Play) -> None:
    """
    bot: saving.payer
    member: [person:9]
    bot: saving.amount
    member: [amount]
    bot: saving.way
    member: [cash]
    bot: saving.confirm
    member: [confirm]
    """
    assert play(replace(FACTS, payers=(MARYAM, NANEH))) == replace(reported(), membership=NANEH.membership)


def test_an_amount_out_of_the_blue_is_offered_first(play: Play) -> None:
    """
    bot: saving.offered
    member: [yes]
    bot: saving.way
    member: [cash]
    bot: saving.confirm
    member: [confirm]
    """
    assert play(replace(FACTS, amount=USUAL, subject=USUAL.rials)) == reported()


def test_an_amount_out_of_the_blue_may_have_meant_something_else(play: Play) -> None:
    """
    bot: saving.offered
    member: [no]
    """
    assert play(replace(FACTS, amount=USUAL, subject=USUAL.rials)) is None


def test_a_no_at_the_end_records_nothing(play: Play) -> None:
    """
    bot: saving.amount
    member: [amount]
    bot: saving.way
    member: [cash]
    bot: saving.confirm
    member: [cancel]
    """
    assert play(FACTS) is None


def test_going_back_and_changing_the_way_asks_the_rest_anew(play: Play) -> None:
    """
    bot: saving.amount
    member: [amount]
    bot: saving.way
    member: [transfer]
    bot: saving.receipt
    member: (picture 12)
    bot: saving.confirm
    member: /back
    bot: saving.receipt
    member: /back
    bot: saving.way
    member: [cash]
    bot: saving.confirm
    member: [confirm]
    """
    assert play(FACTS) == reported()


def test_it_can_be_given_up_at_any_question(play: Play) -> None:
    """
    bot: saving.amount
    member: [amount]
    bot: saving.way
    member: /cancel
    """
    assert play(FACTS) is None


def test_the_one_unpaid_round_is_meant_though_a_later_one_is_open(play: Play) -> None:
    """
    bot: saving.amount
    member: [amount:5000000]
    bot: saving.way
    member: [cash]
    bot: saving.confirm
    member: [confirm]
    """
    assert play(replace(FACTS, current_round=4)) == reported()
