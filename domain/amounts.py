"""Reading an amount of money somebody typed, and asking back rather than guessing."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from domain.amount_phrases import Phrase, phrases_of
from domain.amount_words import Sign, Token, tokens_of
from domain.money import Rial, Unit
from domain.persian import normalise

ASK_BELOW = Rial.from_toman(10_000)
"""Less than this is nearly always thousands in speech."""

MOST_READ = Rial.from_toman(10**12)
"""More than any fund holds; card numbers typed by mistake are longer."""

LONGEST_READ = 4096
MOST_NUMBERS = 8
_ZEROS = frozenset({"صفر", "هیچ", "هیچی"})
_MILLION, _THOUSAND, _HUNDRED, _TEN = 10**6, 10**3, 10**2, 10


@dataclass(frozen=True, slots=True)
class Understood:
    """One amount and no other can be meant: take it and say it back."""

    amount: Rial


@dataclass(frozen=True, slots=True)
class Doubtful:
    """One to three amounts that may be meant, the likeliest first: ask."""

    candidates: tuple[Rial, ...]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """There are numbers, but not one amount."""


@dataclass(frozen=True, slots=True)
class NotAnAmount:
    """There is no number at all."""


@dataclass(frozen=True, slots=True)
class Negative:
    """A withdrawal or a correction is meant: refuse and explain."""


@dataclass(frozen=True, slots=True)
class TooLarge:
    """More than a fund can hold."""


Amount = Understood | Doubtful | Unreadable | NotAnAmount | Negative | TooLarge


def read_amount(text: str, unit: Unit) -> Amount:
    """Read the one amount in a text; without a spoken unit it is in the group's unit."""
    if len(text) > LONGEST_READ:
        return Unreadable()
    tokens = tokens_of(text)
    phrases = phrases_of(tokens)
    if not phrases:
        return _without_amount(tokens)
    if Sign.MINUS in tokens:
        return Negative()
    if Sign.SPOILS in tokens or len(phrases) > MOST_NUMBERS:
        return Unreadable()
    found = _together(phrases, _unit_of_the_rest(tokens, unit))
    if Sign.VAGUE in tokens and isinstance(found, Understood):
        return Doubtful((found.amount,))
    return found


def says_zero(text: str) -> bool:
    """Tell whether a text says that there is nothing: a zero or a word for it, with or without a unit."""
    if len(text) > LONGEST_READ:
        return False
    first, *others = normalise(text).split() or [""]
    tokens = tokens_of(" ".join(["0" if first in _ZEROS else first, *others]))
    readings = [phrase.reading for phrase in phrases_of(tokens)]
    certain = not any(isinstance(token, Sign) for token in tokens)
    return certain and len(readings) == 1 and readings[0] is not None and readings[0].values == (Fraction(),)


def speaks_of_money(text: str) -> bool:
    """Tell whether a text names a unit of money, so that its number is surely an amount."""
    return len(text) <= LONGEST_READ and any(isinstance(token, Unit) for token in tokens_of(text))


def _without_amount(tokens: list[Token]) -> Amount:
    return Unreadable() if Sign.SPOILS in tokens else NotAnAmount()


def _unit_of_the_rest(tokens: list[Token], unit: Unit) -> Unit | None:
    """The unit for numbers without one beside them: what the text speaks of, unless it speaks of both."""
    spoken = {token for token in tokens if isinstance(token, Unit)}
    if not spoken:
        return unit
    return spoken.pop() if len(spoken) == 1 else None


def _together(phrases: list[Phrase], unit: Unit | None) -> Amount:
    """One amount if all numbers say the same; the only one with a unit is asked about; else unreadable."""
    if any(phrase.reading is None for phrase in phrases):
        return Unreadable()
    if _is_toman_and_rial(phrases):
        return _with_odd_rials(phrases)
    amounts = [_settled(phrase, phrase.unit or unit) for phrase in phrases]
    if all(amount == amounts[0] for amount in amounts):
        return amounts[0]
    with_unit = [amount for phrase, amount in zip(phrases, amounts, strict=True) if phrase.unit]
    match with_unit:
        case [Understood(amount)]:
            return Doubtful((amount,))
        case [Doubtful() as doubtful]:
            return doubtful
        case _:
            return Unreadable()


def _is_toman_and_rial(phrases: list[Phrase]) -> bool:
    """Toman and the few rials left over, as the books write an amount that is not whole toman."""
    units = [phrase.unit for phrase in phrases[:2]]
    return units == [Unit.TOMAN, Unit.RIAL] and phrases[1].linked and _odd_rials(phrases[1]) is not None


def _with_odd_rials(phrases: list[Phrase]) -> Amount:
    """Both units were spoken, so numbers after these two need one of their own."""
    odd = _odd_rials(phrases[1])
    whole = _settled(phrases[0], Unit.TOMAN)
    if not (isinstance(whole, Understood) and odd):
        return whole
    found = Understood(whole.amount + odd)
    same = not phrases[2:] or _together(phrases[2:], None) == found
    return found if same else Unreadable()


def _odd_rials(phrase: Phrase) -> Rial | None:
    reading = phrase.reading
    if reading is None or not reading.sure or reading.values[0] not in range(1, Unit.TOMAN.rials):
        return None
    return Rial(int(reading.values[0]))


def _settled(phrase: Phrase, unit: Unit | None) -> Amount:
    """Turn a number into an amount: whole rials, within bounds, and asked for where it is small."""
    if phrase.reading is None or unit is None:
        return Unreadable()
    values = [value * unit.rials for value in phrase.reading.values]
    if any(value.denominator != 1 or value == 0 for value in values):
        return Unreadable()
    if values[0] > MOST_READ.rials:
        return TooLarge()
    if not phrase.reading.sure:
        return _asked(values)
    if values[0] < ASK_BELOW.rials:
        return _asked(_small(phrase.reading.values[0], unit, scaled=phrase.scaled))
    return Understood(Rial(int(values[0])))


def _asked(values: list[Fraction]) -> Doubtful:
    return Doubtful(tuple(Rial(int(value)) for value in values if value <= MOST_READ.rials))


def _small(value: Fraction, unit: Unit, *, scaled: bool) -> list[Fraction]:
    """In rials, what a small number may mean: thousands, for a very small one millions, or itself."""
    return [value * unit.rials * times for times in ([1] if scaled else _times(value))]


def _times(value: Fraction) -> list[int]:
    if value < _TEN:
        return [_MILLION, _THOUSAND]
    if value < _HUNDRED:
        return [_THOUSAND, _MILLION]
    if value < _THOUSAND:
        return [_THOUSAND]
    return [_THOUSAND, 1] if value < _TEN * _THOUSAND else [1, Unit.TOMAN.rials]
