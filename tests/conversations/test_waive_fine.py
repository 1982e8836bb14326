from __future__ import annotations

from conversations.talks.waive_fine import Facts, Fined
from domain.ids import GroupId, LoanId, MembershipId
from domain.money import Rial
from domain.moves import LateFinesWaived
from domain.repaying import FineWaived, WaiveFine
from tests.conversations.play import Play

WAIVED = FineWaived(LoanId(7), Rial(200_000))
FINED = (
    Fined(FineWaived(LoanId(4), Rial(400_000)), MembershipId(6), "مریم احمدی"),
    Fined(WAIVED, MembershipId(5), "زهرا کریمی"),
)
FACTS = Facts(GroupId(3), "بهار", FINED)
WHY = "بیمارستان بود"


def test_fines_are_to_be_waived_for_a_reason(play: Play) -> None:
    """
    bot: waive_fine.which
    member: دومی
    bot: common.choose
    bot: waive_fine.which
    member: [loan_fine:1]
    bot: waive_fine.why
    member: /back
    bot: waive_fine.which
    member: [loan_fine:2]
    bot: waive_fine.why
    member: بیمارستان بود
    bot: waive_fine.confirm
    member: [confirm]
    """
    assert play(FACTS) == WaiveFine(GroupId(3), WAIVED, WHY)


def test_fines_of_late_saving_are_named_with_their_rounds(play: Play) -> None:
    """
    bot: waive_fine.which
    member: [saving_fine:3]
    bot: waive_fine.why
    member: بیمارستان بود
    bot: waive_fine.confirm
    member: [confirm]
    """
    late = LateFinesWaived(MembershipId(4), (2, 3), Rial(400_000))
    facts = Facts(GroupId(3), "بهار", (*FINED, Fined(late, late.membership, "صغری احمدی")))
    assert play(facts) == WaiveFine(GroupId(3), late, WHY)


def test_a_no_changes_nothing(play: Play) -> None:
    """
    bot: waive_fine.which
    member: [loan_fine:2]
    bot: waive_fine.why
    member: (picture 5)
    bot: common.reason_unread
    bot: waive_fine.why
    member: بیمارستان بود
    bot: waive_fine.confirm
    member: [cancel]
    """
    assert play(FACTS) is None
