"""How a value looks inside a Persian sentence: one place, by type. Anything without a rule is an error."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from enum import Enum
from unicodedata import bidirectional

from domain import calendar, persian
from domain.identity import Phone
from domain.loan_terms import Rate
from domain.money import Rial
from domain.places import Place
from domain.values import Code, Link, Moment, Ordinal, Word
from domain.votes import Share

NO_BREAK = "\u00a0"
FIRST_STRONG, POP = "\u2068", "\u2069"
RIGHT_TO_LEFT = "\u200f"
ISOLATED = re.compile("\u2068[^\u2069]*\u2069")
STRONG_LETTERS = ("L", "R", "AL")


def isolated(text: str) -> str:
    """Keep a name, a code or a phone from turning the sentence around it."""
    return f"{FIRST_STRONG}{text}{POP}"


def right_to_left(line: str) -> str:
    """Mark a line that has no letter of its own, only signs and isolated names: else it would turn around."""
    if line and bidirectional(line[0]) in STRONG_LETTERS:
        return line
    bare = ISOLATED.sub("", line)
    if bare.strip() and not any(bidirectional(letter) in STRONG_LETTERS for letter in bare):
        return RIGHT_TO_LEFT + line
    return line


def shown(value: object, word: Callable[[str], str]) -> object:
    """Return what stands in the text; TypeError for a value that no rule covers."""
    match value:
        case Enum():
            return word(f"{type(value).__name__.lower()}_{value.value}".replace("-", "_"))
        case Word(name):
            return word(name)
        case bool():
            raise TypeError("two situations are two blocks: no truth value is shown")
        case int():
            return persian.digits(value)
        case str():
            return isolated(persian.clean_line(value, len(value) + 1))
        case Rial():
            return value.in_toman.replace(" ", NO_BREAK)  # a figure and its unit stay on one line
        case Rate() | Share():
            return _part_of_all(value, word)
        case date():
            return calendar.long_date(value).replace(" ", NO_BREAK)  # nor does a year stray to an amount
        case Phone():
            return isolated(value.shown)
        case Code(text):
            return isolated(text)
        case Ordinal(number):
            return persian.ordinal_words(number)
        case Link(plain) | Moment(plain):
            return plain
        case Place():
            return value.county
        case _:
            raise TypeError(f"no rule shows a {type(value).__name__}")


def _part_of_all(value: Rate | Share, word: Callable[[str], str]) -> str:
    """A rate in figures with the time it is for; a share in words."""
    if isinstance(value, Rate):
        return f"{persian.decimal(value.per_cent)} {word(f'rate_{value.period.value}')}"
    part = persian.part_words(value.part)
    return f"{word('more_than')} {part}" if value.exceeded else part
