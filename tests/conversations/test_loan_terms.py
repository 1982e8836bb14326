"""Somebody proposes what internal loans cost."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from conversations.parts import Deciding
from conversations.talks.loan_terms import Facts
from domain.bylaws import Bylaws, LoanPrice, LoanRules
from domain.ids import GroupId
from domain.loan_example import Purse
from domain.loan_terms import Method, Period, Rate
from domain.money import Rial
from domain.proposals import ProposeRules
from domain.votes import TWO_THIRDS
from tests.conversations.play import Play

GROUP = GroupId(3)
DECIDING = Deciding(16, 3, TWO_THIRDS, whole=False)
PURSE = Purse(Rial(160_000_000), 16, Rial(5_000_000))
FACTS = Facts(GROUP, "بهار", Bylaws(), PURSE, deciding=DECIDING, today=date(2026, 4, 4))


def terms(method: Method, rate: Rate, multiple: int = 3, per_cent: int = 25, most: int = 12) -> ProposeRules:
    rules = LoanRules(LoanPrice(method, rate), multiple, per_cent, most)
    return ProposeRules(GROUP, rules)


def yearly(per_cent: int) -> Rate:
    return Rate(Fraction(per_cent), Period.YEAR)


def monthly(per_cent: str) -> Rate:
    return Rate(Fraction(per_cent), Period.MONTH)


def test_a_fixed_fee_by_buttons_alone(play: Play) -> None:
    """
    bot: loan_terms.multiple
    member: [count:3]
    bot: loan_terms.fund_per_cent
    member: [count:25]
    bot: loan_terms.instalments
    member: [count:12]
    bot: loan_terms.method
    member: [method_fixed_fee]
    bot: loan_terms.rate
    member: [rate:12]
    bot: loan_terms.confirm
    member: [confirm]
    """
    assert play(FACTS) == terms(Method.FIXED_FEE, yearly(12))


def test_without_a_price_nothing_more_is_asked(play: Play) -> None:
    """
    bot: loan_terms.multiple
    member: دو
    bot: loan_terms.fund_per_cent
    member: ۳۰
    bot: loan_terms.instalments
    member: ۱۰
    bot: loan_terms.method
    member: [method_zero]
    bot: loan_terms.confirm
    member: [confirm]
    """
    assert play(FACTS) == terms(Method.ZERO, yearly(0), 2, 30, 10)


def test_a_price_is_typed_in_any_way(play: Play) -> None:
    """
    bot: loan_terms.multiple
    member: [count:3]
    bot: loan_terms.fund_per_cent
    member: [count:25]
    bot: loan_terms.instalments
    member: [count:12]
    bot: loan_terms.method
    member: [method_balance_level]
    bot: loan_terms.rate
    member: زیاد
    bot: common.rate_unread
    bot: loan_terms.rate
    member: ۰
    bot: common.rate_unread
    bot: loan_terms.rate
    member: ۵٫۱
    bot: common.rate_unread
    bot: loan_terms.rate
    member: یک و نیم درصد
    bot: loan_terms.confirm
    member: [confirm]
    """
    assert play(FACTS) == terms(Method.BALANCE_LEVEL, monthly("3/2"))


def test_a_dear_price_is_asked_about_twice(play: Play) -> None:
    """
    bot: loan_terms.multiple
    member: [count:3]
    bot: loan_terms.fund_per_cent
    member: [count:25]
    bot: loan_terms.instalments
    member: [count:12]
    bot: loan_terms.method
    member: [method_balance_equal]
    bot: loan_terms.rate
    member: ۳
    bot: loan_terms.dear
    member: [no]
    bot: loan_terms.rate
    member: ۲٫۵
    bot: loan_terms.dear
    member: [yes]
    bot: loan_terms.confirm
    member: [confirm]
    """
    assert play(FACTS) == terms(Method.BALANCE_EQUAL, monthly("5/2"))


def test_what_is_reckoned_on_the_whole_loan_is_dear_sooner(play: Play) -> None:
    """
    bot: loan_terms.multiple
    member: [count:3]
    bot: loan_terms.fund_per_cent
    member: [count:25]
    bot: loan_terms.instalments
    member: [count:12]
    bot: loan_terms.method
    member: [method_flat]
    bot: loan_terms.rate
    member: [rate:3/2]
    bot: loan_terms.dear
    member: [no]
    bot: loan_terms.rate
    member: [rate:1]
    bot: loan_terms.confirm
    member: [cancel]
    """
    assert play(FACTS) is None


def test_what_lies_out_of_bounds_is_asked_again(play: Play) -> None:
    """
    bot: loan_terms.multiple
    member: ۱۱
    bot: common.count_unread
    bot: loan_terms.multiple
    member: [count:5]
    bot: loan_terms.fund_per_cent
    member: ۱۰۱
    bot: common.count_unread
    bot: loan_terms.fund_per_cent
    member: /back
    bot: loan_terms.multiple
    member: [count:1]
    bot: loan_terms.fund_per_cent
    member: ۱۰۰
    bot: loan_terms.instalments
    member: ۶۱
    bot: common.count_unread
    bot: loan_terms.instalments
    member: /cancel
    """
    assert play(FACTS) is None
