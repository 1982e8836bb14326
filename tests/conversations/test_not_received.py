from __future__ import annotations

from conversations.talks.not_received import Facts
from domain.commands import RefuseDeposit
from domain.ids import DepositId
from domain.money import Rial
from domain.posting import PaidFor
from tests.conversations.play import Play

FACTS = Facts(DepositId(4), 2, "مریم احمدی", Rial.from_toman(500_000), PaidFor.SAVING)


def test_the_member_is_to_be_told_why(play: Play) -> None:
    """
    bot: not_received.reason
    member: به حساب   *نیامده* است
    bot: not_received.confirm
    member: [confirm]
    """
    assert play(FACTS) == RefuseDeposit(DepositId(4), 2, "به حساب نیامده است")


def test_a_picture_is_no_reason(play: Play) -> None:
    """
    bot: not_received.reason
    member: (picture 5)
    bot: common.reason_unread
    bot: not_received.reason
    member: ***
    bot: common.reason_unread
    bot: not_received.reason
    """
    assert play(FACTS) is None


def test_the_treasurer_finds_the_money_after_all(play: Play) -> None:
    """
    bot: not_received.reason
    member: نیامده
    bot: not_received.confirm
    member: /back
    bot: not_received.reason
    member: هنوز نیامده
    bot: not_received.confirm
    member: [cancel]
    """
    assert play(FACTS) is None
