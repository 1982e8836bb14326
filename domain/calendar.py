"""The Jalali calendar at the surface: days are Gregorian dates in the code, Jalali where people read them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import assert_never
from zoneinfo import ZoneInfo

import jdatetime

from domain.persian import digits

WEEKDAYS = ("شنبه", "یکشنبه", "دوشنبه", "سه\u200cشنبه", "چهارشنبه", "پنج\u200cشنبه", "جمعه")
MONTHS = (
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
)
_TEHRAN = ZoneInfo("Asia/Tehran")
_MONTH_LENGTHS = (31, 31, 31, 31, 31, 31, 30, 30, 30, 30, 30, 29)


class Rhythm(StrEnum):
    """How often a round of saving opens."""

    WEEKLY = "weekly"
    TWO_WEEKLY = "two_weekly"
    MONTHLY = "monthly"


GRACE_DAYS = {Rhythm.WEEKLY: 3, Rhythm.TWO_WEEKLY: 7, Rhythm.MONTHLY: 7}
"""How long after its opening a round may be paid and still be on time; less than a period."""


def period_start(first: date, rhythm: Rhythm, k: int) -> date:
    """The day on which round k opens, counted from 1; a month keeps the day of the first round."""
    if k < 1:
        raise ValueError("rounds are counted from 1")
    match rhythm:
        case Rhythm.WEEKLY:
            return first + timedelta(weeks=k - 1)
        case Rhythm.TWO_WEEKLY:
            return first + timedelta(weeks=2 * (k - 1))
        case Rhythm.MONTHLY:
            return add_months(first, k - 1, jalali(first)[2])
        case _:
            assert_never(rhythm)


def add_months(day: date, months: int, anchor_day: int) -> date:
    """The anchor day so many Jalali months away, or the last day of that month where it is shorter."""
    year, month, _ = jalali(day)
    years, month_index = divmod(month - 1 + months, 12)
    year, month = year + years, month_index + 1
    return from_jalali(year, month, min(anchor_day, month_length(year, month)))


def month_length(year: int, month: int) -> int:
    """How many days a Jalali month has: 31 in the first half-year, then 30, the last 29 or 30."""
    is_leap_end = month == len(_MONTH_LENGTHS) and jdatetime.date(year, 1, 1).isleap()
    return _MONTH_LENGTHS[month - 1] + is_leap_end


def days_of_year(year: int) -> tuple[date, date]:
    """The first and the last day of a Jalali year."""
    return from_jalali(year, 1, 1), from_jalali(year + 1, 1, 1) - timedelta(days=1)


@lru_cache(maxsize=1000)
def jalali(day: date) -> tuple[int, int, int]:
    """Year, month and day as people count them."""
    there = jdatetime.date.fromgregorian(date=day)
    return there.year, there.month, there.day


def from_jalali(year: int, month: int, day: int) -> date:
    """The same day in the code's calendar; ValueError when there is no such day."""
    there: date = jdatetime.date(year, month, day).togregorian()
    return there


def local_day(moment: datetime) -> date:
    """The day it is in Iran at that moment."""
    return _local(moment).date()


def moment_of(day: date, hour: int = 0) -> datetime:
    """The moment at which it is that hour of the day in Iran."""
    return datetime.combine(day, time(hour), _TEHRAN)


def end_of(day: date) -> datetime:
    """Return the moment at which a day in Tehran is over."""
    return moment_of(day + timedelta(days=1))


def weekday(day: date) -> int:
    """Days since the week began, 0 for Saturday to 6 for Friday."""
    return (day.weekday() + 2) % 7


def long_date(day: date) -> str:
    """Weekday, day, month and year."""
    year, _, _ = jalali(day)
    return f"{WEEKDAYS[weekday(day)]} {short_date(day)} {digits(year)}"


def short_date(day: date) -> str:
    """Day and month."""
    _, month, number = jalali(day)
    return f"{digits(number)} {MONTHS[month - 1]}"


def slashed(day: date) -> str:
    """Year, month and day in figures; a slash keeps their order in a line that runs to the left."""
    year, month, number = jalali(day)
    return digits(f"{year:04}/{month:02}/{number:02}")


def clock(moment: datetime) -> str:
    """Hour and minute in Iran."""
    return digits(f"{_local(moment):%H:%M}")


def _local(moment: datetime) -> datetime:
    """The moment on an Iranian clock; ValueError when it does not say where it was measured."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(_TEHRAN)
