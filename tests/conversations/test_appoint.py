from __future__ import annotations

from conversations import engine
from conversations.engine import Answer, Asking
from conversations.parts import Candidate
from conversations.registry import CODEC
from conversations.talks.appoint import Facts, Held, appoint
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


def test_only_who_leaves_this_office_is_named() -> None:
    answers = {"appoint.member": Answer("7")}
    held = (Held(Office.CHAIR, "لیلا مرادی"),)
    facts = Facts(GroupId(3), "یاس", held, MEMBERS)
    for office, before in (("office_chair", "لیلا مرادی"), ("office_treasurer", "")):
        asked = engine.replay(appoint(facts), {"appoint.office": Answer(office), **answers}, CODEC)
        assert isinstance(asked, Asking)
        assert asked.question.facts["before"] == before
