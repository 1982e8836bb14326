from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import MONTHS, from_jalali, long_date, short_date, slashed
from domain.dates import DateReading, Day, DoubtfulDay, NotADate, read_date

THURSDAY = from_jalali(1404, 8, 15)
FRIDAY = from_jalali(1404, 8, 16)
days = st.dates(date(2000, 1, 1), date(2090, 1, 1))


def day(year: int, month: int, number: int) -> Day:
    return Day(from_jalali(year, month, number))


UNDERSTOOD = [
    ("امروز", day(1404, 8, 15)),
    ("دیروز", day(1404, 8, 14)),
    ("پریروز", day(1404, 8, 13)),
    ("فردا", day(1404, 8, 16)),
    ("پس‌فردا", day(1404, 8, 17)),
    ("پس فردا", day(1404, 8, 17)),
    ("شنبه", day(1404, 8, 17)),
    ("شنبه بعد", day(1404, 8, 17)),
    ("شنبهٔ آینده", day(1404, 8, 17)),
    ("همین جمعه", day(1404, 8, 16)),
    ("سه‌شنبه این هفته", day(1404, 8, 13)),
    ("سه شنبه گذشته", day(1404, 8, 13)),
    ("۱۵ آبان", day(1404, 8, 15)),
    ("15 ابان", day(1404, 8, 15)),
    ("۱۴ آبان", day(1405, 8, 14)),
    ("۱۵ آبان ۱۴۰۴", day(1404, 8, 15)),
    ("۱۵ آبان ماه ۰۴", day(1404, 8, 15)),
    ("پنج‌شنبه ۱۵ آبان", day(1404, 8, 15)),
    ("پانزدهم آبان", day(1404, 8, 15)),
    ("۱۵ام آبان", day(1404, 8, 15)),
    ("اول آذر", day(1404, 9, 1)),
    ("سی‌ام آذر", day(1404, 9, 30)),
    ("سی و یکم خرداد", day(1405, 3, 31)),
    ("۱۵/۸", day(1404, 8, 15)),
    ("8/15", day(1404, 8, 15)),
    ("1404/8/15", day(1404, 8, 15)),
    ("۰۴/۰۸/۱۵", day(1404, 8, 15)),
    ("۱۵/۸/۱۴۰۴", day(1404, 8, 15)),
    ("۱۴۰۴-۰۸-۱۵", day(1404, 8, 15)),
    ("۱۵ام", day(1404, 8, 15)),
    ("دهم", day(1404, 9, 10)),
    ("۳۰ اسفند ۱۴۰۳", day(1403, 12, 30)),
    ("1404 / 8 / 15", day(1404, 8, 15)),
    ("امروز".ljust(60), day(1404, 8, 15)),
]


@pytest.mark.parametrize(("typed", "meant"), UNDERSTOOD)
def test_a_day_is_understood(typed: str, meant: DateReading) -> None:
    assert read_date(typed, THURSDAY) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("شنبه", day(1404, 8, 10)),
        ("۱۶ آبان", day(1403, 8, 16)),
        ("دهم", day(1404, 8, 10)),
        ("۳۱ام", day(1404, 6, 31)),
        ("۱۵/۷", day(1404, 7, 15)),
        ("پنج‌شنبه", DoubtfulDay((from_jalali(1404, 8, 15), from_jalali(1404, 8, 8)))),
        ("جمعه", day(1404, 8, 9)),
        ("20", DoubtfulDay((from_jalali(1404, 7, 20),))),
        ("15", DoubtfulDay((from_jalali(1404, 8, 15),))),
    ],
)
def test_what_is_past_is_looked_for_before_today(typed: str, meant: DateReading) -> None:
    assert read_date(typed, THURSDAY, past=True) == meant


def test_a_past_day_may_be_of_last_year() -> None:
    assert read_date("دهم", from_jalali(1405, 1, 5), past=True) == day(1404, 12, 10)


@pytest.mark.parametrize(
    ("typed", "today", "numbers"),
    [
        ("جمعهٔ بعد", FRIDAY, [(8, 23), (8, 30)]),
        ("جمعهٔ بعد", THURSDAY, [(8, 16), (8, 23)]),
        ("جمعه", FRIDAY, [(8, 16), (8, 23)]),
        ("شنبه ۱۵ آبان", THURSDAY, [(8, 15)]),
        ("۹/۱۰", THURSDAY, [(10, 9), (9, 10)]),
        ("20", THURSDAY, [(8, 20)]),
    ],
)
def test_two_days_that_may_be_meant_are_asked(
    typed: str, today: date, numbers: list[tuple[int, int]]
) -> None:
    candidates = tuple(from_jalali(1404, month, number) for month, number in numbers)
    assert read_date(typed, today) == DoubtfulDay(candidates)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "سلام",
        "۳۱ مهر",
        "۳۰ اسفند",
        "۳۰ اسفند ۱۴۰۴",
        "1404/13/1",
        "0/0",
        "1/2/3/4",
        "۱۵ آبان ۹۹۹۹",
        "۹۹",
        "8/1 1/8",
        "امروز".ljust(61),
        "روز",
        "ا" * 5000,
    ],
)
def test_what_is_no_day(typed: str) -> None:
    assert read_date(typed, THURSDAY) == NotADate()


@given(days, days)
def test_a_day_is_read_back_from_how_it_is_shown(shown: date, today: date) -> None:
    assert read_date(long_date(shown), today) == Day(shown)
    assert read_date(slashed(shown), today) == Day(shown)


@given(days)
def test_today_without_its_year_is_today(today: date) -> None:
    assert read_date(short_date(today), today) == Day(today)
    assert read_date(short_date(today), today, past=True) == Day(today)


@given(
    st.text() | st.lists(st.sampled_from([*MONTHS, "شنبه", "بعد", "۱۵", "/", "۸", "ام", "سی"])).map("".join),
    days,
)
def test_any_text_gets_an_answer(text: str, today: date) -> None:
    assert isinstance(read_date(text, today), Day | DoubtfulDay | NotADate)
