"""Reading the hour of a day as somebody typed it: in figures or in words, with the part of the day."""

from __future__ import annotations

import re

from domain.number_words import number_from_words
from domain.persian import fold

_LONGEST_READ = 40
_EVENING, _NOON, _MIDNIGHT, _HOUR = 6, 12, 24, 60
_NIGHT = "شب"
_PARTS_OF_AN_HOUR = {"ونیم": 30, "وربع": 15}
_AFTERNOON = {"ظهر", "عصر", "بعدازظهر", _NIGHT}
_READ = re.compile(
    r"(?:ساعت)?(?:([0-9]{1,2}?)([0-9]{2})?|(\D+?))(ونیم|وربع)?(صبح|ظهر|عصر|بعدازظهر|شب)?(?:ساعت)?"
)


def read_hour(text: str) -> int | None:
    """Return the hour a text names, in minutes after midnight; None where it names none."""
    match = _READ.fullmatch(fold(text)) if len(text) <= _LONGEST_READ else None
    if match is None:
        return None
    figures, minutes, spelt, rest, part = match.groups()
    hour = int(figures) if figures else number_from_words(spelt)
    past = int(minutes or 0) + _PARTS_OF_AN_HOUR.get(rest, 0)
    if hour is None or past >= _HOUR:
        return None
    if part == _NIGHT and (hour < _EVENING or hour == _NOON):
        return None  # after midnight, or at midnight: of which day?
    if part in _AFTERNOON and hour < _NOON:
        hour += _NOON
    return hour * _HOUR + past if hour < _MIDNIGHT else None
