from __future__ import annotations

from conversations.talks.rename import Facts
from domain.commands import Rename
from tests.conversations.play import Play


def test_a_name_is_changed(play: Play) -> None:
    """
    bot: rename.name
    member: ***
    bot: common.name_unread
    bot: rename.name
    member: مریم بانو
    bot: rename.confirm
    member: [confirm]
    """
    assert play(Facts("مریم احمدی")) == Rename("مریم بانو")


def test_a_new_name_can_be_taken_back(play: Play) -> None:
    """
    bot: rename.name
    member: مریم
    bot: rename.confirm
    member: /back
    bot: rename.name
    member: مریم خانم
    bot: rename.confirm
    member: [cancel]
    """
    assert play(Facts("مریم احمدی")) is None
