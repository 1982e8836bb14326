"""Chair or treasurer proposes who receives how much of a bank loan."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conversations.parts import Candidate, Deciding
from conversations.talks.share_bank_loan import Facts
from domain.bank_loans import BankShare, BankSharing, FeeBearer, ShareBankLoan
from domain.ids import GroupId, MembershipId
from domain.money import Rial, Unit
from domain.votes import TWO_THIRDS
from tests.conversations.play import Play

GROUP = GroupId(3)
NAMES = ("مریم احمدی", "لیلا مرادی", "زهرا کریمی")
MEMBERS = tuple(Candidate(MembershipId(k), name) for k, name in enumerate(NAMES, start=4))
FACTS = Facts(GROUP, "یاس", Unit.TOMAN, MEMBERS, Deciding(16, 3, TWO_THIRDS, whole=False))
TOMAN = Rial.from_toman


def shares(*toman: int) -> tuple[BankShare, ...]:
    return tuple(BankShare(one.membership, TOMAN(share)) for one, share in zip(MEMBERS, toman, strict=True))


def test_all_receive_the_same(play: Play) -> None:
    """
    bot: share_bank_loan.received
    member: ۱۰۰ میلیون تومان
    bot: share_bank_loan.fee
    member: [nothing]
    bot: share_bank_loan.whom
    member: [everybody_receives]
    bot: share_bank_loan.way
    member: [equal_shares]
    bot: share_bank_loan.confirm
    member: [confirm]
    """
    sharing = BankSharing(
        TOMAN(100_000_000), Rial(0), FeeBearer.FUND, shares(33_333_334, 33_333_333, 33_333_333)
    )
    assert play(FACTS) == ShareBankLoan(GROUP, sharing)


def test_each_amount_is_entered_until_it_adds_up(play: Play) -> None:
    """
    bot: share_bank_loan.received
    member: ۹۸ میلیون تومان
    bot: share_bank_loan.fee
    member: ۲ میلیون تومان
    bot: share_bank_loan.bearer
    member: [feebearer_receivers]
    bot: share_bank_loan.whom
    member: [everybody_receives]
    bot: share_bank_loan.way
    member: [each_share]
    bot: share_bank_loan.share
    member: ۵۰ میلیون تومان
    bot: share_bank_loan.share
    member: پونصد تومن
    bot: common.amount_doubt
    member: ۲۰ میلیون تومان
    bot: share_bank_loan.share
    member: ۲۰ میلیون تومان
    bot: share_bank_loan.difference
    member: [loan:5]
    bot: share_bank_loan.share
    member: ۴۰ میلیون
    bot: share_bank_loan.difference
    member: [loan:5]
    bot: share_bank_loan.share
    member: [amount]
    bot: share_bank_loan.confirm
    member: [confirm]
    """
    by = FeeBearer.RECEIVERS
    all_ = shares(50_000_000, 30_000_000, 20_000_000)
    sharing = BankSharing(TOMAN(98_000_000), TOMAN(2_000_000), by, all_)
    assert play(FACTS) == ShareBankLoan(GROUP, sharing)


SHARE = "share_bank_loan.share"


def test_each_share_that_is_not_clear_is_asked_back(play: Play) -> None:
    """
    bot: share_bank_loan.received
    member: ۶ میلیون
    bot: share_bank_loan.fee
    member: [nothing]
    bot: share_bank_loan.whom
    member: [all_but_some]
    bot: share_bank_loan.left_out
    member: [person:6]
    bot: share_bank_loan.left_out
    member: [nobody_more]
    bot: share_bank_loan.way
    member: [each_share]
    bot: share_bank_loan.share
    member: ۲۰۰۰
    bot: common.amount_doubt
    member: ۲ میلیون
    bot: share_bank_loan.share
    member: ۴۰۰۰
    bot: common.amount_doubt
    member: ۴ میلیون
    bot: share_bank_loan.confirm
    member: [confirm]
    """
    both = (BankShare(MembershipId(4), TOMAN(2_000_000)), BankShare(MembershipId(5), TOMAN(4_000_000)))
    sharing = BankSharing(TOMAN(6_000_000), Rial(0), FeeBearer.FUND, both)
    assert play(FACTS) == ShareBankLoan(GROUP, sharing)


def test_an_equal_part_of_what_is_left_is_offered_each_time(play: Play) -> None:
    """
    bot: share_bank_loan.received
    member: ۱۰۰ میلیون
    bot: share_bank_loan.fee
    member: ۲ میلیون
    bot: share_bank_loan.bearer
    member: [feebearer_fund]
    bot: share_bank_loan.whom
    member: [everybody_receives]
    bot: share_bank_loan.way
    member: [each_share]
    bot: share_bank_loan.share
    member: [amount:333333330]
    bot: share_bank_loan.share
    member: ۲۰ میلیون
    bot: share_bank_loan.share
    member: [amount:466666670]
    bot: share_bank_loan.confirm
    member: [confirm]
    """
    sharing = BankSharing(
        TOMAN(100_000_000), TOMAN(2_000_000), FeeBearer.FUND, shares(33_333_333, 20_000_000, 46_666_667)
    )
    assert play(FACTS) == ShareBankLoan(GROUP, sharing)
    way = play.shown["share_bank_loan.way"]
    assert (way["least"], way["most"]) == (TOMAN(33_333_333), TOMAN(33_333_334))
    assert play.shown[SHARE]["left"] == TOMAN(46_666_667)


def test_what_is_left_is_offered_to_the_rial_and_nothing_where_nothing_is(play: Play) -> None:
    """
    bot: share_bank_loan.received
    member: ۳۳۳۳۳۳۳۵ ریال
    bot: share_bank_loan.fee
    member: [nothing]
    bot: share_bank_loan.whom
    member: [all_but_some]
    bot: share_bank_loan.left_out
    member: [person:6]
    bot: share_bank_loan.left_out
    member: [nobody_more]
    bot: share_bank_loan.way
    member: [each_share]
    bot: share_bank_loan.share
    member: [amount:16666660]
    bot: share_bank_loan.share
    member: /back
    bot: share_bank_loan.share
    member: ۴ میلیون
    bot: share_bank_loan.share
    member: ۵۰۰ هزار
    bot: share_bank_loan.difference
    member: [loan:4]
    bot: share_bank_loan.share
    member: [amount:28333335]
    bot: share_bank_loan.confirm
    member: [cancel]
    """
    assert play(FACTS) is None
    assert play.shown[SHARE]["left"] == Rial(28_333_335)


NOTHING_LEFT = """
    bot: share_bank_loan.received
    member: ۶ میلیون
    bot: share_bank_loan.fee
    member: [nothing]
    bot: share_bank_loan.whom
    member: [everybody_receives]
    bot: share_bank_loan.way
    member: [each_share]
    bot: share_bank_loan.share
    member: {}
    bot: share_bank_loan.share
"""


@pytest.mark.parametrize("first", ["۶ میلیون", "۷ میلیون"])
def test_where_nothing_is_left_no_amount_is_offered(play: Play, first: str) -> None:
    play.transcript = NOTHING_LEFT.format(first)
    assert play(FACTS) is None
    assert (play.offered[SHARE], play.shown[SHARE]["left"]) == ([], Rial(0))


def test_of_two_one_may_be_struck_out(play: Play) -> None:
    """
    bot: share_bank_loan.received
    member: ۶ میلیون
    bot: share_bank_loan.fee
    member: [nothing]
    bot: share_bank_loan.whom
    member: [all_but_some]
    bot: share_bank_loan.left_out
    member: [person:4]
    bot: share_bank_loan.confirm
    member: [confirm]
    """
    one = (BankShare(MembershipId(5), TOMAN(6_000_000)),)
    sharing = BankSharing(TOMAN(6_000_000), Rial(0), FeeBearer.FUND, one)
    assert play(replace(FACTS, members=MEMBERS[:2])) == ShareBankLoan(GROUP, sharing)
    assert play.offered["share_bank_loan.left_out"] == ["4", "5"]


def test_who_receives_nothing_is_struck_out_first(play: Play) -> None:
    """
    bot: share_bank_loan.received
    member: ۶ میلیون تومان
    bot: share_bank_loan.fee
    member: ۷ میلیون تومان
    bot: common.charge_too_large
    bot: share_bank_loan.fee
    member: [nothing]
    bot: share_bank_loan.whom
    member: [all_but_some]
    bot: share_bank_loan.left_out
    member: [person:5]
    bot: share_bank_loan.left_out
    member: [person:6]
    bot: share_bank_loan.confirm
    member: /back
    bot: share_bank_loan.left_out
    member: [nobody_more]
    bot: share_bank_loan.way
    member: [equal_shares]
    bot: share_bank_loan.confirm
    member: [cancel]
    """
    assert play(FACTS) is None
    assert play.shown["share_bank_loan.confirm"]["shared"] == TOMAN(6_000_000)


def test_where_few_receive_they_are_named(play: Play) -> None:
    """
    bot: share_bank_loan.received
    member: ۶ میلیون تومان
    bot: share_bank_loan.fee
    member: [nothing]
    bot: share_bank_loan.whom
    member: [only_some]
    bot: share_bank_loan.receiver
    member: همه
    bot: common.choose
    bot: share_bank_loan.receiver
    member: [person:6]
    bot: share_bank_loan.receiver
    member: [nobody_more:done]
    bot: share_bank_loan.confirm
    member: [confirm]
    """
    one = (BankShare(MembershipId(6), TOMAN(6_000_000)),)
    assert play(FACTS) == ShareBankLoan(GROUP, BankSharing(TOMAN(6_000_000), Rial(0), FeeBearer.FUND, one))


def test_one_alone_receives_all_whatever_is_pressed(play: Play) -> None:
    """
    bot: share_bank_loan.received
    member: ۶ میلیون تومان
    bot: share_bank_loan.fee
    member: [nothing]
    bot: share_bank_loan.whom
    member: [all_but_some]
    bot: share_bank_loan.confirm
    member: [cancel]
    """
    assert play(replace(FACTS, members=MEMBERS[:1])) is None
