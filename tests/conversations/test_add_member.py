from __future__ import annotations

from conversations.parts import Candidate
from conversations.talks.add_member import Facts
from domain.commands import AddPhonelessMember
from domain.ids import GroupId, MembershipId
from tests.conversations.play import Play

HELPERS = (Candidate(MembershipId(4), "مریم احمدی"), Candidate(MembershipId(7), "لیلا مرادی"))
FACTS = Facts(GroupId(3), "یاس", HELPERS, count=16, most=25, whole=True)


def test_a_member_without_a_phone_is_helped_by_a_named_person(play: Play) -> None:
    """
    bot: add_member.name
    member: ننه صغری
    bot: add_member.consent
    member: [yes]
    bot: add_member.purpose
    member: دو گوسفند
    bot: add_member.helper
    member: کسی
    bot: common.choose
    bot: add_member.helper
    member: [person:7]
    bot: add_member.confirm
    member: [confirm]
    """
    assert play(FACTS) == AddPhonelessMember(GroupId(3), "ننه صغری", "دو گوسفند", MembershipId(7))


def test_nobody_is_taken_in_who_did_not_agree_herself(play: Play) -> None:
    """
    bot: add_member.name
    member: ننه صغری
    bot: add_member.consent
    member: [no]
    """
    assert play(FACTS) is None


def test_nobody_is_taken_in_against_the_last_no(play: Play) -> None:
    """
    bot: add_member.name
    member: ننه صغری
    bot: add_member.consent
    member: [yes]
    bot: add_member.purpose
    member: دو گوسفند
    bot: add_member.helper
    member: [person:7]
    bot: add_member.confirm
    member: [cancel]
    """
    assert play(FACTS) is None


def test_one_more_than_the_rules_say_is_named_before_it_is_confirmed(play: Play) -> None:
    """
    bot: add_member.name
    member: ننه صغری
    bot: add_member.consent
    member: [yes]
    bot: add_member.purpose
    member: دو گوسفند
    bot: add_member.helper
    member: [person:7]
    bot: add_member.confirm
    member: [cancel]
    """
    for count, beyond in ((25, True), (24, False)):
        assert play(Facts(GroupId(3), "یاس", HELPERS, count, most=25, whole=False)) is None
        assert play.shown["add_member.confirm"]["beyond"] is beyond
