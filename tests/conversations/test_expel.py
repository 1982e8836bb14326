from __future__ import annotations

from conversations.parts import Candidate, Deciding
from conversations.talks.expel import Facts
from domain.ids import GroupId, MembershipId
from domain.parting import Expulsion, ProposeExpulsion
from domain.votes import TWO_THIRDS
from tests.conversations.play import Play

PARVIN = Candidate(MembershipId(7), "پروین حیدری")
DECIDING = Deciding(voters=15, days=3, share=TWO_THIRDS, whole=False)
FACTS = Facts(GroupId(3), "یاس", (PARVIN,), DECIDING)


def test_whose_membership_is_to_end_and_why_is_said_before_the_vote(play: Play) -> None:
    """
    bot: expel.who
    member: [person:7]
    bot: expel.why
    member: ***
    bot: common.reason_unread
    bot: expel.why
    member: یک سال است که نیامده و جواب نمی‌دهد
    bot: expel.confirm
    member: [confirm]
    """
    said = ProposeExpulsion(GroupId(3), Expulsion(PARVIN.membership), "یک سال است که نیامده و جواب نمی‌دهد")
    assert play(FACTS) == said


def test_it_can_be_thought_over(play: Play) -> None:
    """
    bot: expel.who
    member: [person:7]
    bot: expel.why
    member: نیامده است
    bot: expel.confirm
    member: [cancel]
    """
    assert play(FACTS) is None
