from __future__ import annotations

from conversations.talks.loan_order import Facts, Waiting
from domain.ids import GroupId, LoanId
from domain.lending import PutFirst
from domain.money import Rial
from tests.conversations.play import Play

QUEUE = tuple(
    Waiting(LoanId(number), name, Rial.from_toman(1_000_000))
    for number, name in ((4, "مریم احمدی"), (7, "زهرا کریمی"), (9, "لیلا مرادی"))
)
FACTS = Facts(GroupId(3), "بهار", QUEUE)


def test_another_loan_is_to_be_paid_first(play: Play) -> None:
    """
    bot: loan_order.which
    member: اولی
    bot: common.choose
    bot: loan_order.which
    member: [loan:9]
    bot: loan_order.confirm
    member: /back
    bot: loan_order.which
    member: [loan:7]
    bot: loan_order.confirm
    member: [confirm]
    """
    assert play(FACTS) == PutFirst(GroupId(3), LoanId(7))


def test_a_no_changes_nothing(play: Play) -> None:
    """
    bot: loan_order.which
    member: [loan:7]
    bot: loan_order.confirm
    member: [cancel]
    """
    assert play(FACTS) is None
