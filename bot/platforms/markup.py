"""Our keyboards in the Bot API's words; the fields used are those both platforms document."""

from __future__ import annotations

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup

from domain.outgoing import AskContact, Inline, Keyboard, Menu


def markup_of(keyboard: Keyboard | None) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | None:
    """Return what is put under a message."""
    match keyboard:
        case None:
            return None
        case Inline(rows):
            return InlineKeyboardMarkup(
                [
                    [InlineKeyboardButton(button.label, callback_data=button.data) for button in row]
                    for row in rows
                ]
            )
        case Menu(rows):
            return ReplyKeyboardMarkup(_plain(rows), resize_keyboard=True)
        case AskContact(share, rows):
            asking = [KeyboardButton(share, request_contact=True)]
            return ReplyKeyboardMarkup([asking, *_plain(rows)], resize_keyboard=True)


def inline_of(keyboard: Keyboard | None) -> InlineKeyboardMarkup | None:
    """Return what may stand under a message that is edited: inline buttons or nothing."""
    markup = markup_of(keyboard)
    return markup if isinstance(markup, InlineKeyboardMarkup) else None


def _plain(rows: tuple[tuple[str, ...], ...]) -> list[list[KeyboardButton]]:
    return [[KeyboardButton(label) for label in row] for row in rows]
