"""What one member had saved, and what is left of her loans."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from conversations.talks.opening_line import Facts
from domain.bylaws import Bylaws
from domain.calendar import from_jalali
from domain.correcting import CorrectOpening
from domain.ids import MembershipId
from domain.loan_schedule import schedule
from domain.loan_terms import LoanTerms, Method, Period, Rate
from domain.money import Rial, Unit
from domain.opening import EnterOpeningLine
from tests.conversations.play import Play

TODAY = date(2026, 4, 4)  # 15 Farvardin 1405
FACTS = Facts(MembershipId(7), "مریم احمدی", Unit.TOMAN, date(2026, 3, 20), TODAY, Bylaws())
MILLION = Rial.from_toman(1_000_000)
UNIT = Rial(1_000)
NEXT_MONTH = from_jalali(1405, 2, 15)
NOTHING = Rate(Fraction(0), Period.YEAR)


def line(*loans: LoanTerms, savings: Rial = MILLION) -> EnterOpeningLine:
    return EnterOpeningLine(MembershipId(7), savings, loans)


def of_a_month(per_cent: int) -> Rate:
    return Rate(Fraction(per_cent), Period.MONTH)


def test_one_amount_is_all_where_nothing_is_owed(play: Play) -> None:
    """
    bot: opening_line.savings
    member: سلام
    bot: common.amount_unread
    bot: opening_line.savings
    member: یک میلیون تومان
    bot: opening_line.owes
    member: [no]
    """
    assert play(FACTS) == line()


def test_a_doubtful_amount_is_asked_back(play: Play) -> None:
    """
    bot: opening_line.savings
    member: پونصد تومن
    bot: common.amount_doubt
    member: [amount:5000000]
    bot: opening_line.owes
    member: [no]
    """
    assert play(FACTS) == line(savings=Rial.from_toman(500_000))


def test_who_had_nothing_has_a_line_of_nothing(play: Play) -> None:
    """
    bot: opening_line.savings
    member: [amount:0]
    bot: opening_line.owes
    member: [no]
    """
    assert play(FACTS) == line(savings=Rial(0))


def test_the_sum_she_names_is_one_tap(play: Play) -> None:
    """
    bot: opening_line.savings
    member: [amount:10000000]
    bot: opening_line.owes
    member: [no]
    """
    entered = Rial.from_toman(900_000)
    assert play(replace(FACTS, entered=entered, claimed=MILLION)) == line()
    shown = play.shown["opening_line.savings"]
    assert (shown["entered"], shown["claimed"]) == (entered, MILLION)


def test_a_number_alone_is_in_the_unit_of_the_group(play: Play) -> None:
    """
    bot: opening_line.savings
    member: ۱۰,۰۰۰,۰۰۰
    bot: opening_line.owes
    member: [yes]
    bot: opening_line.left
    member: ۵,۰۰۰,۰۰۰
    bot: opening_line.months
    member: ۱
    bot: opening_line.due
    member: ۱۵ اردیبهشت
    bot: opening_line.method
    member: [method_zero]
    bot: opening_line.loan
    member: [yes]
    bot: opening_line.owes
    member: [no]
    """
    once = LoanTerms(MILLION // 2, Method.ZERO, NOTHING, 1, NEXT_MONTH, UNIT)
    assert play(replace(FACTS, unit=Unit.RIAL)) == line(once)


def test_two_loans_of_one_member(play: Play) -> None:
    """
    bot: opening_line.savings
    member: یک میلیون تومان
    bot: opening_line.owes
    member: [yes]
    bot: opening_line.left
    member: ۵۰۰ هزار تومان
    bot: opening_line.months
    member: ۱
    bot: opening_line.due
    member: ۱۵ اردیبهشت
    bot: opening_line.method
    member: [method_zero]
    bot: opening_line.loan
    member: [yes]
    bot: opening_line.owes
    member: [yes]
    bot: opening_line.left
    member: یک میلیون تومان
    bot: opening_line.months
    member: ۲
    bot: opening_line.due
    member: ۱۵ اردیبهشت
    bot: opening_line.method
    member: [method_zero]
    bot: opening_line.loan
    member: [yes]
    bot: opening_line.owes
    member: [no]
    """
    found = play(FACTS)
    assert isinstance(found, EnterOpeningLine)
    assert [(one.principal, one.months) for one in found.loans] == [(MILLION // 2, 1), (MILLION, 2)]
    assert play.shown["opening_line.owes"]["nth"] == 3


def test_a_fixed_fee_is_the_one_that_stands_in_the_paper_book(play: Play) -> None:
    """
    bot: opening_line.savings
    member: یک میلیون تومان
    bot: opening_line.owes
    member: [yes]
    bot: opening_line.left
    member: ۷۰۰ هزار تومان
    bot: opening_line.months
    member: هفت
    bot: opening_line.due
    member: ۱۵ اردیبهشت
    bot: opening_line.method
    member: [method_fixed_fee]
    bot: opening_line.fee
    member: ۸۰۰ هزار تومان
    bot: common.charge_too_large
    bot: opening_line.fee
    member: ۲۱ هزار
    bot: opening_line.loan
    member: [yes]
    bot: opening_line.owes
    member: [no]
    """
    found = play(FACTS)
    assert isinstance(found, EnterOpeningLine)
    assert [one.fee for one in schedule(found.loans[0])] == [Rial.from_toman(21_000)] * 7


def test_a_price_on_the_balance_is_a_rate(play: Play) -> None:
    """
    bot: opening_line.savings
    member: یک میلیون تومان
    bot: opening_line.owes
    member: [yes]
    bot: opening_line.left
    member: یک میلیون تومان
    bot: opening_line.months
    member: [instalments:10]
    bot: opening_line.due
    member: ۱۵ اردیبهشت
    bot: opening_line.method
    member: [method_balance_level]
    bot: opening_line.rate
    member: ۱٫۵
    bot: opening_line.loan
    member: /back
    bot: opening_line.rate
    member: /back
    bot: opening_line.method
    member: [method_balance_equal]
    bot: opening_line.rate
    member: [rate:1]
    bot: opening_line.loan
    member: [yes]
    bot: opening_line.owes
    member: [no]
    """
    assert play(FACTS) == line(LoanTerms(MILLION, Method.BALANCE_EQUAL, of_a_month(1), 10, NEXT_MONTH, UNIT))


OLD = LoanTerms(MILLION, Method.ZERO, NOTHING, 3, NEXT_MONTH, UNIT)


def test_loans_that_were_entered_stay_with_one_tap(play: Play) -> None:
    """
    bot: opening_line.savings
    member: [amount:10000000]
    bot: opening_line.same_loans
    member: [yes]
    """
    assert play(replace(FACTS, entered=MILLION, loans=(OLD,), claimed_loan=Rial(10))) == line(OLD)


def test_a_loan_that_was_none_is_taken_away(play: Play) -> None:
    """
    bot: opening_line.savings
    member: [amount:10000000]
    bot: opening_line.same_loans
    member: [no]
    bot: opening_line.owes
    member: [no]
    """
    assert play(replace(FACTS, entered=MILLION, loans=(OLD,))) == line()


def test_what_was_signed_is_put_right_with_a_reason(play: Play) -> None:
    """
    bot: opening_line.savings
    member: ۹۰۰ هزار تومان
    bot: opening_line.same_loans
    member: [yes]
    bot: correction.reason
    member: /back
    bot: opening_line.same_loans
    member: [yes]
    bot: correction.reason
    member: دو بار جمع شده بود
    """
    facts = replace(FACTS, entered=MILLION, loans=(OLD,), signed=True)
    assert play(facts) == CorrectOpening(line(OLD, savings=Rial.from_toman(900_000)), "دو بار جمع شده بود")
    assert play.shown["correction.reason"]["name"] == FACTS.name


def test_the_loans_of_who_is_no_member_any_more_stay_as_they_were(play: Play) -> None:
    """
    bot: opening_line.savings
    member: ۹۰۰ هزار تومان
    bot: correction.reason
    member: دو بار جمع شده بود
    """
    facts = replace(FACTS, entered=MILLION, loans=(OLD,), signed=True, left=True)
    assert play(facts) == CorrectOpening(line(OLD, savings=Rial.from_toman(900_000)), "دو بار جمع شده بود")


def test_a_signed_loan_is_shown_without_what_was_paid_since(play: Play) -> None:
    """
    bot: opening_line.savings
    member: [amount:10000000]
    bot: opening_line.owes
    member: [yes]
    bot: opening_line.left
    member: یک میلیون تومان
    bot: opening_line.months
    member: ۲
    bot: opening_line.due
    member: ۱۵ اسفند ۱۴۰۴
    bot: opening_line.method
    member: [method_zero]
    bot: opening_line.loan
    member: [yes]
    bot: opening_line.owes
    member: [no]
    bot: correction.reason
    member: فراموش شده بود
    """
    found = play(replace(FACTS, entered=MILLION, signed=True))
    assert isinstance(found, CorrectOpening)
    assert isinstance(found.right, EnterOpeningLine)
    assert [one.principal for one in found.right.loans] == [MILLION]
    assert play.shown["opening_line.loan"]["late"] == 0
