"""Our keyboards in the Bot API's words; the fields used are those both platforms document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.outgoing import AskContact, Inline, Keyboard, Menu

if TYPE_CHECKING:
    from bot.platforms.raw import Json, JsonObject


def markup_of(keyboard: Keyboard | None) -> JsonObject | None:
    """Return what is put under a message."""
    match keyboard:
        case None:
            return None
        case Inline(rows):
            return {
                "inline_keyboard": [
                    [{"text": button.label, "callback_data": button.data} for button in row] for row in rows
                ]
            }
        case Menu(rows):
            return _below_the_input_line(_plain(rows))
        case AskContact(share, rows):
            return _below_the_input_line([[{"text": share, "request_contact": True}], *_plain(rows)])


def inline_of(keyboard: Keyboard | None) -> JsonObject | None:
    """Return what may stand under a message that is edited: inline buttons or nothing."""
    return markup_of(keyboard) if isinstance(keyboard, Inline) else None


def _below_the_input_line(rows: list[Json]) -> JsonObject:
    return {"keyboard": rows, "resize_keyboard": True}


def _plain(rows: tuple[tuple[str, ...], ...]) -> list[Json]:
    return [[{"text": label} for label in row] for row in rows]
