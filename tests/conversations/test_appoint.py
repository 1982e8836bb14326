from __future__ import annotations

from conversations.parts import Candidate
from conversations.talks.appoint import Facts, Held
from domain.commands import AppointOfficer
from domain.ids import GroupId, MembershipId
from domain.offices import Office
from tests.conversations.play import Play

MEMBERS = (Candidate(MembershipId(4), "مریم احمدی"), Candidate(MembershipId(7), "لیلا مرادی"))


def test_a_vacant_office_is_given(play: Play) -> None:
    """
    bot: appoint.office
    member: [office_treasurer]
    bot: appoint.member
    member: [person:7]
    bot: appoint.confirm
    member: [confirm]
    """
    facts = Facts(GroupId(3), "یاس", (), MEMBERS)
    assert play(facts) == AppointOfficer(GroupId(3), Office.TREASURER, MembershipId(7))


def test_who_holds_the_office_now_is_named_before_it_passes_over(play: Play) -> None:
    """
    bot: appoint.office
    member: [office_secretary]
    bot: appoint.member
    member: /back
    bot: appoint.office
    member: [office_chair]
    bot: appoint.member
    member: [person:4]
    bot: appoint.confirm
    member: [cancel]
    """
    assert play(Facts(GroupId(3), "یاس", (Held(Office.CHAIR, "لیلا مرادی"),), MEMBERS)) is None
