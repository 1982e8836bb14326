from __future__ import annotations

from conversations.parts import Candidate
from conversations.talks.say_death import Facts
from domain.ids import GroupId, MembershipId
from domain.parting import SayDeath
from tests.conversations.play import Play

GOLNAR = Candidate(MembershipId(7), "گلنار شریفی")
FACTS = Facts(GroupId(3), "یاس", (GOLNAR,))


def test_who_has_died_and_who_inherits_is_said_by_name(play: Play) -> None:
    """
    bot: say_death.who
    member: [person:7]
    bot: say_death.heir
    member: ***
    bot: common.name_unread
    bot: say_death.heir
    member: احمد شریفی
    bot: say_death.confirm
    member: [confirm]
    """
    assert play(FACTS) == SayDeath(GOLNAR.membership, "احمد شریفی")


def test_it_can_be_thought_over(play: Play) -> None:
    """
    bot: say_death.who
    member: [person:7]
    bot: say_death.heir
    member: احمد شریفی
    bot: say_death.confirm
    member: [cancel]
    """
    assert play(FACTS) is None
