"""Schedules of any terms: what always holds, and a second computation of every figure in exact fractions."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from itertools import accumulate, pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from domain.calendar import jalali
from domain.loan_schedule import schedule
from domain.loan_terms import MOST_MONTHS, LoanTerms, Method, rate_of_fee
from domain.money import Rial
from tests.domain.loans import any_terms, monthly, nearest, of_a_month, parts, terms

BY_RUNNING_SUM = [method for method in Method if method is not Method.BALANCE_LEVEL]


@given(any_terms())
@example(terms(2, Method.BALANCE_LEVEL, monthly(100), 2, rounding=1))
def test_parts_sum_to_the_principal_and_nothing_is_left(agreed: LoanTerms) -> None:
    made = schedule(agreed)
    assert [one.number for one in made] == list(range(1, agreed.months + 1))
    assert sum((one.principal for one in made), Rial(0)) == agreed.principal
    assert all(one.principal >= Rial(0) <= one.fee for one in made)
    assert all(one.total == one.principal + one.fee for one in made)
    left = [agreed.principal.rials, *(one.outstanding.rials for one in made)]
    assert [one.principal.rials for one in made] == [before - after for before, after in pairwise(left)]
    assert all(before >= after for before, after in pairwise(left))
    assert left[-2] > left[-1] == 0


@given(any_terms(BY_RUNNING_SUM))
def test_principal_is_in_units_but_for_the_last_part(agreed: LoanTerms) -> None:
    *earlier, last = (one.principal.rials for one in schedule(agreed))
    unit = agreed.rounding.rials
    share = Fraction(agreed.principal.rials, agreed.months)
    assert all(part % unit == 0 and part <= share < part + unit for part in earlier)
    assert last >= share


@given(any_terms([Method.FIXED_FEE, Method.BALANCE_EQUAL]))
def test_the_total_fee_is_that_of_the_formula(agreed: LoanTerms) -> None:
    """F = P·r·(n+1)/2 to the rial."""
    exact = agreed.principal.rials * of_a_month(agreed.rate) * (agreed.months + 1) / 2
    assert sum((one.fee for one in schedule(agreed)), Rial(0)) == Rial(nearest(exact))


@given(any_terms([Method.FIXED_FEE, Method.FLAT]), st.integers(0, 10**12))
def test_a_fee_of_so_much_an_instalment_is_just_that(agreed: LoanTerms, fee: int) -> None:
    rate = rate_of_fee(agreed.method, agreed.principal, agreed.months, Rial(fee))
    assert [one.fee for one in schedule(replace(agreed, rate=rate))] == [Rial(fee)] * agreed.months


@pytest.mark.parametrize("method", [Method.ZERO, Method.BALANCE_EQUAL, Method.BALANCE_LEVEL])
def test_a_fee_that_falls_with_the_balance_names_no_rate(method: Method) -> None:
    with pytest.raises(ValueError, match="no fee that is the same"):
        rate_of_fee(method, Rial(1_000), 3, Rial(10))


def spread(agreed: LoanTerms) -> list[Fraction]:
    """The exact fee of each month, from what each method is, not from its sum."""
    principal, months, rate = Fraction(agreed.principal.rials), agreed.months, of_a_month(agreed.rate)
    balances = [principal - principal / months * paid for paid in range(months)]
    on_balance = [balance * rate for balance in balances]
    match agreed.method:
        case Method.ZERO:
            return [Fraction(0)] * months
        case Method.BALANCE_EQUAL:
            return on_balance
        case Method.FIXED_FEE:
            return [sum(on_balance, Fraction(0)) / months] * months
        case _:
            return [principal * rate] * months


@given(any_terms(BY_RUNNING_SUM))
def test_fees_are_the_exact_ones_with_the_rounding_carried_on(agreed: LoanTerms) -> None:
    exact = spread(agreed)
    fees = [one.fee.rials for one in schedule(agreed)]
    assert list(accumulate(fees)) == [nearest(sofar) for sofar in accumulate(exact)]
    assert all(abs(fee - month) <= 1 for fee, month in zip(fees, exact, strict=True))


def paid_level(agreed: LoanTerms, payment: int) -> list[tuple[int, int]] | None:
    """What a loan comes to at this payment; nothing where the debt grows or ends too early."""
    left, made = agreed.principal.rials, []
    for number in range(1, agreed.months + 1):
        fee = nearest(left * of_a_month(agreed.rate))
        part = left if number == agreed.months else payment - fee
        if part < 0 or (part >= left and number < agreed.months):
            return None
        made.append((part, fee))
        left -= part
    return made


def level_payment(agreed: LoanTerms) -> Fraction:
    """The payment whose present values sum to the principal."""
    discount = 1 / (1 + of_a_month(agreed.rate))
    worth = sum((discount**k for k in range(1, agreed.months + 1)), Fraction(0))
    return agreed.principal.rials / worth


def up(exact: Fraction, unit: int) -> int:
    return -(-exact.numerator // (exact.denominator * unit)) * unit


def down(exact: Fraction, unit: int) -> int:
    return exact.numerator // (exact.denominator * unit) * unit


@given(any_terms([Method.BALANCE_LEVEL]))
@example(terms(3000, Method.BALANCE_LEVEL))
@example(terms(4105, Method.BALANCE_LEVEL, monthly(100), 4))
@example(terms(26, Method.BALANCE_LEVEL, monthly(50), 8, rounding=3))
def test_level_payments_are_the_annuity_rounded_in_the_order_of_the_ledger(agreed: LoanTerms) -> None:
    assume(agreed.rate.per_cent > 0)
    exact, unit = level_payment(agreed), agreed.rounding.rials
    tried = [up(exact, unit), down(exact, unit), nearest(exact), nearest(exact) - 1]
    wanted = next(made for made in (paid_level(agreed, payment) for payment in tried) if made)
    assert parts(schedule(agreed)) == wanted


@given(any_terms([Method.BALANCE_LEVEL]))
def test_level_payments_are_alike_but_for_the_last(agreed: LoanTerms) -> None:
    *earlier, _ = schedule(agreed)
    assert len({one.total for one in earlier}) <= 1


@given(st.integers(1, 3000), st.integers(1, MOST_MONTHS), st.integers(1, 10_000))
def test_small_long_dear_loans_have_a_level_payment_too(principal: int, months: int, per_cent: int) -> None:
    assume(principal >= months)
    agreed = terms(principal, Method.BALANCE_LEVEL, monthly(per_cent), months, rounding=principal // months)
    assert sum((one.principal for one in schedule(agreed)), Rial(0)) == Rial(principal)


@given(any_terms())
def test_due_days_are_one_jalali_month_apart(agreed: LoanTerms) -> None:
    year, month, day = jalali(agreed.first_due)
    made = schedule(agreed)
    assert made[0].due == agreed.first_due
    for away, one in enumerate(made):
        there = jalali(one.due)
        assert there[0] * 12 + there[1] == year * 12 + month + away
        month_ends = jalali(one.due + timedelta(days=1))[2] == 1
        assert there[2] == day or (there[2] < day and month_ends)
    assert all(before.due < after.due for before, after in pairwise(made))


@pytest.mark.parametrize("method", Method)
def test_the_largest_sum_of_the_books_can_be_lent(method: Method) -> None:
    made = schedule(terms(Rial.MOST, method, months=12))
    assert sum(one.principal.rials for one in made) == Rial.MOST
    assert made[-1].outstanding == Rial(0)
