from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import (
    Rhythm,
    add_months,
    clock,
    end_of,
    from_jalali,
    jalali,
    local_day,
    long_date,
    month_length,
    period_start,
    short_date,
    slashed,
)

days = st.dates(date(1950, 1, 1), date(2100, 1, 1))
ABAN_15 = date(2025, 11, 6)


@pytest.mark.parametrize(
    ("there", "here"),
    [((1403, 1, 1), date(2024, 3, 20)), ((1403, 12, 30), date(2025, 3, 20)), ((1404, 8, 15), ABAN_15)],
)
def test_known_days(there: tuple[int, int, int], here: date) -> None:
    assert from_jalali(*there) == here
    assert jalali(here) == there


@given(days)
def test_a_day_goes_there_and_back(day: date) -> None:
    assert from_jalali(*jalali(day)) == day


@pytest.mark.parametrize(
    ("year", "leap"), [(1399, True), (1403, True), (1404, False), (1407, False), (1408, True)]
)
def test_leap_years(year: int, leap: bool) -> None:
    assert month_length(year, 12) == (30 if leap else 29)


def test_a_day_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="day"):
        from_jalali(1404, 7, 31)


def test_a_monthly_round_keeps_its_day_through_short_months() -> None:
    first = from_jalali(1404, 6, 31)
    opened = [jalali(period_start(first, Rhythm.MONTHLY, k)) for k in (1, 2, 7, 8, 13)]
    assert opened == [(1404, 6, 31), (1404, 7, 30), (1404, 12, 29), (1405, 1, 31), (1405, 6, 31)]


def test_weekly_rounds_keep_their_weekday() -> None:
    assert period_start(ABAN_15, Rhythm.WEEKLY, 3) == ABAN_15 + timedelta(days=14)
    assert period_start(ABAN_15, Rhythm.TWO_WEEKLY, 3) == ABAN_15 + timedelta(days=28)
    assert period_start(ABAN_15, Rhythm.WEEKLY, 1) == ABAN_15


def test_rounds_are_counted_from_one() -> None:
    with pytest.raises(ValueError, match="from 1"):
        period_start(ABAN_15, Rhythm.WEEKLY, 0)


@given(days, st.sampled_from(Rhythm), st.integers(1, 200))
def test_rounds_open_one_after_the_other(first: date, rhythm: Rhythm, k: int) -> None:
    assert period_start(first, rhythm, k) < period_start(first, rhythm, k + 1)


def test_months_are_added_backwards_too() -> None:
    assert jalali(add_months(from_jalali(1404, 1, 31), -1, 31)) == (1403, 12, 30)


def test_the_day_changes_at_midnight_in_iran() -> None:
    assert local_day(datetime(2025, 11, 5, 20, 29, tzinfo=UTC)) == date(2025, 11, 5)
    assert local_day(datetime(2025, 11, 5, 20, 30, tzinfo=UTC)) == ABAN_15
    assert clock(datetime(2025, 7, 1, 11, 0, tzinfo=UTC)) == "۱۴:۳۰"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        local_day(datetime(2025, 11, 6))


def test_forms() -> None:
    assert long_date(ABAN_15) == "پنج‌شنبه ۱۵ آبان ۱۴۰۴"
    assert short_date(ABAN_15) == "۱۵ آبان"
    assert slashed(ABAN_15) == "۱۴۰۴/۰۸/۱۵"
    assert long_date(date(2025, 11, 8)).startswith("شنبه")
    assert long_date(date(2025, 11, 7)).startswith("جمعه")


def test_a_day_is_over_as_the_next_begins() -> None:
    over = end_of(date(2026, 3, 20))
    assert over == datetime(2026, 3, 20, 20, 30, tzinfo=UTC)
    assert local_day(over - timedelta(microseconds=1)) == date(2026, 3, 20)
