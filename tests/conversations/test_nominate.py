from __future__ import annotations

from conversations.parts import Candidate
from conversations.talks.nominate import Facts
from domain.elections import Nominate
from domain.ids import MembershipId, ProposalId
from domain.offices import Office
from tests.conversations.play import Play

MEMBERS = (Candidate(MembershipId(4), "مریم احمدی"), Candidate(MembershipId(7), "لیلا مرادی"))
BOTH = (Office.CHAIR, Office.SECRETARY)


def test_a_member_is_named_for_an_office(play: Play) -> None:
    """
    bot: nominate.office
    member: [office_secretary]
    bot: nominate.member
    member: [person:7]
    bot: nominate.confirm
    member: [confirm]
    """
    named = Nominate(ProposalId(5), Office.SECRETARY, MembershipId(7))
    assert play(Facts(ProposalId(5), "یاس", BOTH, MEMBERS)) == named


def test_where_one_office_is_up_it_is_not_asked(play: Play) -> None:
    """
    bot: nominate.member
    member: کسی که نیست
    bot: common.choose
    bot: nominate.member
    member: [person:4]
    bot: nominate.confirm
    member: [cancel]
    """
    assert play(Facts(ProposalId(5), "یاس", (Office.CHAIR,), MEMBERS)) is None
