from __future__ import annotations

from conversations.talks.waive_fine import Facts, Fined
from domain.ids import GroupId, LoanId
from domain.money import Rial
from domain.repaying import FineWaived, WaiveFine
from tests.conversations.play import Play

WAIVED = FineWaived(LoanId(7), Rial(200_000))
FINED = (Fined(FineWaived(LoanId(4), Rial(400_000)), "مریم احمدی"), Fined(WAIVED, "زهرا کریمی"))
FACTS = Facts(GroupId(3), "بهار", FINED)
WHY = "بیمارستان بود"


def test_fines_are_to_be_waived_for_a_reason(play: Play) -> None:
    """
    bot: waive_fine.which
    member: دومی
    bot: common.choose
    bot: waive_fine.which
    member: [loan_fine:4]
    bot: waive_fine.why
    member: /back
    bot: waive_fine.which
    member: [loan_fine:7]
    bot: waive_fine.why
    member: بیمارستان بود
    bot: waive_fine.confirm
    member: [confirm]
    """
    assert play(FACTS) == WaiveFine(GroupId(3), WAIVED, WHY)


def test_a_no_changes_nothing(play: Play) -> None:
    """
    bot: waive_fine.which
    member: [loan_fine:7]
    bot: waive_fine.why
    member: (picture 5)
    bot: common.reason_unread
    bot: waive_fine.why
    member: بیمارستان بود
    bot: waive_fine.confirm
    member: [cancel]
    """
    assert play(FACTS) is None
