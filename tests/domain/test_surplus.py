"""The year's end: the result, the reserve, the pool, and shares that are never more than it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.bylaws import SurplusRule
from domain.calendar import days_of_year, from_jalali
from domain.ledger import Account
from domain.money import Rial
from domain.surplus import Year, applied, figures, pool, saving_time, shares, weights, year_to_close

FIRST, LAST = days_of_year(1405)
weighings = st.dictionaries(st.integers(1, 40), st.integers(0, 10**15), max_size=25)
sums = st.integers(0, 10**12) | st.integers(0, 10_000)
near_the_year = st.dates(FIRST - timedelta(days=400), LAST + timedelta(days=30))
units = st.sampled_from((1, 10, 1000, 10_000))


def shared(of: int, held: Mapping[int, int], unit: int = 1) -> list[int]:
    return [share.rials for share in shares(Rial(of), held, Rial(unit)).values()]


def equal(holders: int) -> dict[int, int]:
    return dict.fromkeys(range(1, holders + 1), 1)


@pytest.mark.parametrize(
    ("sums", "result", "reserve", "kept"),
    [
        ([], 0, 0, 0),
        ([(Account.LOAN_INCOME, 1_000), (Account.RUNNING_COSTS, 400)], 600, 60, 540),
        ([(Account.LOAN_INCOME, 999), (Account.FINES, 20)], 1_019, 101, 918),
        ([(Account.LOAN_INCOME, 9)], 9, 0, 9),
        ([(Account.OTHER_INCOME, 400), (Account.LOAN_LOSSES, 1_000)], -600, 0, -600),
        ([(Account.OTHER_INCOME, -50)], -50, 0, -50),
    ],
)
def test_the_reserve_is_rounded_down_and_never_taken_of_a_loss(
    sums: list[tuple[Account, int]], result: int, reserve: int, kept: int
) -> None:
    year = Year(1405, tuple((account, Rial(amount)) for account, amount in sums), 10, Rial(7_000))
    assert (year.result, year.reserve, year.kept) == (Rial(result), Rial(reserve), Rial(7_000 + kept))
    assert year.loss == Rial(max(-result, 0))


def test_what_years_have_lost_beyond_what_they_brought_is_short() -> None:
    lost = ((Account.LOAN_LOSSES, Rial(1_000)),)
    years = [Year(1405, lost, 10, Rial(before)) for before in (-50, 0, 999, 1_000)]
    assert [(one.short_before.rials, one.short.rials) for one in years] == [
        (50, 1_050),
        (0, 1_000),
        (0, 1),
        (0, 0),
    ]


@pytest.mark.parametrize(
    ("first_booked", "last_closed", "year"),
    [
        (None, None, None),
        (from_jalali(1405, 1, 1), None, None),
        (from_jalali(1404, 12, 29), None, 1404),
        (from_jalali(1402, 5, 1), None, 1402),
        (from_jalali(1402, 5, 1), 1402, 1403),
        (from_jalali(1402, 5, 1), 1404, None),
    ],
)
def test_the_oldest_year_that_is_over_is_closed_first(
    first_booked: date | None, last_closed: int | None, year: int | None
) -> None:
    assert year_to_close(first_booked, last_closed, from_jalali(1405, 1, 1)) == year


@pytest.mark.parametrize(
    ("retained", "named", "of"), [(900, 500, 500), (500, 900, 500), (0, 900, 0), (-200, 900, 0), (500, -1, 0)]
)
def test_the_pool_is_the_smaller_of_what_is_retained_and_what_is_named(
    retained: int, named: int, of: int
) -> None:
    assert pool(Rial(retained), Rial(named)) == Rial(of)


@pytest.mark.parametrize(
    ("of", "held", "unit", "expected"),
    [
        (100, equal(4), 1, [25, 25, 25, 25]),
        (100, equal(3), 1, [33, 33, 33]),  # the rial that is left cannot go to three
        (101, equal(3), 1, [33, 33, 33]),  # nor two
        (2, equal(3), 1, [0, 0, 0]),  # to the nearest, each would get one, and three are more than two
        (100, {1: 1, 2: 2}, 1, [33, 67]),
        (100, {1: 2, 2: 1, 3: 0}, 1, [67, 33, 0]),
        (10, {1: 5, 2: 3, 3: 3}, 1, [4, 3, 3]),
        (11, {1: 7, 2: 7, 3: 1}, 1, [5, 5, 1]),
        (12, {1: 7, 2: 7, 3: 1}, 1, [5, 5, 1]),  # 5.6, 5.6, 0.8: the smallest first, then one for two
        (5_000, {1: 1, 2: 1, 3: 2}, 1_000, [1_000, 1_000, 3_000]),
        (5_999, {1: 1, 2: 2}, 1_000, [2_000, 3_000]),
        (5_999, {1: 1, 2: 2}, 10_000, [0, 0]),
        (1_000, {1: 0, 2: 0}, 1, [0, 0]),  # a year without savings
        (1_000, {}, 1, []),
        (1_000, {1: -5, 2: 5}, 1, [0, 1_000]),
    ],
)
def test_shares_are_rounded_down_and_the_rest_goes_by_largest_remainder(
    of: int, held: dict[int, int], unit: int, expected: list[int]
) -> None:
    assert shared(of, held, unit) == expected


@given(of=sums, held=weighings, unit=units)
@example(of=2, held=equal(3), unit=1)
@example(of=3, held={1: 1, 2: 1}, unit=2)
@example(of=2**60 + 129, held={1: 1, 2: 2, 3: 4}, unit=1)
def test_never_more_than_the_pool_is_shared(of: int, held: dict[int, int], unit: int) -> None:
    made = shared(of, held, unit)
    assert sum(made) <= of
    assert all(share >= 0 and share % unit == 0 for share in made)


@given(of=sums, held=weighings, unit=units)
def test_nobody_is_a_unit_away_from_the_exact_share(of: int, held: dict[int, int], unit: int) -> None:
    total = sum(held.values())
    for weight, share in zip(held.values(), shared(of, held, unit), strict=True):
        exact = Fraction(of * weight, total or 1)
        assert -unit < share - exact < unit


@given(of=sums, held=weighings, unit=units)
def test_who_saved_more_never_gets_less(of: int, held: dict[int, int], unit: int) -> None:
    made = shares(Rial(of), held, Rial(unit))
    for one, hers in held.items():
        for other, others in held.items():
            if hers >= others:
                assert made[one] >= made[other]


@given(of=sums, held=weighings, unit=units)
def test_what_remains_would_not_suffice_for_the_next_who_tie(
    of: int, held: dict[int, int], unit: int
) -> None:
    total = sum(held.values())
    if not total:
        return
    made = shares(Rial(of), held, Rial(unit))
    missed = {h: Fraction(of * w, total) - made[h].rials for h, w in held.items()}
    left = of // unit - sum(share.rials for share in made.values()) // unit
    waiting = [missing for missing in missed.values() if missing > 0]
    next_ones = waiting.count(max(waiting)) if waiting else 1
    assert 0 <= left < max(next_ones, 1)


@given(of=sums, held=weighings, unit=units)
def test_what_is_shown_before_the_vote_is_what_is_shared(of: int, held: dict[int, int], unit: int) -> None:
    made, shown = shared(of, held, unit), figures(Rial(of), held, Rial(unit))
    assert shown.members == len(held)
    assert (shown.total.rials, shown.remains.rials) == (sum(made), of - sum(made))
    assert [shown.least.rials, shown.most.rials] == ([min(made), max(made)] if made else [0, 0])


@given(of=sums, holders=st.integers(1, 25), unit=units)
def test_equal_shares_leave_less_than_a_unit_for_each(of: int, holders: int, unit: int) -> None:
    made = shared(of, equal(holders), unit)
    assert len(set(made)) == 1
    assert 0 <= of - sum(made) < unit * holders


@given(of=sums, held=weighings, unit=units)
def test_the_order_of_members_changes_nothing(of: int, held: dict[int, int], unit: int) -> None:
    turned = dict(reversed(held.items()))
    assert shares(Rial(of), held, Rial(unit)) == shares(Rial(of), turned, Rial(unit))


@pytest.mark.parametrize(
    ("moved", "days"),
    [
        ([], 0),
        ([(FIRST, 100)], 100 * 365),
        ([(FIRST - timedelta(days=900), 100)], 100 * 365),
        ([(LAST, 100)], 100),
        ([(LAST + timedelta(days=1), 100)], 0),
        ([(FIRST, 100), (from_jalali(1405, 7, 1), -100)], 100 * 186),
        ([(FIRST, 100), (LAST, 50)], 100 * 365 + 50),
    ],
)
def test_saving_time_counts_the_balance_at_the_end_of_each_day(
    moved: list[tuple[date, int]], days: int
) -> None:
    assert saving_time([(day, Rial(amount)) for day, amount in moved], FIRST, LAST) == days


@given(st.lists(st.tuples(near_the_year, sums), max_size=30))
def test_saving_time_is_the_sum_of_what_stood_there_each_day(moved: list[tuple[date, int]]) -> None:
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    stood = sum(amount for day in days for at, amount in moved if at <= day)
    assert saving_time([(day, Rial(amount)) for day, amount in moved], FIRST, LAST) == stood


def test_a_leap_year_has_a_day_more() -> None:
    assert [(last - first).days + 1 for first, last in map(days_of_year, (1403, 1404, 1405))] == [
        366,
        365,
        365,
    ]


@pytest.mark.parametrize(
    ("rule", "later", "expected", "way"),
    [
        (SurplusRule.AS_SAVED, 0, [1, 1], SurplusRule.EQUAL),
        (SurplusRule.AS_SAVED, 1, [500 * 365, 500 * 265 + 1], SurplusRule.SAVING_TIME),
        (SurplusRule.EQUAL, 1, [1, 1], SurplusRule.EQUAL),
        (SurplusRule.SAVING_TIME, 0, [500 * 365, 500 * 265], SurplusRule.SAVING_TIME),
    ],
)
def test_shares_are_equal_while_the_savings_are(
    rule: SurplusRule, later: int, expected: list[int], way: SurplusRule
) -> None:
    """The second saved as much later, perhaps a rial more on the last; what comes later does not count."""
    after = LAST + timedelta(days=1)
    second = [(FIRST + timedelta(days=100), Rial(500)), (LAST, Rial(later))]
    moved = {1: [(FIRST, Rial(500))], 2: [*second, (after, Rial(7))]}
    weighed = weights(rule, moved, FIRST, LAST)
    assert list(weighed.values()) == expected
    assert applied(rule, weighed) is way
