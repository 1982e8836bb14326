"""Persian as it is typed and read: one spelling for letters and digits, and numbers in words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from itertools import pairwise

ZWNJ = "\u200c"
LRM = "\u200e"
AND = "و"
WORDS_LIMIT = 10**18

_ONES = (
    "",
    "یک",
    "دو",
    "سه",
    "چهار",
    "پنج",
    "شش",
    "هفت",
    "هشت",
    "نه",
    "ده",
    "یازده",
    "دوازده",
    "سیزده",
    "چهارده",
    "پانزده",
    "شانزده",
    "هفده",
    "هجده",
    "نوزده",
)
_TENS = ("", "", "بیست", "سی", "چهل", "پنجاه", "شصت", "هفتاد", "هشتاد", "نود")
_HUNDREDS = ("", "صد", "دویست", "سیصد", "چهارصد", "پانصد", "ششصد", "هفتصد", "هشتصد", "نهصد")
_SCALES = (
    (10**18, "کوینتیلیون"),
    (10**15, "کوادریلیون"),
    (10**12, "تریلیون"),
    (10**9, "میلیارد"),
    (10**6, "میلیون"),
    (10**3, "هزار"),
)
_SPOKEN = {
    "یه": 1,
    "دوتا": 2,
    "چار": 4,
    "شیش": 6,
    "هف": 7,
    "هش": 8,
    "دوازه": 12,
    "پونزده": 15,
    "شونزده": 16,
    "هیفده": 17,
    "هیوده": 17,
    "هیجده": 18,
    "هژده": 18,
    "پنجا": 50,
    "شص": 60,
    "یکصد": 100,
    "دیویست": 200,
    "پونصد": 500,
    "پنجصد": 500,
    "شیشصد": 600,
}

SCALES = {
    **{word: scale for scale, word in _SCALES},
    "هزارتا": 10**3,
    "ملیون": 10**6,
    "میلیونی": 10**6,
    "میلیارد": 10**9,
    "ملیارد": 10**9,
    "هزاری": 10**3,
}
"""Words that multiply what stands before them."""

BELOW_THOUSAND = {
    **{word: n for n, word in enumerate(_ONES) if n},
    **{word: 10 * n for n, word in enumerate(_TENS) if n > 1},
    **{word: 100 * n for n, word in enumerate(_HUNDREDS) if n},
    **_SPOKEN,
}
"""Words for a number from one to nine hundred, as written and as spoken."""

_HUNDRED, _TWENTY = 100, 20
_TAKES_HUNDRED: dict[int | None, int] = {30: 300, **{n: 100 * n for n in range(3, 10)}}

_LETTERS = str.maketrans(
    {
        "ي": "ی",
        "ى": "ی",
        "ې": "ی",
        "ے": "ی",
        "ك": "ک",
        "ڪ": "ک",
        "ة": "ه",
        "ۀ": "ه",
        "ە": "ه",
        "ہ": "ه",
        "ھ": "ه",
        "أ": "ا",
        "إ": "ا",
        "ٱ": "ا",
        "ؤ": "و",
        "ـ": None,
        ZWNJ: " ",
        # Letters and signs that take no room on the screen though Unicode does not call them formatting.
        "\u115f": None,
        "\u1160": None,
        "\u3164": None,
        "\uffa0": None,
        "\u2800": None,
    }
)
_SEARCH = str.maketrans({"آ": "ا", "ئ": "ی", "ء": None})
_MARKUP = re.compile(r"[*_`\[\]<>&]")
_JOINER_WITHOUT_LETTERS = re.compile(rf"(?<!\w){ZWNJ}+|{ZWNJ}+(?!\w)|(?<={ZWNJ}){ZWNJ}+")
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def normalise(text: str) -> str:
    """One spelling for what looks the same: Persian letters, Latin digits, single blanks, no hidden marks."""
    known = "".join(map(_known_form, unicodedata.normalize("NFC", text))).translate(_LETTERS)
    visible = "".join(_latin_digit(c) for c in known if not _is_mark(c))
    return " ".join(unicodedata.normalize("NFC", visible).split())


def fold(text: str) -> str:
    """The key all spellings of a word share: no blanks, joiners, case or signs (signs stay if they are all)."""
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


def number_from_words(text: str) -> int | None:
    """The number a text spells out and nothing else, or None."""
    vocabulary = {*BELOW_THOUSAND, *SCALES, AND}
    pieces = [piece for word in normalise(text).split() for piece in split_glued(word, vocabulary) or [""]]
    if pieces == [""] and fold(text) == "صفر":
        return 0
    total, ceiling, group = 0, WORDS_LIMIT * 1000, list[str]()
    for piece in pieces:
        if piece not in SCALES:
            group.append(piece)
            continue
        count = below_thousand(group) if _says_something(group) else 1
        if count is None or SCALES[piece] >= ceiling:
            return None
        total, ceiling, group = total + count * SCALES[piece], SCALES[piece], []
    rest = below_thousand(group) if group else 0
    return None if rest is None or not pieces else total + rest


def below_thousand(group: Sequence[str]) -> int | None:
    """The number from 1 to 999 that these words give in their proper order, or None."""
    if not group or group[-1] == AND or any(a == b == AND for a, b in pairwise(group)):
        return None
    values = [BELOW_THOUSAND.get(word) for word in group if word != AND]
    total, room = 0, 1000
    for value in _hundreds_joined(values):
        if value is None or value >= room:
            return None
        total += value
        room = _HUNDRED if value >= _HUNDRED else 10 if value >= _TWENTY else 0
    return total


def split_glued(word: str, vocabulary: Collection[str], longest: int = 60) -> list[str] | None:
    """The fewest known words a run of letters is made of, or None; blanks are often left out in typing."""
    if len(word) > longest:
        return None
    best: list[list[str] | None] = [[]]
    for end in range(1, len(word) + 1):
        splits = [
            [*head, word[start:end]]
            for start, head in enumerate(best)
            if head is not None and word[start:end] in vocabulary
        ]
        best.append(min(splits, key=len, default=None))
    return best[-1]


def clean_name(text: str, limit: int = 60) -> str:
    """A name fit to be shown and stored, or nothing if no letter is left."""
    name = clean_line(text, limit)
    return name if any(map(str.isalpha, name)) else ""


def clean_line(text: str, limit: int) -> str:
    """One line of free text without markup, hidden marks or doubled blanks, cut to so many characters."""
    spaced = " ".join(unicodedata.normalize("NFC", text).translate(_NAME_LETTERS).split())
    shown = "".join(c for c in spaced if c == ZWNJ or not unicodedata.category(c).startswith("C"))
    tidy = _JOINER_WITHOUT_LETTERS.sub("", " ".join(_MARKUP.sub("", shown).split()))
    return _JOINER_WITHOUT_LETTERS.sub("", " ".join(tidy.split())[:limit]).strip()


_NAME_HUNDRED, _TWENTY = 100, 20
_TAKES_HUNDRED: dict[int | None, int] = {30: 300, **{n: 100 * n for n in range(3, 10)}}

_LETTERS = str.maketrans(
    {
        "ي": "ی",
        "ى": "ی",
        "ك": "ک",
        "ـ": None,
        "\u034f": None,
        "\u115f": None,
        "\u1160": None,
        "\u3164": None,
        "\uffa0": None,
        "\u2800": None,
    }
)


def _known_form(character: str) -> str:
    """Take apart the ready-made letter shapes and the wide letters; leave other signs as they are."""
    if "\ufb50" <= character <= "\ufdff" or "\ufe70" <= character <= "\uffef":
        return unicodedata.normalize("NFKC", character)
    return character


def _is_mark(character: str) -> bool:
    """Vowel signs, direction marks, zero-width signs, and the frames of emoji digits."""
    return unicodedata.category(character) in {"Mn", "Me", "Cf", "Cs", "Cn", "Co"}


def _latin_digit(character: str) -> str:
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


def _parts(number: int) -> list[str]:
    """The pieces of a spelt number, largest first."""
    found = []
    for scale, name in _SCALES:
        count, number = divmod(number, scale)
        if count:
            found.append(name if (count, scale) == (1, 1000) else f"{words(count)} {name}")
    hundreds, rest = divmod(number, 100)
    tens, ones = (0, rest) if rest < len(_ONES) else divmod(rest, 10)
    return found + [word for word in (_HUNDREDS[hundreds], _TENS[tens], _ONES[ones]) if word]


def _hundreds_joined(values: Sequence[int | None]) -> list[int | None]:
    """Read a digit before the word for hundred as one number, as in the two words for seven hundred."""
    joined: list[int | None] = []
    for value in values:
        before = joined[-1] if joined else None
        if value == _HUNDRED and before in _TAKES_HUNDRED:
            joined[-1] = _TAKES_HUNDRED[before]
        else:
            joined.append(value)
    return joined


def _says_something(group: Sequence[str]) -> bool:
    return any(word != AND for word in group)
