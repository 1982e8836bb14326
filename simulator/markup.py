"""Keyboards: read from a request, with every flaw noted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from simulator.flavours import Flavour
from simulator.wire import Json, JsonObject

CALLBACK_BYTES = 64


@dataclass(frozen=True, slots=True)
class Flaw:
    """One rule of the platform broken; `refusal` is what the platform would answer, if it refuses."""

    rule: str
    detail: str
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class InlineButton:
    """A button under a message: exactly one of data, link and text to copy."""

    text: str
    data: str | None = None
    url: str | None = None
    copy: str | None = None

    def as_json(self) -> JsonObject:
        """Write the button as the Bot API does."""
        known: JsonObject = {"text": self.text}
        if self.data is not None:
            known["callback_data"] = self.data
        if self.url is not None:
            known["url"] = self.url
        if self.copy is not None:
            known["copy_text"] = {"text": self.copy}
        return known


@dataclass(frozen=True, slots=True)
class ReplyButton:
    """A button in place of the phone's letters; it says its own text or shares the contact."""

    text: str
    contact: bool = False


@dataclass(frozen=True, slots=True)
class InlineKeyboard:
    """Buttons that belong to one message."""

    rows: tuple[tuple[InlineButton, ...], ...]

    def as_json(self) -> JsonObject:
        """Write the keyboard as the Bot API does."""
        return {"inline_keyboard": [[button.as_json() for button in row] for row in self.rows]}


@dataclass(frozen=True, slots=True)
class ReplyKeyboard:
    """Buttons that stay at the bottom of the phone."""

    rows: tuple[tuple[ReplyButton, ...], ...]
    once: bool = False
    placeholder: str = ""


@dataclass(frozen=True, slots=True)
class RemoveKeyboard:
    """The reply keyboard is taken away."""


@dataclass(frozen=True, slots=True)
class ForceReply:
    """The phone opens its letters for an answer."""


Markup = InlineKeyboard | ReplyKeyboard | RemoveKeyboard | ForceReply

_ACTIONS = {
    Flavour.TELEGRAM: frozenset(
        "url callback_data web_app copy_text login_url switch_inline_query switch_inline_query_current_chat"
        " switch_inline_query_chosen_chat pay".split()
    ),
    Flavour.BALE: frozenset("url callback_data web_app copy_text".split()),
}
_DECORATION = {
    Flavour.TELEGRAM: frozenset({"text", "style", "icon_custom_emoji_id"}),
    Flavour.BALE: frozenset({"text"}),
}
_REPLY_FIELDS = {
    Flavour.TELEGRAM: frozenset(
        "text request_contact request_location request_users request_chat request_poll web_app style"
        " icon_custom_emoji_id".split()
    ),
    Flavour.BALE: frozenset("text request_contact request_location web_app".split()),
}


@dataclass(slots=True)
class Reading:
    """What a reply_markup says, and what is wrong with it."""

    flavour: Flavour
    markup: Markup | None = None
    flaws: list[Flaw] = field(default_factory=list)

    def flaw(self, rule: str, detail: str, refusal: str | None = None) -> None:
        """Note something wrong."""
        self.flaws.append(Flaw(rule, detail, refusal))


def read_markup(value: Json, flavour: Flavour) -> Reading:
    """Read a keyboard of any kind; markup stays None when it cannot be read."""
    reading = Reading(flavour)
    match value:
        case None:
            pass
        case {"inline_keyboard": rows}:
            reading.markup = InlineKeyboard(tuple(_inline_rows(rows, reading)))
        case {"keyboard": rows, **others}:
            text = others.get("input_field_placeholder")
            reading.markup = ReplyKeyboard(
                tuple(_reply_rows(rows, reading)),
                bool(others.get("one_time_keyboard")),
                text if isinstance(text, str) else "",
            )
        case {"remove_keyboard": True}:
            reading.markup = RemoveKeyboard()
        case {"force_reply": True} if flavour is Flavour.TELEGRAM:
            reading.markup = ForceReply()
        case _:
            reading.flaw("markup", "reply_markup is no keyboard", "object expected as reply markup")
    return reading


def _rows(value: Json, reading: Reading) -> Iterator[list[JsonObject]]:
    if not isinstance(value, list):
        reading.flaw("markup", "the keyboard is no list of rows", "can't parse reply markup JSON object")
        return
    for row in value:
        if isinstance(row, list) and row:
            yield [{"text": button} if isinstance(button, str) else _object(button) for button in row]
        else:
            reading.flaw("markup", "a row of the keyboard is empty or no list")


def _object(value: Json) -> JsonObject:
    return value if isinstance(value, dict) else {}


def _inline_rows(value: Json, reading: Reading) -> Iterator[tuple[InlineButton, ...]]:
    for row in _rows(value, reading):
        yield tuple(_inline(button, reading) for button in row)


def _inline(button: JsonObject, reading: Reading) -> InlineButton:
    label = _label(button, reading)
    actions = sorted(_ACTIONS[reading.flavour] & button.keys())
    _note_unknown(button, _ACTIONS[reading.flavour] | _DECORATION[reading.flavour], reading)
    if len(actions) != 1:
        reading.flaw(
            "button_action", f"button {label!r} has {actions or 'nothing'} to do", "BUTTON_TYPE_INVALID"
        )
    data, url, copied = button.get("callback_data"), button.get("url"), _object(button.get("copy_text"))
    if data is not None and not (isinstance(data, str) and 1 <= len(data.encode()) <= CALLBACK_BYTES):
        reading.flaw("callback_data", f"{label!r}: not 1 to 64 bytes", "BUTTON_DATA_INVALID")
    _check_url(label, url, reading)
    copy = copied.get("text")
    return InlineButton(
        label,
        data if isinstance(data, str) else None,
        url if isinstance(url, str) else None,
        copy if isinstance(copy, str) else None,
    )


def _check_url(label: str, url: Json, reading: Reading) -> None:
    if url is None:
        return
    if not isinstance(url, str) or not url.startswith(("http://", "https://", "tg://", "ble://")):
        reading.flaw("button_url", f"{label!r}: {url!r} is no address", "BUTTON_URL_INVALID")
    elif reading.flavour is Flavour.BALE and "t.me/" in url:
        reading.flaw("foreign_link", f"{label!r} leads to Telegram")


def _reply_rows(value: Json, reading: Reading) -> Iterator[tuple[ReplyButton, ...]]:
    for row in _rows(value, reading):
        yield tuple(_reply(button, reading) for button in row)


def _reply(button: JsonObject, reading: Reading) -> ReplyButton:
    _note_unknown(button, _REPLY_FIELDS[reading.flavour], reading)
    return ReplyButton(_label(button, reading), button.get("request_contact") is True)


def _note_unknown(button: JsonObject, known: frozenset[str], reading: Reading) -> None:
    for name in sorted(button.keys() - known):
        reading.flaw("button_field", f"a button has the unknown field {name}")


def _label(button: JsonObject, reading: Reading) -> str:
    text = button.get("text")
    if isinstance(text, str) and text.strip():
        return text
    reading.flaw("button_text", "a button has no text", "can't parse keyboard button: Text must be non-empty")
    return ""
