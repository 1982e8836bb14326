"""What can be put under a message, in one form for both platforms, and its stored form."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button; `data` is at most 64 bytes."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Inline:
    """Buttons under the message."""

    rows: tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Menu:
    """Large reply buttons below the input line; they stay until replaced."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class AskContact:
    """A reply keyboard whose first button shares the person's own phone number."""

    share: str
    rows: tuple[tuple[str, ...], ...] = ()


Keyboard = Inline | Menu | AskContact
ENCODER = json.JSONEncoder(ensure_ascii=False)


def dump_keyboard(keyboard: Keyboard | None) -> str | None:
    """Return the JSON kept in the outbox."""
    match keyboard:
        case None:
            return None
        case Inline(rows):
            return ENCODER.encode({"inline": [[[b.label, b.data] for b in row] for row in rows]})
        case Menu(rows):
            return ENCODER.encode({"menu": rows})
        case AskContact(share, rows):
            return ENCODER.encode({"contact": share, "menu": rows})


def load_keyboard(stored: str | None) -> Keyboard | None:
    """Read what `dump_keyboard` wrote."""
    if stored is None:
        return None
    value = json.loads(stored)
    if "inline" in value:
        return Inline(tuple(tuple(Button(label, data) for label, data in row) for row in value["inline"]))
    rows = tuple(tuple(row) for row in value["menu"])
    return AskContact(value["contact"], rows) if "contact" in value else Menu(rows)
