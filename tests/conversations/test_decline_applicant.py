from __future__ import annotations

from conversations.talks.decline_applicant import Facts
from domain.commands import DeclineApplicant
from domain.ids import MembershipId
from tests.conversations.play import Play

FACTS = Facts(MembershipId(9), "مریم احمدی", "یاس")


def test_the_applicant_is_to_be_told_why(play: Play) -> None:
    """
    bot: decline_applicant.reason
    member: (picture 2)
    bot: common.reason_unread
    bot: decline_applicant.reason
    member: گروه پر شده است
    bot: decline_applicant.confirm
    member: [confirm]
    """
    assert play(FACTS) == DeclineApplicant(MembershipId(9), "گروه پر شده است")


def test_a_refusal_can_be_thought_over(play: Play) -> None:
    """
    bot: decline_applicant.reason
    member: نمی‌شناسیم
    bot: decline_applicant.confirm
    member: [cancel]
    """
    assert play(FACTS) is None
