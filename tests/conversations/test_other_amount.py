from __future__ import annotations

from conversations.talks.other_amount import Facts
from domain.commands import OfferAmount
from domain.ids import DepositId
from domain.money import Rial, Unit
from tests.conversations.play import Play

FACTS = Facts(DepositId(4), 2, "مریم احمدی", Rial.from_toman(500_000), Unit.TOMAN)


def test_the_treasurer_counted_less(play: Play) -> None:
    """
    bot: other_amount.counted
    member: ۴۵۰ هزار تومان
    bot: other_amount.confirm
    member: [confirm]
    """
    assert play(FACTS) == OfferAmount(DepositId(4), 2, Rial.from_toman(450_000))


def test_a_doubtful_count_is_asked_back(play: Play) -> None:
    """
    bot: other_amount.counted
    member: ۴۵۰
    bot: common.amount_doubt
    member: [amount:4500000]
    bot: other_amount.confirm
    member: /back
    bot: common.amount_doubt
    member: [amount:4500000]
    bot: other_amount.confirm
    member: [confirm]
    """
    assert play(FACTS) == OfferAmount(DepositId(4), 2, Rial.from_toman(450_000))


def test_the_treasurer_thinks_better_of_it(play: Play) -> None:
    """
    bot: other_amount.counted
    member: کمتر بود
    bot: common.amount_unread
    bot: other_amount.counted
    member: ۴۵۰٬۰۰۰
    bot: other_amount.confirm
    member: [cancel]
    """
    assert play(FACTS) is None
