"""From the words of a sentence to the numbers in it, each with the unit spoken beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from domain.amount_words import NUMERIC, Figure, Part, Scale, Sign, Token
from domain.figures import Reading, read_figure
from domain.money import Unit
from domain.number_words import below_thousand
from domain.persian import AND

_HALF = Fraction(1, 2)
_THOUSAND, _MILLION = 10**3, 10**6


@dataclass(frozen=True, slots=True)
class Phrase:
    """One number in a sentence: what it may be, the unit beside it, and whether thousands were spoken out."""

    reading: Reading | None
    unit: Unit | None
    scaled: bool
    linked: bool


def phrases_of(tokens: Sequence[Token]) -> list[Phrase]:
    """Every number in the sentence; one that counts people, days or dollars has no reading."""
    found, start = list[Phrase](), 0
    for _, tied in groupby(tokens, key=_belongs):
        run = list(tied)
        if any(isinstance(token, NUMERIC) for token in run):
            found.append(_phrase(run, tokens, start))
        start += len(run)
    return found


def _belongs(token: Token) -> bool:
    return isinstance(token, NUMERIC) or token in (Sign.AND, Sign.HALF)


def _phrase(run: list[Token], tokens: Sequence[Token], start: int) -> Phrase:
    rest = [token for token in tokens[start + len(run) : start + len(run) + 3] if token is not Sign.QUIET]
    after = rest[0] if rest else None
    linked = run[0] is Sign.AND and start > 0 and isinstance(tokens[start - 1], Unit)
    return Phrase(
        reading=None if after is Sign.COUNTED else _number(_trimmed(run)),
        unit=after if isinstance(after, Unit) else None,
        scaled=any(isinstance(token, Scale) for token in run),
        linked=linked,
    )


def _trimmed(run: list[Token]) -> list[Token]:
    """Without the "and" that ties the number to the sentence around it."""
    inner = run[1:] if run[:1] == [Sign.AND] else run
    return inner[:-1] if inner[-1:] == [Sign.AND] else inner


def _number(run: list[Token]) -> Reading | None:
    """Add up what stands before each scale; scales must fall, as they do in every spoken number."""
    total: Reading | None = None
    above, group = 10**21, list[Token]()
    for token in run:
        if not isinstance(token, Scale):
            group.append(token)
            continue
        total = _with_scaled(total, group, token, above)
        if total is None:
            return None
        above, group = token.value, []
    if total is None:
        return _unscaled(group)
    return _with_rest(total, group, above) if group else total


def _with_scaled(total: Reading | None, group: list[Token], scale: Scale, above: int) -> Reading | None:
    """Add a count of thousands or millions to what was counted in larger ones."""
    count = _count(group[1:] if total and group[:1] == [Sign.AND] else group, scale)
    if count is None:
        return None
    if total is None:
        return Reading(tuple(value * scale.value for value in count.values), sure=count.sure and scale.sure)
    more = count.values[0] * scale.value
    if not (_single_whole(total) and len(count.values) == 1 and more < above):
        return None
    return Reading((total.values[0] + more,), sure=total.sure and count.sure and scale.sure)


def _with_rest(total: Reading, group: list[Token], scale: int) -> Reading | None:
    """Add what follows the last scale; "two million and five hundred" may mean either of two amounts."""
    rest = group[1:] if group[:1] == [Sign.AND] else group
    base = total.values[0]
    if not _single_whole(total):
        return None
    if rest == [Sign.HALF]:
        return Reading((base + scale * _HALF,), sure=total.sure) if scale >= _MILLION else None
    count = _count(rest, None)
    if count is None or not count.sure or not _single_whole(count) or count.values[0] >= scale:
        return None
    value = count.values[0]
    if scale >= _MILLION and value < _THOUSAND:
        return Reading((base + value * scale / _THOUSAND, base + value), sure=False)
    return Reading((base + value,), sure=total.sure)


def _unscaled(group: list[Token]) -> Reading | None:
    """A number without a scale; "one and a half" alone means millions, but is asked."""
    count = _count(group, None)
    if count is None or _single_whole(count):
        return count
    value = count.values[0]
    return Reading((value * _MILLION,), sure=False) if value < _THOUSAND else None


def _count(group: list[Token], scale: Scale | None) -> Reading | None:
    """The number one group of words or figures gives, with a half where it is spoken."""
    match group:
        case [] if scale:
            return Reading((Fraction(1),), sure=scale.value == _THOUSAND)
        case [Sign.HALF] if scale:
            return Reading((_HALF,))
        case [*whole, Sign.AND, Sign.HALF]:
            count = _count(whole, scale) if whole else None
            return (
                Reading((count.values[0] + _HALF,), sure=count.sure)
                if count and _single_whole(count)
                else None
            )
        case [Figure(raw)]:
            return read_figure(raw, scaled=scale is not None)
        case _:
            return _spelt(group)


def _spelt(group: list[Token]) -> Reading | None:
    spelt = [token.word if isinstance(token, Part) else AND if token is Sign.AND else "" for token in group]
    value = below_thousand(spelt)
    return None if value is None else Reading((Fraction(value),))


def _single_whole(reading: Reading) -> bool:
    return len(reading.values) == 1 and reading.values[0].denominator == 1
