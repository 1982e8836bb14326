"""Reading numbers that are spelt out, as written and as spoken, with or without blanks between the words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from domain.persian import AND, HUNDREDS, ONES, POWERS, TENS, fold, normalise

SCALES = {**POWERS, "هزارتا": 10**3, "هزاری": 10**3, "ملیون": 10**6, "میلیونی": 10**6, "ملیارد": 10**9}
"""Words that multiply what stands before them."""

_SPOKEN = {
    "یه": 1,
    "چار": 4,
    "شیش": 6,
    "دوازه": 12,
    "پونزده": 15,
    "شونزده": 16,
    "هیفده": 17,
    "هیوده": 17,
    "هیجده": 18,
    "هژده": 18,
    "پنجا": 50,
    "یکصد": 100,
    "دیویست": 200,
    "پونصد": 500,
    "شیشصد": 600,
}
BELOW_THOUSAND = {
    **{word: number for number, word in enumerate(ONES) if word},
    **{word: 10 * number for number, word in enumerate(TENS) if word},
    **{word: 100 * number for number, word in enumerate(HUNDREDS) if word},
    **_SPOKEN,
}
"""Words for a number from one to nine hundred."""

_VOCABULARY = frozenset({*BELOW_THOUSAND, *SCALES, AND})
_TWENTY, _HUNDRED = 20, 100
_BEFORE_HUNDRED: dict[int | None, int] = {30: 300, **{ones: 100 * ones for ones in range(3, 10)}}
_LONGEST_WORD = 200


def number_from_words(text: str) -> int | None:
    """The number a text spells out and nothing else, or None."""
    if fold(text) == "صفر":
        return 0
    pieces = [piece for word in normalise(text).split() for piece in split_glued(word, _VOCABULARY) or [""]]
    total, ceiling, group = 0, 10 * max(SCALES.values()), list[str]()
    for piece in pieces:
        if piece not in SCALES:
            group.append(piece)
            continue
        count = 1 if group in ([], [AND]) else below_thousand(_without_link(group, total))
        if count is None or SCALES[piece] >= ceiling:
            return None
        total, ceiling, group = total + count * SCALES[piece], SCALES[piece], []
    rest = below_thousand(_without_link(group, total)) if group else 0
    return None if rest is None or not pieces else total + rest


def below_thousand(group: Sequence[str]) -> int | None:
    """The number from 1 to 999 that these words give in their proper order, or None."""
    if not group or AND in (group[0], group[-1]) or (AND, AND) in pairwise(group):
        return None
    total, room = 0, 10 * _HUNDRED
    for value in _hundreds_joined([BELOW_THOUSAND.get(word) for word in group if word != AND]):
        if value is None or value >= room:
            return None
        total += value
        room = _HUNDRED if value >= _HUNDRED else 10 if value >= _TWENTY else 0
    return total


def split_glued(word: str, vocabulary: Collection[str]) -> list[str] | None:
    """The fewest known words a run of letters is made of, or None; blanks are often left out in typing."""
    if len(word) > _LONGEST_WORD:
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


def _hundreds_joined(values: Sequence[int | None]) -> list[int | None]:
    """Read a digit before the word for hundred as one number, as in seven hundred written apart."""
    joined: list[int | None] = []
    for value in values:
        before = joined[-1] if joined else None
        if value == _HUNDRED and before in _BEFORE_HUNDRED:
            joined[-1] = _BEFORE_HUNDRED[before]
        else:
            joined.append(value)
    return joined


def _without_link(group: list[str], total: int) -> list[str]:
    """The group without the "and" that ties it to what was counted before."""
    return group[1:] if total and group[:1] == [AND] else group
