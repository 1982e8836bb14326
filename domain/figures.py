"""Reading one number in figures, with the marks people use for thousands and decimals, and a per cent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from domain.number_words import number_from_words
from domain.persian import normalise

_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:([.,٬،٫/'’])[0-9]{3})(?:\1[0-9]{3})*")
_SPACED = re.compile(r"[1-9][0-9]{0,2}(?: 000)+")
_DECIMAL = re.compile(r"([0-9]{1,4})([.٫/,،])([0-9]{1,6})")
_THOUSAND_MARKS = ".,٬،'’"
_DECIMAL_MARKS = ".٫/"
_THREE_PLACES = 3
_SCALED_BELOW = 10_000
_LONGEST = 30
_PER_CENT = re.compile("[%٪]|درصد")
_COUNTED = re.compile("(?: ?(?:ماهه?|قسط|نفره?|روزه?|برابر|بار|درصد|تا))+$")
_AND_A_HALF = re.compile(r"(?:(.+?) ?و ?)?نیم")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a number may mean, the likeliest first; sure when nothing has to be asked."""

    values: tuple[Fraction, ...]
    sure: bool = True


def read_figure(raw: str, *, scaled: bool) -> Reading | None:
    """Read digits with marks; scaled when a word such as "million" follows, so that decimals are likely."""
    if raw.isdigit():
        return _plain(raw, scaled=scaled)
    if _SPACED.fullmatch(raw):
        return _plain(raw.replace(" ", ""), scaled=scaled)
    return _before_a_scale(raw) if scaled else _alone(raw)


def read_per_cent(text: str) -> Fraction | None:
    """The per cent a text names and nothing else, in figures or spelt out; None for any other text."""
    plain = " ".join(_PER_CENT.sub(" ", normalise(text)).split())
    if len(plain) > _LONGEST:
        return None
    if half := _AND_A_HALF.fullmatch(plain):
        whole = _whole_number(half[1]) if half[1] else 0
        return None if whole is None else whole + Fraction(1, 2)
    if decimal := _DECIMAL.fullmatch(plain):
        return _decimal(decimal)
    whole = _whole_number(plain)
    return None if whole is None else Fraction(whole)


def read_count(text: str) -> int | None:
    """The whole number a text names and nothing else, but perhaps what is counted ("six months"); or None."""
    plain = _COUNTED.sub("", normalise(text).strip())
    return _whole_number(plain) if len(plain) <= _LONGEST else None


def _plain(raw: str, *, scaled: bool) -> Reading | None:
    """No marks; a leading zero is a telephone number, and hundreds of thousands of millions are a slip."""
    if raw.startswith("0") and raw != "0":
        return None
    value = int(raw[:_LONGEST])
    return None if scaled and value >= _SCALED_BELOW else Reading((Fraction(value),))


def _alone(raw: str) -> Reading | None:
    if grouped := _GROUPED.fullmatch(raw):
        return Reading((_joined(raw),), sure=grouped[1] in _THOUSAND_MARKS)
    decimal = _DECIMAL.fullmatch(raw)
    return Reading((_decimal(decimal),), sure=False) if decimal else None


def _before_a_scale(raw: str) -> Reading | None:
    """Three places may be thousands as well as decimals, and a comma is a decimal mark only by mistake."""
    decimal = _DECIMAL.fullmatch(raw)
    if not decimal:
        return None
    if len(decimal[3]) == _THREE_PLACES and _GROUPED.fullmatch(raw):
        return Reading((_decimal(decimal), _joined(raw)), sure=False)
    return Reading((_decimal(decimal),), sure=decimal[2] in _DECIMAL_MARKS)


def _joined(raw: str) -> Fraction:
    return Fraction(int(re.sub(r"[^0-9]", "", raw)[:_LONGEST]))


def _decimal(match: re.Match[str]) -> Fraction:
    return Fraction(f"{match[1]}.{match[3]}")


def _whole_number(plain: str) -> int | None:
    return int(plain) if plain.isdecimal() else number_from_words(plain)
