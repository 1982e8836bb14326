from __future__ import annotations

from conversations.parts import Candidate
from conversations.talks.enter_papers import Choice, Facts
from domain.elections import EnterPapers
from domain.ids import MembershipId, ProposalId
from domain.offices import Office
from tests.conversations.play import Play

SERVED = (
    Candidate(MembershipId(4), "ننه صغری"),
    Candidate(MembershipId(7), "ننه گلناز"),
    Candidate(MembershipId(9), "بی‌بی"),
)
CHOICES = (Choice("for_1", "مریم احمدی"), Choice("for_2", "لیلا مرادی"), Choice("abstain", ""))
FACTS = Facts(ProposalId(5), Office.CHAIR, CHOICES, SERVED)


def test_papers_are_read_out_after_all_were_handed_in(play: Play) -> None:
    """
    bot: enter_papers.handed_in
    member: [yes]
    bot: enter_papers.handed_in
    member: [no]
    bot: enter_papers.handed_in
    member: [yes]
    bot: enter_papers.paper
    member: [person:for_2]
    bot: enter_papers.paper
    member: [vote_abstain]
    bot: enter_papers.confirm
    member: [confirm]
    """
    assert play(FACTS) == EnterPapers(ProposalId(5), (MembershipId(4), MembershipId(9)), ("for_2", "abstain"))


def test_nobody_handed_one_in_after_all(play: Play) -> None:
    """
    bot: enter_papers.handed_in
    member: [no]
    bot: enter_papers.handed_in
    member: [no]
    bot: enter_papers.handed_in
    member: [no]
    bot: enter_papers.confirm
    member: [cancel]
    """
    assert play(FACTS) is None
