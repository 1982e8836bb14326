"""Somebody puts something to the vote of the assembly."""

from __future__ import annotations

from conversations.parts import Deciding
from conversations.talks.propose import Facts
from domain.ids import GroupId
from domain.proposals import KINDS, ProposalKind, Propose
from domain.votes import MORE_THAN_HALF
from tests.conversations.play import Play

GROUP = GroupId(3)
DECIDING = Deciding(16, 3, MORE_THAN_HALF, whole=False)
FACTS = Facts(GROUP, "بهار", tuple(kind for kind, rule in KINDS.items() if rule.proposers), deciding=DECIDING)


def test_a_resolution_is_put_in_the_groups_own_words(play: Play) -> None:
    """
    bot: propose.kind
    member: [proposalkind_resolution]
    bot: propose.resolution
    member: صندوق یک دفتر نو بخرد
    bot: propose.confirm
    member: [confirm]
    """
    assert play(FACTS) == Propose(GROUP, ProposalKind.RESOLUTION, "صندوق یک دفتر نو بخرد")


def test_another_name_is_a_name(play: Play) -> None:
    """
    bot: propose.kind
    member: [proposalkind_name]
    bot: propose.name
    member: ۱۲۳
    bot: common.name_unread
    bot: propose.name
    member: *شکوفه*
    bot: propose.confirm
    member: [confirm]
    """
    assert play(FACTS) == Propose(GROUP, ProposalKind.NAME, "شکوفه")


def test_what_has_no_words_is_asked_for_again(play: Play) -> None:
    """
    bot: propose.kind
    member: هر چه شد
    bot: common.choose
    bot: propose.kind
    member: [proposalkind_resolution]
    bot: propose.resolution
    member: (picture 5)
    bot: propose.unread
    bot: propose.resolution
    member: ***
    bot: propose.unread
    bot: propose.resolution
    """
    assert play(FACTS) is None


def test_another_kind_asks_for_other_words(play: Play) -> None:
    """
    bot: propose.kind
    member: [proposalkind_resolution]
    bot: propose.resolution
    member: /back
    bot: propose.kind
    member: [proposalkind_name]
    bot: propose.name
    member: شکوفه
    bot: propose.confirm
    member: [cancel]
    """
    assert play(FACTS) is None
