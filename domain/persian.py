"""Persian as it is typed and read: one spelling for what looks the same, figures, and numbers spelt out."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

ZWNJ = "\u200c"
LRM = "\u200e"
AND = "و"
WORDS_LIMIT = 10**18

_TEENS = "ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده"
ONES = ("", *"یک دو سه چهار پنج شش هفت هشت نه".split(), *_TEENS.split())
TENS = ("", "", *"بیست سی چهل پنجاه شصت هفتاد هشتاد نود".split())
HUNDREDS = ("", *"صد دویست سیصد چهارصد پانصد ششصد هفتصد هشتصد نهصد".split())
POWERS = {
    "کوینتیلیون": 10**18,
    "کوادریلیون": 10**15,
    "تریلیون": 10**12,
    "میلیارد": 10**9,
    "میلیون": 10**6,
    "هزار": 10**3,
}

# Fillers take no room on the screen though Unicode calls them letters or signs.
_FILLERS = "\u034f\u115f\u1160\u3164\uffa0\u2800"
_LETTERS = str.maketrans("يىېےكڪةۀەہھأإٱؤ" + ZWNJ, "ییییککهههههاااو ", "ـ" + _FILLERS)
_SEARCH = str.maketrans("آئ", "ای", "ء")
_NAME_LETTERS = str.maketrans("يىك", "ییک", "ـ" + _FILLERS)
_MARKUP = re.compile(r"[*_`\[\]<>&]")
# Letters and figures that any text may be made of, each as `clean_line` leaves it, and lines of nothing else.
_CLEAN = "[0-9A-Za-zء-غف-قل-هوپچژکگی۰-۹]+"
_CLEAN_LINE = re.compile(f"{_CLEAN}(?:[ {ZWNJ}]{_CLEAN})*")
_LOOSE_JOINER = re.compile(rf"(?<!\w){ZWNJ}+|{ZWNJ}+(?![\w{ZWNJ}])")
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_HIDDEN = frozenset({"Mn", "Me", "Cf", "Cs", "Cn", "Co"})


def normalise(text: str) -> str:
    """One spelling for what looks the same: Persian letters, Latin digits, single blanks, no hidden marks."""
    known = "".join(map(_known_form, unicodedata.normalize("NFC", text))).translate(_LETTERS)
    visible = "".join(_latin_digit(c) for c in known if unicodedata.category(c) not in _HIDDEN)
    return " ".join(unicodedata.normalize("NFC", visible).split())


def fold(text: str) -> str:
    """The key all spellings of a word share: no blanks, joiners, case or signs, unless signs are all."""
    plain = normalise(normalise(text).casefold()).translate(_SEARCH)
    return "".join(filter(str.isalnum, plain)) or "".join(plain.split())


def digits(number: int | str) -> str:
    """The same figures in Persian digits; text around them is left alone."""
    return str(number).translate(_PERSIAN_DIGITS)


def grouped(number: int) -> str:
    """Persian digits in threes; the hidden mark keeps a minus on the left where the line runs leftwards."""
    figures = digits(f"{abs(number):,}".replace(",", "٬"))
    return f"{LRM}−{figures}" if number < 0 else figures


def words(number: int) -> str:
    """A number spelt out; ValueError beyond ten to the eighteenth."""
    if abs(number) > WORDS_LIMIT:
        raise ValueError("number too large to spell out")
    if number < 0:
        return f"منفی {words(-number)}"
    return f" {AND} ".join(_parts(number)) or "صفر"


def ordinal_words(number: int) -> str:
    """The place in a row, spelt out, from the first on."""
    if number == 1:
        return "اول"
    spelt = words(number)
    if spelt.endswith("سه"):
        return f"{spelt[:-2]}سوم"
    return f"{spelt}{ZWNJ}ام" if spelt.endswith("ی") else f"{spelt}م"


def decimal(number: Fraction) -> str:
    """A number from 0 on in Persian digits, with no more than two places after the mark."""
    whole, rest = divmod(round(number * 100), 100)
    return digits(f"{whole}٫{rest:02}".rstrip("0") if rest else whole)


def part_words(part: Fraction) -> str:
    """A part of a whole, spelt out: half, two thirds."""
    if part == Fraction(1, 2):
        return "نصف"
    return f"{words(part.numerator)} {ordinal_words(part.denominator)}"


def clean_name(text: str, limit: int = 60) -> str:
    """A name fit to be stored and shown, or nothing if no letter is left."""
    return clean_words(text, limit)


def clean_group_name(text: str, limit: int = 60) -> str:
    """A group's name; whoever reads it finds the word for a group before it already."""
    return clean_name(text, limit).removeprefix("گروه ")


def clean_words(text: str, limit: int) -> str:
    """One line as `clean_line` makes it, or nothing if no letter is left: signs alone say nothing."""
    line = clean_line(text, limit)
    return line if any(map(str.isalpha, line)) else ""


def clean_line(text: str, limit: int) -> str:
    """One line of free text without markup, hidden marks or doubled blanks, cut to so many characters."""
    if len(text) <= limit and _CLEAN_LINE.fullmatch(text):
        return text
    spaced = " ".join(unicodedata.normalize("NFC", text).translate(_NAME_LETTERS).split())
    shown = "".join(c for c in spaced if c == ZWNJ or not unicodedata.category(c).startswith("C"))
    tidy = _LOOSE_JOINER.sub("", " ".join(_MARKUP.sub("", shown).split()))
    return _LOOSE_JOINER.sub("", " ".join(tidy.split())[:limit]).strip()


def _known_form(character: str) -> str:
    """Take apart the ready-made letter shapes and the wide letters; leave other signs as they are."""
    if "\ufb50" <= character <= "\ufdff" or "\ufe70" <= character <= "\uffef":
        return unicodedata.normalize("NFKC", character)
    return character


def _latin_digit(character: str) -> str:
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


def _parts(number: int) -> list[str]:
    """The pieces of a spelt number, largest first; one thousand is said without the one."""
    found = []
    for name, power in POWERS.items():
        count, number = divmod(number, power)
        if count:
            found.append(name if (count, name) == (1, "هزار") else f"{words(count)} {name}")
    hundreds, rest = divmod(number, 100)
    tens, ones = (0, rest) if rest < len(ONES) else divmod(rest, 10)
    return found + [word for word in (HUNDREDS[hundreds], TENS[tens], ONES[ones]) if word]
