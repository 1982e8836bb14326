"""When the oldest unpaid instalment of a loan of the paper book is due, or was."""

from __future__ import annotations

from tests.conversations.play import Play
from tests.conversations.test_opening_line import FACTS


def test_a_day_far_away_may_have_been_a_year_ago(play: Play) -> None:
    """
    bot: opening_line.savings
    member: یک میلیون تومان
    bot: opening_line.owes
    member: [yes]
    bot: opening_line.left
    member: ۹۰۰ هزار تومان
    bot: opening_line.months
    member: [instalments:3]
    bot: opening_line.due
    member: یک روزی
    bot: common.day_unread
    bot: opening_line.due
    member: ۱۵ اسفند
    bot: common.day_doubt
    member: [day:2026-03-06]
    bot: opening_line.method
    """
    assert play(FACTS) is None


def test_a_day_that_is_meant_so_stays(play: Play) -> None:
    """
    bot: opening_line.savings
    member: یک میلیون تومان
    bot: opening_line.owes
    member: [yes]
    bot: opening_line.left
    member: ۹۰۰ هزار تومان
    bot: opening_line.months
    member: [instalments:3]
    bot: opening_line.due
    member: ۱۵ آبان ۱۴۰۵
    bot: common.day_doubt
    member: ۱۵ آبان ۱۴۰۵
    bot: opening_line.method
    """
    assert play(FACTS) is None


def test_the_same_day_two_months_on_is_soon_enough(play: Play) -> None:
    """
    bot: opening_line.savings
    member: یک میلیون تومان
    bot: opening_line.owes
    member: [yes]
    bot: opening_line.left
    member: ۹۰۰ هزار تومان
    bot: opening_line.months
    member: [instalments:3]
    bot: opening_line.due
    member: ۱۵ خرداد
    bot: opening_line.method
    """
    assert play(FACTS) is None


def test_a_day_of_the_week_is_asked_back(play: Play) -> None:
    """
    bot: opening_line.savings
    member: یک میلیون تومان
    bot: opening_line.owes
    member: [yes]
    bot: opening_line.left
    member: ۹۰۰ هزار تومان
    bot: opening_line.months
    member: [instalments:3]
    bot: opening_line.due
    member: دوشنبهٔ بعد
    bot: common.day_doubt
    member: [day:2026-04-13]
    bot: opening_line.method
    """
    assert play(FACTS) is None
