"""Schedules held against sums worked by hand, each with its working."""

from __future__ import annotations

from fractions import Fraction

import pytest

from domain.calendar import from_jalali, jalali
from domain.loan_schedule import Instalment, schedule
from domain.loan_terms import Method, Period, Rate
from domain.money import AmountTooLarge, Rial
from tests.domain.loans import ABAN_15, monthly, parts, terms


def test_zero_has_no_fee_whatever_the_rate() -> None:
    """
    10,000,000 / 3 = 3,333,333.33, down to the thousand 3,333,000.
    The last takes the rest: 10,000,000 - 2 x 3,333,000 = 3,334,000.
    """
    assert parts(schedule(terms())) == [(3_333_000, 0), (3_333_000, 0), (3_334_000, 0)]


def test_a_fixed_fee_is_spread_evenly() -> None:
    """
    F = 10,000,000 x 12 x (3+1) / 2400 = 200,000.
    Running: 66,666.67 -> 66,667; 133,333.33 -> 133,333; 200,000.
    """
    made = schedule(terms(method=Method.FIXED_FEE))
    assert parts(made) == [(3_333_000, 66_667), (3_333_000, 66_666), (3_334_000, 66_667)]


def test_equal_parts_cost_the_rate_of_the_unrounded_balance() -> None:
    """
    1 % of 10,000,000, of 6,666,666.67 and of 3,333,333.33.
    Running: 100,000; 166,666.67 -> 166,667; 200,000.
    """
    made = schedule(terms(method=Method.BALANCE_EQUAL))
    assert parts(made) == [(3_333_000, 100_000), (3_333_000, 66_667), (3_334_000, 33_333)]


def test_flat_costs_the_same_each_month_but_for_rounding() -> None:
    """
    10 % a year of 10,000,000 is 83,333.33 a month.
    Running: 83,333.33 -> 83,333; 166,666.67 -> 166,667; 250,000.
    """
    made = schedule(terms(method=Method.FLAT, rate=Rate(Fraction(10), Period.YEAR)))
    assert [fee for _, fee in parts(made)] == [83_333, 83_334, 83_333]


def test_half_a_rial_of_fee_is_rounded_up() -> None:
    """
    1 % of 150 is 1.5. Running: 1.5 -> 2; 3; 4.5 -> 5.
    """
    assert [fee for _, fee in parts(schedule(terms(150, Method.FLAT, rounding=1)))] == [2, 1, 2]


def test_level_payments_are_rounded_up() -> None:
    """
    1.01^3 = 1.030301; A = 10,000,000 x 0.01 x 1.030301 / 0.030301 = 3,400,221.1 -> 3,401,000.
    Fee 100,000, principal 3,301,000, left 6,699,000.
    Fee  66,990, principal 3,334,010, left 3,364,990.
    The last pays these and 1 % of them, 33,649.9 -> 33,650.
    """
    made = schedule(terms(method=Method.BALANCE_LEVEL))
    assert parts(made) == [(3_301_000, 100_000), (3_334_010, 66_990), (3_364_990, 33_650)]
    assert [one.total.rials for one in made] == [3_401_000, 3_401_000, 3_398_640]
    assert [one.outstanding.rials for one in made] == [6_699_000, 3_364_990, 0]


def test_level_payments_are_rounded_down_where_more_would_end_too_early() -> None:
    """
    A = 3,000 x 0.01 x 1.030301 / 0.030301 = 1,020.07.
    Up, 2,000: fee 30, left 1,030; fee 10.3 -> 10, left -960.
    Down, 1,000: fee 30, left 2,030; fee 20.3 -> 20, left 1,050; the last 1,050 and 10.5 -> 11.
    """
    assert parts(schedule(terms(3000, Method.BALANCE_LEVEL))) == [(970, 30), (980, 20), (1050, 11)]


def test_rounding_down_serves_too_where_more_would_leave_just_nothing() -> None:
    """
    100 % a month: A = 3,000 x 8 / 7 = 3,428.6.
    Up, 4,000: left 2,000, then 0: nothing for the last.
    Down, 3,000: the fee takes all of it twice, the last pays 3,000 and 3,000.
    """
    made = schedule(terms(3000, Method.BALANCE_LEVEL, monthly(100)))
    assert parts(made) == [(0, 3000), (0, 3000), (3000, 3000)]


def test_level_payments_are_to_the_rial_where_the_unit_fits_neither_way() -> None:
    """
    100 % a month, 4 months: A = 4,105 x 16 / 15 = 4,378.7.
    Up, 5,000: left 3,210, 1,420, -2,160. Down, 4,000: less than the first fee, 4,105.
    4,379: left 3,831, 3,283, 2,187; the last pays these twice.
    """
    made = schedule(terms(4105, Method.BALANCE_LEVEL, monthly(100), 4))
    assert parts(made) == [(274, 4105), (548, 3831), (1096, 3283), (2187, 2187)]


def test_level_payments_are_a_rial_less_where_the_nearest_ends_too_early() -> None:
    """
    50 % a month, 8 months: A = 26 x 0.5 x 1.5^8 / (1.5^8 - 1) = 13.53.
    Up, 15: left 24, 21, 17 (fees 13, 12, 11), 11 (9), 2 (6), -12. Down, 12: less than the first fee, 13.
    Nearest, 14: left 25, 24 (fee 13), 22 (12), 19 (11), 15 (10), 9 (8), 0 (5). 13: the fee takes all of it.
    """
    made = schedule(terms(26, Method.BALANCE_LEVEL, monthly(50), 8, rounding=3))
    assert parts(made) == [(0, 13)] * 7 + [(26, 13)]


def test_without_a_rate_level_payments_are_equal_parts() -> None:
    assert schedule(terms(method=Method.BALANCE_LEVEL, rate=monthly(0))) == schedule(terms())


@pytest.mark.parametrize("method", Method)
def test_one_instalment_pays_all_of_it_with_the_fee_of_one_month(method: Method) -> None:
    """
    (n+1)/2 = 1: 2 % of 123,457 is 2,469.14.
    """
    (only,) = schedule(terms(123_457, method, monthly(2), 1))
    fee = 0 if method is Method.ZERO else 2469
    assert only == Instalment(1, ABAN_15, Rial(123_457), Rial(fee), Rial(0))


@pytest.mark.parametrize(
    ("first", "days"),
    [
        ((1403, 6, 31), {2: (1403, 7, 30), 6: (1403, 11, 30), 7: (1403, 12, 30), 8: (1404, 1, 31)}),
        ((1404, 6, 31), {2: (1404, 7, 30), 7: (1404, 12, 29), 8: (1405, 1, 31), 13: (1405, 6, 31)}),
        ((1403, 11, 30), {2: (1403, 12, 30), 3: (1404, 1, 30), 14: (1404, 12, 29), 15: (1405, 1, 30)}),
        ((1403, 12, 30), {2: (1404, 1, 30), 13: (1404, 12, 29), 61: (1408, 12, 30)}),  # both leap
        ((1407, 12, 29), {2: (1408, 1, 29), 13: (1408, 12, 29), 14: (1409, 1, 29)}),  # no drift to the end
        ((1408, 1, 31), {2: (1408, 2, 31), 7: (1408, 7, 30), 12: (1408, 12, 30), 24: (1409, 12, 29)}),
    ],
)
def test_the_day_of_the_first_is_kept_where_the_month_has_it(
    first: tuple[int, int, int], days: dict[int, tuple[int, int, int]]
) -> None:
    made = schedule(terms(months=61, first_due=from_jalali(*first)))
    assert {number: jalali(made[number - 1].due) for number in days} == days


def test_fees_beyond_the_books_are_refused() -> None:
    with pytest.raises(AmountTooLarge):
        schedule(terms(Rial.MOST, Method.FLAT, monthly(200), 1))
