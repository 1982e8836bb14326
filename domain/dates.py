"""Reading a day somebody typed: by name, by weekday, by the Jalali calendar."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from domain.calendar import MONTHS, WEEKDAYS, from_jalali, jalali, month_length, weekday
from domain.persian import fold, normalise, ordinal_words, words


@dataclass(frozen=True, slots=True)
class Day:
    """A day that was understood."""

    day: date


@dataclass(frozen=True, slots=True)
class DoubtfulDay:
    """Days that may be meant, the likeliest first: ask."""

    candidates: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class NotADate:
    """Nothing that names a day of the calendar."""


DateReading = Day | DoubtfulDay | NotADate

_NAMED = {"پریروز": -2, "دیروز": -1, "امروز": 0, "فردا": 1, "پسفردا": 2}
_WEEKDAYS = {fold(name): number for number, name in reversed([*enumerate(WEEKDAYS)])}
_MONTH_NUMBERS = {fold(name): number for number, name in enumerate(MONTHS, start=1)}
_DAY_NUMBERS = {"یکم": 1} | {
    fold(spelt): number
    for number in range(1, 32)
    for spelt in (str(number), words(number), ordinal_words(number), f"{number}ام", f"{number}م")
}
_WEEKDAY = re.compile(
    rf"(?:روز)?(?:همین)?({'|'.join(_WEEKDAYS)})"
    r"(?:(اینهفته)|(بعدی?|اینده|دیگر|دیگه)|(قبلی?|گذشته|پیش))?"
)
_DAY_OF_MONTH = re.compile(
    rf"([0-9]+|\D+?)(?:ام|م)?(?:ماه)?({'|'.join(_MONTH_NUMBERS)})(?:ماه)?(?:سال)?([0-9]{{4}}|[0-9]{{2}})?"
)
_FIGURES = re.compile(r"([0-9]{4}|[0-9]{1,2})([/.\-])([0-9]{1,2})(?:\2([0-9]{4}|[0-9]{1,2}))?")
_AROUND_MARKS = re.compile(r" ?([/.\-]) ?")

_LONGEST_READ = 60
_WEEK = timedelta(weeks=1)
YEARS = range(1300, 1500)
_FULL_YEAR, _CENTURY = 4, 100
_NEAR = 5 * 365
_MONTHS_LOOKED_AT = 12


def read_date(text: str, today: date, *, past: bool = False) -> DateReading:
    """Read the one day a text names; without a year the next such day, or the last one when past."""
    if len(text) > _LONGEST_READ:
        return NotADate()
    key = fold(text)
    if key in _NAMED:
        return Day(today + timedelta(days=_NAMED[key]))
    if match := _WEEKDAY.fullmatch(key):
        return _on_weekday(match, today, past=past)
    if match := _FIGURES.fullmatch(_AROUND_MARKS.sub(r"\1", normalise(text))):
        return _in_figures(match, today, past=past)
    return _written(key, today, past=past)


def _on_weekday(match: re.Match[str], today: date, *, past: bool) -> DateReading:
    """A weekday by name; "next Friday" said within the same week may mean either of two."""
    name, this_week, coming, gone = match.groups()
    ahead = timedelta(days=(_WEEKDAYS[name] - weekday(today)) % 7)
    before = timedelta(days=(weekday(today) - _WEEKDAYS[name] - 1) % 7 + 1)
    if gone:
        return Day(today - before)
    if this_week:
        return Day(today + timedelta(days=_WEEKDAYS[name] - weekday(today)))
    if coming:
        return _next(today, ahead)
    if not ahead:
        return DoubtfulDay((today, today - _WEEK if past else today + _WEEK))
    return Day(today - before if past else today + ahead)


def _next(today: date, ahead: timedelta) -> DateReading:
    """Clear once the week turns in between; else this one or the one after."""
    day = today + (ahead or _WEEK)
    turns = ahead and weekday(today + ahead) < weekday(today)
    return Day(day) if turns else DoubtfulDay((day, day + _WEEK))


def _in_figures(match: re.Match[str], today: date, *, past: bool) -> DateReading:
    """Day and month, or a year at either end; what is not plain from the figures is asked."""
    first, _, second, third = match.groups()
    if third is None:
        pairs = ((int(second), int(first)), (int(first), int(second)))
        return _one_or_ask(_without_year(month, day, today, past=past) for month, day in pairs)
    if len(first) == _FULL_YEAR or len(third) == _FULL_YEAR:
        year, day = (first, third) if len(first) == _FULL_YEAR else (third, first)
        return _one_or_ask([_day(int(year), int(second), int(day))])
    found = [_day(_full_year(a, today), int(second), int(b)) for a, b in ((first, third), (third, first))]
    return _one_or_ask(day for day in found if day and abs((day - today).days) < _NEAR)


def _written(key: str, today: date, *, past: bool) -> DateReading:
    """A day of a named month, or only the day; a weekday before it has to agree."""
    name = next((name for name in _WEEKDAYS if key.startswith(name)), "")
    rest = key.removeprefix(name)
    if rest in _DAY_NUMBERS:
        return _day_alone(_DAY_NUMBERS[rest], today, past=past, plain=rest.isdigit())
    match = _DAY_OF_MONTH.fullmatch(rest)
    number = _DAY_NUMBERS.get(match[1]) if match else None
    if match is None or number is None:
        return NotADate()
    month = _MONTH_NUMBERS[match[2]]
    if match[3]:
        found = _day(_full_year(match[3], today), month, number)
    else:
        found = _without_year(month, number, today, past=past)
    agrees = found is not None and (not name or weekday(found) == _WEEKDAYS[name])
    return DoubtfulDay((found,)) if found and not agrees else _one_or_ask([found])


def _day_alone(number: int, today: date, *, past: bool, plain: bool) -> DateReading:
    """The next month that has such a day, or the last one; a bare number is asked about."""
    year, month, _ = jalali(today)
    step = -1 if past else 1
    for away in range(0, _MONTHS_LOOKED_AT * step, step):
        years, index = divmod(month - 1 + away, len(MONTHS))
        day = _day(year + years, index + 1, number)
        if day and (day <= today if past else day >= today):
            return DoubtfulDay((day,)) if plain else Day(day)
    return NotADate()


def _without_year(month: int, number: int, today: date, *, past: bool) -> date | None:
    """The day in the year that puts it on the asked side of today."""
    year, this_month, this_day = jalali(today)
    if past:
        year -= (month, number) > (this_month, this_day)
    else:
        year += (month, number) < (this_month, this_day)
    return _day(year, month, number)


def _one_or_ask(found: Iterable[date | None]) -> DateReading:
    days = tuple(dict.fromkeys(day for day in found if day))
    match days:
        case ():
            return NotADate()
        case (day,):
            return Day(day)
        case _:
            return DoubtfulDay(days)


def _day(year: int, month: int, number: int) -> date | None:
    """The day, if the calendar has it and a living person may mean it."""
    if not (year in YEARS and 1 <= month <= len(MONTHS) and 1 <= number <= month_length(year, month)):
        return None
    return from_jalali(year, month, number)


def _full_year(written: str, today: date) -> int:
    """Two figures stand for the year of that ending which is nearest to today."""
    if len(written) == _FULL_YEAR:
        return int(written)
    this_year, _, _ = jalali(today)
    return this_year + (int(written) - this_year + _CENTURY // 2) % _CENTURY - _CENTURY // 2
