"""Cutting a sentence with an amount in it into the words that bear on the amount."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from domain.calendar import MONTHS
from domain.money import Unit
from domain.number_words import BELOW_THOUSAND, SCALES, split_glued
from domain.persian import AND, normalise


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in figures with its marks, as typed."""

    raw: str


@dataclass(frozen=True, slots=True)
class Part:
    """A word for a number below a thousand."""

    word: str


@dataclass(frozen=True, slots=True)
class Scale:
    """A word such as thousand or million; not sure where one letter stands for it."""

    value: int
    sure: bool = True


class Sign(Enum):
    """What the other words do to an amount."""

    AND = auto()
    HALF = auto()
    MINUS = auto()
    VAGUE = auto()
    COUNTED = auto()
    SPOILS = auto()
    QUIET = auto()
    OTHER = auto()


Token = Figure | Part | Scale | Unit | Sign
NUMERIC = (Figure, Part, Scale)

_TOMAN = "تومان تومن تمن تومنی تومانی toman tooman tomans"
_RIAL = "ریال ریالی rial rials irr"
_MINUS = "منفی کم برداشت برداشتم بردار کسر برگردان برگردانید minus"
_VAGUE = "حدود حدودا تقریبا شاید چند کمتر بیشتر حداقل حداکثر یا ندادم ندارم نداشتم نریختم نشد نکردم نمیدم"
_COUNTED = "نفر نفره روز ماه ماهه سال هفته ساعت بار برابر درصد دلار یورو درهم سکه گرم متر کیلو عدد تا"
_SPOILS = "نصف ضربدر منهای بعلاوه"
_UNITS = {**dict.fromkeys(_TOMAN.split(), Unit.TOMAN), **dict.fromkeys(_RIAL.split(), Unit.RIAL)}
_SCALES = {**SCALES, "k": 10**3, "hezar": 10**3, "milion": 10**6, "million": 10**6, "melyon": 10**6}
_AFTER_NUMBERS: dict[str, Token] = {
    "م": Scale(10**6, sure=False),
    "m": Scale(10**6),
    "ت": Unit.TOMAN,
    "t": Unit.TOMAN,
}
_SIGNS = {
    AND: Sign.AND,
    "نیم": Sign.HALF,
    **dict.fromkeys(_MINUS.split(), Sign.MINUS),
    **dict.fromkeys(_VAGUE.split(), Sign.VAGUE),
    **dict.fromkeys([*_COUNTED.split(), *MONTHS], Sign.COUNTED),
    **dict.fromkeys(_SPOILS.split(), Sign.SPOILS),
}
_PERSIAN_UNITS = [unit for unit in _UNITS if not unit.isascii()]
_GLUED = frozenset({*BELOW_THOUSAND, *SCALES, *_PERSIAN_UNITS, AND, "نیم"})
_TOKENS = re.compile(
    r"(?P<figure>[0-9]{1,3}(?: 000)+(?![0-9])|[0-9]+(?:[.,٬،٫/'’][0-9]+)*)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<dash>[-−\u2010-\u2015])"
    r"|(?P<sign>\S)"
)
_COMMAS = ",،٬"
_ARITHMETIC = "+×*÷=%٪/$€£_@^\\"
_NO = "نه"
_ONE = (Part("یک"), Part("یه"))
_OF_SOMETHING = ([Sign.OTHER], [Sign.VAGUE], [Sign.MINUS])


def tokens_of(text: str) -> list[Token]:
    """The words and signs of a text in their order."""
    lines = " ; ".join(text.splitlines())
    plain = normalise(lines.lower()).lower()
    found: list[Token] = []
    for match in _TOKENS.finditer(plain):
        found.extend(_tokens(match, plain, found[-1] if found else None))
    return [Sign.OTHER if _is_no_number(found, index) else found[index] for index in range(len(found))]


def _tokens(match: re.Match[str], plain: str, before: Token | None) -> Iterator[Token]:
    piece = match[0]
    match match.lastgroup:
        case "figure":
            yield Figure(piece)
        case "word":
            yield from _word(piece, before, touches_digit=_touches_digit(match, plain))
        case "dash":
            yield _dash(match, plain)
        case _:
            yield _sign(piece)


def _word(word: str, before: Token | None, *, touches_digit: bool) -> Iterator[Token]:
    if word in _AFTER_NUMBERS:
        yield _AFTER_NUMBERS[word] if isinstance(before, NUMERIC) or before is Sign.HALF else Sign.OTHER
    elif known := _known(word):
        yield Sign.VAGUE if word == "کم" and before is Sign.VAGUE else known
    elif pieces := split_glued(word, _GLUED):
        yield from (_known(piece) or Sign.OTHER for piece in pieces)
    elif word == "دست":
        yield Sign.VAGUE
    else:
        odd = not word.isalpha() or (word.isascii() and touches_digit)
        yield Sign.SPOILS if odd else Sign.OTHER


def _known(word: str) -> Token | None:
    if word in BELOW_THOUSAND:
        return Part(word)
    if word in _SCALES:
        return Scale(_SCALES[word])
    return _UNITS.get(word) or _SIGNS.get(word)


def _dash(match: re.Match[str], plain: str) -> Sign:
    """A minus stands before a figure and after a blank; between words or figures it is only a dash."""
    start, end = match.span()
    opens = start == 0 or plain[start - 1] in " (;"
    before_figure = plain[end : end + 1].isdigit() or (start == 0 and plain[end : end + 2].strip().isdigit())
    return Sign.MINUS if opens and before_figure else Sign.QUIET


def _sign(character: str) -> Sign:
    if character in _COMMAS:
        return Sign.AND
    return Sign.SPOILS if character in _ARITHMETIC else Sign.QUIET


def _touches_digit(match: re.Match[str], plain: str) -> bool:
    start, end = match.span()
    return plain[max(0, start - 1) : start].isdigit() or plain[end : end + 1].isdigit()


def _is_no_number(tokens: list[Token], index: int) -> bool:
    """The word for nine is also the word for no, and one is also "a": numbers only where a number goes on."""
    token, after = tokens[index], tokens[index + 1 : index + 3]
    if index > 1 and tokens[index - 1] is Sign.AND and isinstance(tokens[index - 2], NUMERIC):
        return False
    if token in _ONE:
        return after[:1] in _OF_SOMETHING
    goes_on = bool(after) and (isinstance(after[0], Scale | Unit) or after[0] == Part("صد"))
    return token == Part(_NO) and not goes_on and after != [Sign.AND, Sign.HALF]
