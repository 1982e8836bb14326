"""What one member had saved: one amount."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from conversations.talks.opening_line import Facts
from domain.ids import MembershipId
from domain.money import Rial, Unit
from domain.opening import EnterOpeningLine
from tests.conversations.play import Play

FACTS = Facts(MembershipId(7), "مریم احمدی", Unit.TOMAN, date(2026, 3, 20))
MILLION = Rial.from_toman(1_000_000)


def test_one_amount_is_all(play: Play) -> None:
    """
    bot: opening_line.savings
    member: سلام
    bot: common.amount_unread
    bot: opening_line.savings
    member: یک میلیون تومان
    """
    assert play(FACTS) == EnterOpeningLine(MembershipId(7), MILLION)


def test_a_doubtful_amount_is_asked_back(play: Play) -> None:
    """
    bot: opening_line.savings
    member: پونصد تومن
    bot: common.amount_doubt
    member: [amount:5000000]
    """
    assert play(FACTS) == EnterOpeningLine(MembershipId(7), Rial.from_toman(500_000))


def test_who_had_nothing_has_a_line_of_nothing(play: Play) -> None:
    """
    bot: opening_line.savings
    member: [amount:0]
    """
    assert play(FACTS) == EnterOpeningLine(MembershipId(7), Rial(0))


def test_the_sum_she_names_is_one_tap(play: Play) -> None:
    """
    bot: opening_line.savings
    member: [amount:10000000]
    """
    facts = replace(FACTS, entered=Rial.from_toman(900_000), claimed=MILLION)
    assert play(facts) == EnterOpeningLine(MembershipId(7), MILLION)
