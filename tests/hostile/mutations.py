"""Updates bent by chance: parts dropped, retyped, deepened, blown up or filled with what nobody should send.

The same seed always gives the same mutations.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Sequence
from random import Random

from bot.platforms.raw import Json, JsonObject

DEEP = 700  # more than Python's own limit bears once a function or two is called for each level
LONG = 20_000

NUMBERS: tuple[Json, ...] = (
    0,
    -1,
    2**31,
    2**53 + 1,
    2**63 - 1,
    -(2**63),
    2**63,
    -(2**64),
    10**40,
    0.5,
    1e308,
    float("inf"),
    float("nan"),
    True,
)
TEXTS: tuple[str, ...] = (
    "",
    " ",
    "\0",
    "سلام\0\0",
    "\ud800",
    "x\udfff\ud83d",
    "\u202e\u2066\u2069\u2069\u200f",
    "\u200b\u200c\u200d\ufeff\u2060",
    "e" + "\u0301" * 500,
    "👨‍👩‍👧‍👦" * 1024,
    "🏳️" * 2048,
    "{{ 7 * 7 }}{% raw %}{# x #}",
    "<b><i>*_`[x](t.me/y)\\",
    "' OR 1=1; --",
    "/start",
    "/start " + "g_" * 3000,
    "/cancel@" + "x" * 500,
    "/" * LONG,
    "\n" * LONG,
    "9" * LONG,
    "۹" * 4096,
    "٣٫٣٫٣٫٣",
    "½⅓Ⅷ²③𝟗᠖",
    "۵۰۰ هزار تومان",
    "هزار " * 2000,
    "t.1.yes.1.AAAAAAAAAAAA",
    "....",
    ".\u06f1.x.\u06f2.",
    "😀" * 4096,
)


def mutated(random: Random, corpus: Sequence[JsonObject]) -> JsonObject:
    """One update of the corpus with one to four parts of it bent."""
    update = copy.deepcopy(random.choice(corpus))
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 4))):
        places = list(_places(update))
        if places:
            owner, at = random.choice(places)
            random.choice(BENDINGS)(random, owner, at)
    return update


Owner = dict[str, Json] | list[Json]


def _places(value: Json) -> Iterator[tuple[Owner, str | int]]:
    """Every part of a value as (what holds it, under which name); shallow below what was deepened already."""
    waiting: list[tuple[Json, int]] = [(value, 0)]
    while waiting:
        owner, depth = waiting.pop()
        if depth > 10 or not isinstance(owner, (dict, list)):
            continue
        names: Sequence[str | int] = list(owner) if isinstance(owner, dict) else range(len(owner))
        for name in names:
            yield owner, name
            waiting.append((_part(owner, name), depth + 1))


def _part(owner: Owner, at: str | int) -> Json:
    if isinstance(owner, dict):
        return owner.get(str(at))
    return owner[at] if isinstance(at, int) else None


def _put(owner: Owner, at: str | int, value: Json) -> None:
    if isinstance(owner, dict):
        owner[str(at)] = value
    elif isinstance(at, int):
        owner[at] = value


def _dropped(_random: Random, owner: Owner, at: str | int) -> None:
    if isinstance(owner, dict):
        owner.pop(str(at), None)
    elif isinstance(at, int):
        owner.pop(at)


def _nothing(_random: Random, owner: Owner, at: str | int) -> None:
    _put(owner, at, None)


def _numbered(random: Random, owner: Owner, at: str | int) -> None:
    _put(owner, at, random.choice(NUMBERS))


def _worded(random: Random, owner: Owner, at: str | int) -> None:
    _put(owner, at, random.choice(TEXTS))


def _as_text(_random: Random, owner: Owner, at: str | int) -> None:
    _put(owner, at, _as_words(_part(owner, at)))


def _as_words(part: Json) -> str:
    try:
        return part if isinstance(part, str) else json.dumps(part)
    except RecursionError:
        return "too deep to be written"


def _listed(random: Random, owner: Owner, at: str | int) -> None:
    part = _part(owner, at)
    names: list[Json] = list(part) if isinstance(part, dict) else [0]
    wrapped: tuple[Json, ...] = ([part], [], {}, [part] * 50, {"x": part}, names)
    _put(owner, at, random.choice(wrapped))


def _deepened(random: Random, owner: Owner, at: str | int) -> None:
    part = _part(owner, at)
    for _ in range(random.choice((2, 20, 200, DEEP))):
        part = {str(at): part} if random.random() < 0.5 else [part]
    _put(owner, at, part)


def _renamed(random: Random, owner: Owner, at: str | int) -> None:
    if isinstance(owner, dict):
        name = random.choice(("message", "text", "from", "chat", "data", "id", "photo", *TEXTS[:8]))
        owner[name] = owner.pop(str(at), None)


def _noised(random: Random, owner: Owner, at: str | int) -> None:
    """Put some odd letters into a text; other things become one."""
    letters = list(_as_words(_part(owner, at)))[:200]
    for _ in range(random.randint(1, 5)):
        first, end = random.choice(((0, 0x20), (0x600, 0x700), (0x2000, 0x2070), (0, 0x110000)))
        letters.insert(random.randint(0, len(letters)), chr(random.randrange(first, end)))
    _put(owner, at, "".join(letters))


BENDINGS: tuple[Callable[[Random, Owner, str | int], None], ...] = (
    _dropped,
    _nothing,
    _numbered,
    _worded,
    _worded,
    _as_text,
    _listed,
    _deepened,
    _renamed,
    _noised,
)
