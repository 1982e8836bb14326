from __future__ import annotations

from conversations.talks.leave import Facts, Unsettled
from domain.commands import Leave, Stay
from domain.ids import MembershipId
from tests.conversations.play import Play

ME = MembershipId(5)


def test_who_owes_and_is_owed_nothing_leaves_at_once(play: Play) -> None:
    """
    bot: leave.at_once
    member: [confirm]
    """
    assert play(Facts(ME, "یاس", applied=False, wished=False, unsettled=())) == Leave(ME)


def test_what_is_unsettled_is_named_and_the_wish_kept(play: Play) -> None:
    """
    bot: leave.as_a_wish
    member: [confirm]
    """
    assert play(Facts(ME, "یاس", applied=False, wished=False, unsettled=tuple(Unsettled))) == Leave(ME)


def test_leaving_can_be_thought_over(play: Play) -> None:
    """
    bot: leave.at_once
    member: [cancel]
    """
    assert play(Facts(ME, "یاس", applied=False, wished=False, unsettled=())) is None


def test_an_application_is_taken_back(play: Play) -> None:
    """
    bot: leave.withdraw
    member: [confirm]
    """
    assert play(Facts(ME, "یاس", applied=True, wished=False, unsettled=())) == Leave(ME)


def test_a_wish_is_taken_back(play: Play) -> None:
    """
    bot: leave.take_back
    member: [confirm]
    """
    facts = Facts(ME, "یاس", applied=False, wished=True, unsettled=(Unsettled.BALANCE,))
    assert play(facts) == Stay(ME)


def test_a_wish_stands_unless_taken_back(play: Play) -> None:
    """
    bot: leave.take_back
    member: [cancel]
    """
    facts = Facts(ME, "یاس", applied=False, wished=True, unsettled=(Unsettled.BALANCE,))
    assert play(facts) is None
