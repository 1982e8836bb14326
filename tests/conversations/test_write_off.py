from __future__ import annotations

from conversations.talks.write_off import Facts, Owing
from domain.ids import GroupId, LoanId
from domain.money import Rial
from domain.repaying import LoanLost, WriteOff
from tests.conversations.play import Play

LOST = LoanLost(LoanId(7), Rial(4_000_000))
OWING = (Owing(LoanLost(LoanId(4), Rial(9_000_000)), "مریم احمدی"), Owing(LOST, "زهرا کریمی"))
FACTS = Facts(GroupId(3), "بهار", OWING)
WHY = "خانه‌اش سوخت"


def test_a_loan_is_to_be_written_off_for_a_reason(play: Play) -> None:
    """
    bot: write_off.which
    member: دومی
    bot: common.choose
    bot: write_off.which
    member: [loan_left:4]
    bot: write_off.why
    member: /back
    bot: write_off.which
    member: [loan_left:7]
    bot: write_off.why
    member: (picture 5)
    bot: common.reason_unread
    bot: write_off.why
    member: خانه‌اش سوخت
    bot: write_off.confirm
    member: [confirm]
    """
    assert play(FACTS) == WriteOff(GroupId(3), LOST, WHY)


def test_a_no_changes_nothing(play: Play) -> None:
    """
    bot: write_off.which
    member: [loan_left:7]
    bot: write_off.why
    member: خانه‌اش سوخت
    bot: write_off.confirm
    member: [cancel]
    """
    assert play(FACTS) is None
