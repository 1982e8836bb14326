"""The day of the next meeting: month ends, leap years, second Saturdays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import from_jalali, jalali, moment_of, month_length, weekday
from domain.meetings import (
    Meetings,
    Nth,
    Weekday,
    hour_of,
    meeting_from,
    monthly_on,
    monthly_weekday,
    next_meeting,
    two_weekly,
    weekly,
)
from domain.values import Moment

AT, PLACE = 17 * 60, "خانهٔ بهداشت"
LEAP, PLAIN = 1403, 1404  # of which Esfand has 30 and 29 days
days = st.dates(date(2020, 1, 1), date(2060, 1, 1))
weekdays = st.sampled_from(Weekday)
plans = st.one_of(
    weekdays.map(lambda on: weekly(on, AT, PLACE)),
    days.map(lambda first: two_weekly(first, AT, PLACE)),
    st.integers(1, 31).map(lambda day: monthly_on(day, AT, PLACE)),
    st.builds(monthly_weekday, weekdays, st.sampled_from(Nth), st.just(AT), st.just(PLACE)),
)


def meets_on(plan: Meetings, day: date) -> bool:
    """Whether a group meets on that day, told without looking for the next one."""
    year, month, number = jalali(day)
    length = month_length(year, month)
    if plan.day:
        return number == min(plan.day, length)
    if weekday(day) != plan.weekday:
        return False
    if plan.nth is not None:
        return (
            number + 7 > length if plan.nth is Nth.LAST else (number - 1) // 7 == tuple(Nth).index(plan.nth)
        )
    return plan.first is None or (day >= plan.first and (day - plan.first).days % 14 == 0)


@given(plans, days)
def test_it_is_the_first_day_on_which_the_group_meets(plan: Meetings, since: date) -> None:
    found = meeting_from(plan, since)
    assert found >= since
    assert meets_on(plan, found)
    begin = max(since, plan.first or since)
    assert (found - begin).days < 36
    assert not any(meets_on(plan, since + timedelta(days=k)) for k in range(min((found - since).days, 40)))


@given(plans, days)
def test_one_meeting_follows_the_other(plan: Meetings, since: date) -> None:
    first = meeting_from(plan, since)
    second = meeting_from(plan, first + timedelta(days=1))
    assert (second - first).days in (
        {14} if plan.first else {7} if not (plan.day or plan.nth) else range(28, 36)
    )


@pytest.mark.parametrize(
    ("plan", "since", "found"),
    [
        (monthly_on(31, AT, PLACE), (PLAIN, 7, 1), (PLAIN, 7, 30)),
        (monthly_on(30, AT, PLACE), (PLAIN, 12, 1), (PLAIN, 12, 29)),
        (monthly_on(30, AT, PLACE), (LEAP, 12, 1), (LEAP, 12, 30)),
        (monthly_on(31, AT, PLACE), (PLAIN, 6, 31), (PLAIN, 6, 31)),
        (monthly_on(1, AT, PLACE), (PLAIN, 12, 2), (PLAIN + 1, 1, 1)),
        (monthly_weekday(Weekday.SATURDAY, Nth.SECOND, AT, PLACE), (PLAIN, 8, 1), (PLAIN, 8, 10)),
        (monthly_weekday(Weekday.SATURDAY, Nth.SECOND, AT, PLACE), (PLAIN, 8, 11), (PLAIN, 9, 8)),
        (monthly_weekday(Weekday.FRIDAY, Nth.LAST, AT, PLACE), (PLAIN, 12, 1), (PLAIN, 12, 29)),
    ],
)
def test_month_ends_leap_years_and_second_saturdays(
    plan: Meetings, since: tuple[int, int, int], found: tuple[int, int, int]
) -> None:
    assert jalali(meeting_from(plan, from_jalali(*since))) == found


@pytest.mark.parametrize(("month", "found"), [(8, [3, 10, 17, 24, 24]), (9, [1, 8, 15, 22, 29])])
def test_the_saturdays_of_a_month_in_their_order_and_the_last(month: int, found: list[int]) -> None:
    all_of_them = [monthly_weekday(Weekday.SATURDAY, nth, AT, PLACE) for nth in Nth]
    begins = from_jalali(PLAIN, month, 1)
    assert [jalali(meeting_from(plan, begins)) for plan in all_of_them] == [(PLAIN, month, n) for n in found]


def test_today_counts_until_its_hour() -> None:
    plan = weekly(Weekday.SATURDAY, 17 * 60 + 30, PLACE)
    saturday = from_jalali(PLAIN, 8, 10)
    assert next_meeting(plan, moment_of(saturday, 17)) == saturday
    assert next_meeting(plan, moment_of(saturday, 18)) == saturday + timedelta(days=7)


def test_every_two_weeks_begins_on_its_first_day() -> None:
    first = from_jalali(PLAIN, 8, 17)
    plan = two_weekly(first, AT, PLACE)
    assert meeting_from(plan, first - timedelta(days=20)) == first
    assert meeting_from(plan, first + timedelta(days=1)) == first + timedelta(days=14)


def test_who_is_too_late_today_may_come_tomorrow() -> None:
    tenth = from_jalali(PLAIN, 8, 10)
    plan = monthly_on(11, 17 * 60 + 30, PLACE)
    assert next_meeting(plan, moment_of(tenth, 18)) == tenth + timedelta(days=1)
    at_its_hour = moment_of(tenth, 17) + timedelta(minutes=30)
    assert next_meeting(replace(plan, day=10), at_its_hour) == from_jalali(PLAIN, 9, 10)


def test_an_hour_is_written_with_both_figures_of_its_minutes() -> None:
    assert (hour_of(9 * 60 + 5), hour_of(17 * 60)) == (Moment("۹:۰۵"), Moment("۱۷:۰۰"))
