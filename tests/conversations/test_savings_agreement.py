"""Somebody proposes how much everybody saves, and how often."""

from __future__ import annotations

from dataclasses import replace

from conversations.parts import Deciding
from conversations.talks.savings_agreement import Facts
from domain.bylaws import SavingsAgreement
from domain.calendar import Rhythm
from domain.ids import GroupId
from domain.money import Rial, Unit
from domain.proposals import ProposeRules
from domain.votes import MORE_THAN_HALF
from tests.conversations.play import Play

GROUP = GroupId(3)
DECIDING = Deciding(16, 3, MORE_THAN_HALF, whole=False)
NOW = SavingsAgreement(Rial(5_000_000), Rhythm.MONTHLY)
USUAL = (Rial(5_000_000), Rial(7_500_000), Rial(10_000_000))
FACTS = Facts(GROUP, "بهار", NOW, Unit.TOMAN, USUAL, deciding=DECIDING)


def agreement(toman: int, rhythm: Rhythm) -> ProposeRules:
    return ProposeRules(GROUP, SavingsAgreement(Rial.from_toman(toman), rhythm))


def test_by_buttons_alone(play: Play) -> None:
    """
    bot: savings_agreement.amount
    member: [amount:7500000]
    bot: savings_agreement.rhythm
    member: [rhythm_monthly]
    bot: savings_agreement.confirm
    member: [confirm]
    """
    assert play(FACTS) == agreement(750_000, Rhythm.MONTHLY)


def test_a_doubtful_amount_is_asked_back(play: Play) -> None:
    """
    bot: savings_agreement.amount
    member: ۶۰۰
    bot: common.amount_doubt
    member: [amount:6000000]
    bot: savings_agreement.rhythm
    member: [rhythm_two_weekly]
    bot: savings_agreement.confirm
    member: [confirm]
    """
    assert play(FACTS) == agreement(600_000, Rhythm.TWO_WEEKLY)


def test_three_times_as_much_or_a_third_of_it_is_not_far(play: Play) -> None:
    """
    bot: savings_agreement.amount
    member: ۶۰۰ هزار تومان
    bot: savings_agreement.rhythm
    member: /back
    bot: savings_agreement.amount
    member: ۵ میلیون و ۴۰۰ هزار تومان
    bot: savings_agreement.rhythm
    """
    assert play(replace(FACTS, now=SavingsAgreement(Rial.from_toman(1_800_000), Rhythm.MONTHLY))) is None


def test_an_amount_far_from_todays_is_asked_about_twice(play: Play) -> None:
    """
    bot: savings_agreement.amount
    member: ۵ میلیون تومان
    bot: savings_agreement.unusual
    member: [yes]
    bot: savings_agreement.rhythm
    member: /back
    bot: savings_agreement.unusual
    member: [no]
    """
    assert play(FACTS) is None


def test_hardly_anything_is_asked_about_as_well(play: Play) -> None:
    """
    bot: savings_agreement.amount
    member: ۱۰۰ هزار تومان
    bot: savings_agreement.unusual
    member: [yes]
    bot: savings_agreement.rhythm
    member: [rhythm_weekly]
    bot: savings_agreement.confirm
    member: [cancel]
    """
    assert play(FACTS) is None
