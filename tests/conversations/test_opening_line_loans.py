"""A loan of the paper book as it is entered: what is left, how many instalments, from when on, what price."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from domain.bylaws import Bylaws
from domain.calendar import from_jalali
from domain.loan_owed import Parts
from domain.loan_schedule import schedule
from domain.loan_terms import LoanTerms, Method
from domain.money import Rial
from domain.opening import EnterOpeningLine
from tests.conversations.play import Play
from tests.conversations.test_opening_line import (
    FACTS,
    MILLION,
    NEXT_MONTH,
    NOTHING,
    UNIT,
    line,
    of_a_month,
)


def shown(play: Play) -> Mapping[str, object]:
    """The loan as it was shown the last time."""
    return play.shown["opening_line.loan"]


def test_a_loan_without_a_fee_is_four_questions(play: Play) -> None:
    """
    bot: opening_line.savings
    member: یک میلیون تومان
    bot: opening_line.owes
    member: [yes]
    bot: opening_line.left
    member: یک میلیون تومان
    bot: opening_line.months
    member: [instalments:3]
    bot: opening_line.due
    member: ۱۵ اردیبهشت
    bot: opening_line.method
    member: [method_zero]
    bot: opening_line.loan
    member: [yes]
    bot: opening_line.owes
    member: [no]
    """
    assert play(FACTS) == line(LoanTerms(MILLION, Method.ZERO, NOTHING, 3, NEXT_MONTH, UNIT))
    parts = [Rial(3_333_000), Rial(3_333_000), Rial(3_334_000)]
    days = [from_jalali(1405, month, 15) for month in (2, 3, 4)]
    assert shown(play)["instalments"] == list(zip(days, parts, strict=True))
    assert (shown(play)["fee"], shown(play)["late"]) == (Rial(0), 0)


def test_a_fee_that_was_paid_beforehand_is_none(play: Play) -> None:
    """
    bot: opening_line.savings
    member: [amount:0]
    bot: opening_line.owes
    member: [yes]
    bot: opening_line.left
    member: ۷۰۰ هزار تومان
    bot: opening_line.months
    member: ۵
    bot: opening_line.due
    member: ۱۵ اردیبهشت
    bot: opening_line.method
    member: [method_flat]
    bot: opening_line.fee
    member: [nothing]
    bot: opening_line.loan
    member: [yes]
    bot: opening_line.owes
    member: [no]
    """
    terms = LoanTerms(Rial.from_toman(700_000), Method.FLAT, of_a_month(0), 5, NEXT_MONTH, UNIT)
    assert play(FACTS) == line(terms, savings=Rial(0))


def test_what_is_overdue_begins_with_the_oldest_unpaid_instalment(play: Play) -> None:
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
    member: ۱۶ بهمن ۱۴۰۴
    bot: opening_line.method
    member: [method_zero]
    bot: opening_line.loan
    member: /cancel
    """
    assert play(replace(FACTS, rules=Bylaws(instalment_fine=Rial.from_toman(1_000)))) is None
    assert shown(play)["late"] == 58
    assert shown(play)["arrears"] == Parts(principal=Rial.from_toman(600_000), fine=Rial.from_toman(2_000))


def test_there_is_no_more_than_one_instalment_for_each_unit(play: Play) -> None:
    """
    bot: opening_line.savings
    member: یک میلیون تومان
    bot: opening_line.owes
    member: [yes]
    bot: opening_line.left
    member: ۱۰ هزار تومان
    bot: refusals.loan_too_small
    member: ۱۰۰ هزار تومان
    bot: opening_line.months
    member: ۴
    bot: common.count_unread
    bot: opening_line.months
    member: ۲
    bot: opening_line.due
    """
    assert play(replace(FACTS, rules=Bylaws(loan_rounding=Rial.from_toman(50_000)))) is None
    assert play.shown["refusals.loan_too_small"]["least"] == Rial.from_toman(50_000)


def test_a_loan_lasts_as_long_as_the_longest_there_may_be(play: Play) -> None:
    """
    bot: opening_line.savings
    member: یک میلیون تومان
    bot: opening_line.owes
    member: [yes]
    bot: opening_line.left
    member: ۹۰۰ هزار تومان
    bot: opening_line.months
    member: ۶۱
    bot: common.count_unread
    bot: opening_line.months
    member: [instalments:60]
    bot: opening_line.due
    """
    assert play(FACTS) is None


def test_a_loan_that_is_not_right_as_it_is_shown_is_asked_again(play: Play) -> None:
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
    member: ۱۵ اردیبهشت
    bot: opening_line.method
    member: [method_zero]
    bot: opening_line.loan
    member: [no]
    bot: opening_line.owes
    member: [yes]
    bot: opening_line.left
    member: یک میلیون تومان
    bot: opening_line.months
    member: ۵
    bot: opening_line.due
    member: ۱۵ اردیبهشت
    bot: opening_line.method
    member: [method_zero]
    bot: opening_line.loan
    member: [yes]
    bot: opening_line.owes
    member: [no]
    """
    assert play(FACTS) == line(LoanTerms(MILLION, Method.ZERO, NOTHING, 5, NEXT_MONTH, UNIT))


def test_each_of_four_loans_has_a_price_of_its_own_and_nobody_has_a_fifth(play: Play) -> None:
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
    member: ۱۵ اردیبهشت
    bot: opening_line.method
    member: [method_fixed_fee]
    bot: opening_line.fee
    member: ۲۱ هزار تومان
    bot: opening_line.loan
    member: [yes]
    bot: opening_line.owes
    member: [yes]
    bot: opening_line.left
    member: ۹۰۰ هزار تومان
    bot: opening_line.months
    member: [instalments:3]
    bot: opening_line.due
    member: ۱۵ اردیبهشت
    bot: opening_line.method
    member: [method_flat]
    bot: opening_line.fee
    member: ۳۰ هزار تومان
    bot: opening_line.loan
    member: [yes]
    bot: opening_line.owes
    member: [yes]
    bot: opening_line.left
    member: ۹۰۰ هزار تومان
    bot: opening_line.months
    member: [instalments:3]
    bot: opening_line.due
    member: ۱۵ اردیبهشت
    bot: opening_line.method
    member: [method_balance_level]
    bot: opening_line.rate
    member: [rate:1]
    bot: opening_line.loan
    member: [yes]
    bot: opening_line.owes
    member: [yes]
    bot: opening_line.left
    member: ۹۰۰ هزار تومان
    bot: opening_line.months
    member: [instalments:3]
    bot: opening_line.due
    member: ۱۵ اردیبهشت
    bot: opening_line.method
    member: [method_balance_equal]
    bot: opening_line.rate
    member: [rate:2]
    bot: opening_line.loan
    member: [yes]
    """
    found = play(FACTS)
    assert isinstance(found, EnterOpeningLine)
    fees = [schedule(one)[0].fee for one in found.loans]
    assert fees == [Rial.from_toman(toman) for toman in (21_000, 30_000, 9_000, 18_000)]
