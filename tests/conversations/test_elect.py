from __future__ import annotations

from dataclasses import replace

from conversations.talks.elect import Facts
from domain.elections import CallElection
from domain.ids import GroupId
from domain.offices import Office
from tests.conversations.play import Play

FACTS = Facts(GroupId(3), "یاس", voters=16, days=3, whole=False)


def test_the_whole_board_is_elected(play: Play) -> None:
    """
    bot: elect.offices
    member: [whole_board]
    bot: elect.confirm
    member: [confirm]
    """
    board = (Office.CHAIR, Office.TREASURER, Office.SECRETARY)
    assert play(FACTS) == CallElection(GroupId(3), board)


def test_one_office_is_chosen_after_a_second_thought(play: Play) -> None:
    """
    bot: elect.offices
    member: چه کسی؟
    bot: common.choose
    bot: elect.offices
    member: [office_chair]
    bot: elect.confirm
    member: /back
    bot: elect.offices
    member: [office_treasurer]
    bot: elect.confirm
    member: [confirm]
    """
    assert play(FACTS) == CallElection(GroupId(3), (Office.TREASURER,))


def test_it_is_left_alone(play: Play) -> None:
    """
    bot: elect.offices
    member: [whole_board]
    bot: elect.confirm
    member: [cancel]
    """
    assert play(FACTS) is None


def test_those_who_stand_for_the_group_in_the_kanoon(play: Play) -> None:
    """
    bot: elect.offices
    member: [representatives]
    bot: elect.confirm
    member: [confirm]
    """
    both = (Office.REPRESENTATIVE, Office.SECOND_REPRESENTATIVE)
    assert play(replace(FACTS, whole=True)) == CallElection(GroupId(3), both)
    assert play.shown["elect.confirm"]["whole"] is True
