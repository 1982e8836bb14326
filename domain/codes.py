"""Short codes that are read aloud, copied from a poster and typed by hand."""

from __future__ import annotations

import re

from domain.persian import normalise

ALPHABET = "ACDFHJKMNPRTXY34679"
"""No two of these look alike; 19 is prime, which the check below rests on."""

_PRIME = len(ALPHABET)
_ENOUGH_RANDOM = 8
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212_.]")
_LONGEST_TYPED = 64


def make_code(random: bytes, length: int = 6) -> str:
    """A code ending in a check character; ValueError for under 8 random bytes or a length beyond 2 to 18.

    The characters, numbered and weighted by their place, sum to a multiple of a prime. So one wrong
    character, or any two characters changed over, never gives a valid code; of other mistakes one in
    nineteen slips through.
    """
    if len(random) < _ENOUGH_RANDOM or length not in range(2, _PRIME):
        raise ValueError("8 random bytes and a length from 2 to 18 are needed")
    number, body = int.from_bytes(random), ""
    for _ in range(length - 1):
        number, index = divmod(number, _PRIME)
        body += ALPHABET[index]
    return next(body + check for check in ALPHABET if _adds_up(body + check))


def read_code(text: str, length: int = 6) -> str | None:
    """The code somebody typed, in any case, digits and spacing, or None when it cannot be one."""
    code = _BETWEEN.sub("", normalise(text[:_LONGEST_TYPED])).upper()
    fits = len(code) == length and all(character in ALPHABET for character in code)
    return code if fits and _adds_up(code) else None


def _adds_up(code: str) -> bool:
    weighted = sum(place * ALPHABET.index(character) for place, character in enumerate(code, start=1))
    return weighted % _PRIME == 0
