"""When a group meets: the rhythm it decided on, and the day that comes next by the Jalali calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum

from domain.calendar import add_months, jalali, local_day, moment_of, month_length, weekday
from domain.persian import digits
from domain.values import Moment

WEEK, TWO_WEEKS = 7, 14
HOUR = 60  # minutes
EARLIEST, LATEST = 6 * HOUR, 22 * HOUR


class Weekday(IntEnum):
    """The days of a week, from Saturday on."""

    SATURDAY = 0
    SUNDAY = 1
    MONDAY = 2
    TUESDAY = 3
    WEDNESDAY = 4
    THURSDAY = 5
    FRIDAY = 6


class Nth(StrEnum):
    """Which of the Saturdays of a month."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    FOURTH = "fourth"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Meetings:
    """A resolution on the meetings; which days they are on, `weekly` and its like below say.

    `at` is in minutes after midnight.
    """

    weekday: Weekday | None  # none where it is a day of the month
    first: date | None  # of those every two weeks
    nth: Nth | None
    day: int  # of the month, or its last day where it is shorter; else 0
    at: int
    place: str

    @property
    def hour(self) -> Moment:
        return hour_of(self.at)


TYPES = {kind.__name__: kind for kind in (Weekday, Nth)}


def hour_of(at: int) -> Moment:
    """Return so many minutes after midnight as an hour of the day."""
    return Moment(digits(f"{at // HOUR}:{at % HOUR:02}"))


def weekly(on: Weekday, at: int, place: str) -> Meetings:
    """Meet on a day of each week."""
    return Meetings(on, None, None, 0, at, place)


def two_weekly(first: date, at: int, place: str) -> Meetings:
    """Meet every two weeks from that day on."""
    return Meetings(Weekday(weekday(first)), first, None, 0, at, place)


def monthly_on(day: int, at: int, place: str) -> Meetings:
    """Meet on a day of each month."""
    return Meetings(None, None, None, day, at, place)


def monthly_weekday(on: Weekday, nth: Nth, at: int, place: str) -> Meetings:
    """Meet on the second Saturday of each month, or another."""
    return Meetings(on, None, nth, 0, at, place)


def next_meeting(plan: Meetings, now: datetime) -> date:
    """Return the day of the next meeting: today as long as its hour has not come."""
    today = local_day(now)
    begun = now >= moment_of(today) + timedelta(minutes=plan.at)
    return meeting_from(plan, today + timedelta(days=1) if begun else today)


def meeting_from(plan: Meetings, since: date) -> date:
    """Return the first day of meeting on a day or after it."""
    if plan.weekday is not None and plan.nth is None:
        begin = since if plan.first is None else max(since, plan.first)
        step = WEEK if plan.first is None else TWO_WEEKS
        return begin + timedelta(days=_days_to(plan, begin) % step)
    here = _in_month(plan, since)
    return here if here >= since else _in_month(plan, add_months(since, 1, 1))


def _days_to(plan: Meetings, begin: date) -> int:
    if plan.first is not None:
        return (plan.first - begin).days
    return (plan.weekday or 0) - weekday(begin)


def _in_month(plan: Meetings, there: date) -> date:
    """Return the day of meeting in the month of that day."""
    year, month, number = jalali(there)
    length, before = month_length(year, month), there - timedelta(days=number)
    if plan.nth is None:
        return before + timedelta(days=min(plan.day, length))
    if plan.nth is Nth.LAST:
        last = before + timedelta(days=length)
        return last - timedelta(days=(weekday(last) - (plan.weekday or 0)) % WEEK)
    earliest = before + timedelta(days=1 + WEEK * tuple(Nth).index(plan.nth))
    return earliest + timedelta(days=((plan.weekday or 0) - weekday(earliest)) % WEEK)
