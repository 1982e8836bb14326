from __future__ import annotations

from conversations.talks.join_accounts import Facts
from domain.commands import JoinAccounts
from domain.ids import Platform
from tests.conversations.play import Play

FACTS = Facts(2, "ab" * 32, "مریم احمدی", Platform.BALE)


def test_two_messengers_are_to_become_one_persons(play: Play) -> None:
    """
    bot: join_accounts.confirm
    member: [confirm]
    """
    assert play(FACTS) == JoinAccounts("ab" * 32)


def test_a_strangers_name_on_the_code_stops_it(play: Play) -> None:
    """
    bot: join_accounts.confirm
    member: [cancel]
    """
    assert play(FACTS) is None
