from __future__ import annotations

from dataclasses import replace

from conversations.parts import Deciding
from conversations.talks.share_surplus import Facts
from domain.bylaws import SurplusRule
from domain.ids import GroupId
from domain.money import Rial, Unit
from domain.surplus import ShareSurplus, Sharing
from domain.votes import MORE_THAN_HALF
from tests.conversations.play import Play

GROUP = GroupId(3)


def facts(rule: SurplusRule = SurplusRule.EQUAL, weights: tuple[int, ...] = (1, 1, 1)) -> Facts:
    deciding = Deciding(4, 3, MORE_THAN_HALF, whole=rule is not SurplusRule.EQUAL)
    return Facts(GROUP, "یاس", 1405, Rial(7_200_005), rule, weights, Rial(1_000), Unit.TOMAN, deciding)


def test_all_of_it_is_to_become_savings(play: Play) -> None:
    """
    bot: share_surplus.amount
    member: [amount]
    bot: share_surplus.way
    member: [to_savings]
    bot: share_surplus.confirm
    member: [confirm]
    """
    assert play(facts()) == ShareSurplus(GROUP, Sharing(1405, Rial(7_200_005), to_savings=True))


def test_a_part_of_it_is_to_be_paid_out(play: Play) -> None:
    """
    bot: share_surplus.amount
    member: چقدر هست
    bot: common.amount_unread
    bot: share_surplus.amount
    member: ۱ میلیون تومان
    bot: refusals.more_than_the_surplus
    member: ۶۰۰ هزار تومان
    bot: share_surplus.way
    member: /back
    bot: refusals.more_than_the_surplus
    member: ۵۰۰ هزار
    bot: share_surplus.way
    member: [pay_out]
    bot: share_surplus.confirm
    member: [confirm]
    """
    played = play(facts(SurplusRule.SAVING_TIME, (10**15, 3 * 10**15)))
    assert played == ShareSurplus(GROUP, Sharing(1405, Rial(5_000_000), to_savings=False))
    assert play.shown["share_surplus.confirm"]["to_savings"] is False


def test_less_than_a_share_is_rounded_to_reaches_nobody(play: Play) -> None:
    """
    bot: share_surplus.amount
    member: ۵۰ هزار تومان
    bot: refusals.too_little_for_everybody
    member: ۱۰۰ هزار تومان
    bot: share_surplus.way
    """
    assert play(replace(facts(weights=(1,)), rounding=Rial.from_toman(100_000))) is None


def test_it_can_be_thought_over(play: Play) -> None:
    """
    bot: share_surplus.amount
    member: [amount]
    bot: share_surplus.way
    member: [to_savings]
    bot: share_surplus.confirm
    member: [cancel]
    """
    assert play(facts(weights=())) is None
