"""What the platforms demand of a request; a bot that keeps every rule is never listed here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from simulator.documented import fields_of
from simulator.flavours import Flavour, Platform
from simulator.formatting import Entity, Formatted, Unreadable, read_html, read_markdown, trimmed
from simulator.markup import Flaw, InlineKeyboard, read_markup
from simulator.wire import Call, Json, refused

TEXT_LENGTH = 4096
CAPTION_LENGTH = 1024
TOAST_LENGTH = 200
MOST_UPDATES = 100

_HTML_TAG = re.compile(
    r"</?(?:b|strong|i|em|u|ins|s|strike|del|a|code|pre|blockquote|tg-spoiler|span)\b[^>]*>"
)
_BACKSLASH = re.compile(r"\\[_*\[\]()~`>#+\-=|{}.!]")
_FOREIGN_LINK = re.compile(r"\]\([^)]*t\.me/")
_HAS_TEXT = frozenset({"sendmessage", "editmessagetext"})
_HAS_CAPTION = frozenset({"sendphoto", "senddocument", "editmessagecaption"})


@dataclass(frozen=True, slots=True)
class Violation:
    """A request that broke a rule of its platform."""

    flavour: Flavour
    method: str
    chat: int | None
    rule: str
    detail: str


def check(call: Call, platform: Platform) -> tuple[Flaw, ...]:
    """Find everything in a request that its platform does not document or does not allow."""
    known = fields_of(platform.flavour, call.method)
    if known is None:
        return (Flaw("method", f"{call.method} is not documented"),)
    return (*_fields(call, known), *_text(call, platform), *_keyboard(call, platform), *_particular(call))


def _fields(call: Call, known: frozenset[str]) -> Iterator[Flaw]:
    attached = {name for name in call.uploads if any(v == f"attach://{name}" for v in call.fields.values())}
    for name in sorted({*call.fields, *call.uploads} - known - attached):
        yield Flaw("field", f"{call.method} has no field {name}")


def _text(call: Call, platform: Platform) -> Iterator[Flaw]:
    method = call.method.lower()
    if method not in _HAS_TEXT | _HAS_CAPTION:
        return
    name, most = ("text", TEXT_LENGTH) if method in _HAS_TEXT else ("caption", CAPTION_LENGTH)
    source = call.text(name) or ""
    yield from _parse_mode(call, platform)
    if platform.flavour is Flavour.BALE:
        yield from _bale_text(source)
    try:
        length = len(formatted(call, name, platform).text)
    except Unreadable as error:
        yield Flaw("entities", str(error), f"can't parse entities: {error}")
        return
    if length == 0 and name == "text":
        yield Flaw("text_empty", f"{call.method} without a text", "message text is empty")
    if length > most:
        yield Flaw("length", f"{name} of {length} characters, at most {most}", f"message {name} is too long")


def _parse_mode(call: Call, platform: Platform) -> Iterator[Flaw]:
    mode = call.text("parse_mode") or ""
    if platform.flavour is Flavour.BALE and mode not in {"", "Markdown"}:
        yield Flaw("parse_mode", f"Bale knows no parse_mode {mode}")
    elif mode.lower() not in {"", "html", "markdown"}:
        yield Flaw("parse_mode", f"parse_mode {mode} is not simulated", "unsupported parse_mode")


def _bale_text(source: str) -> Iterator[Flaw]:
    if found := _HTML_TAG.search(source):
        yield Flaw("html", f"Bale shows {found[0]} as it stands")
    if found := _BACKSLASH.search(source):
        yield Flaw("backslash", f"Bale shows {found[0]} with its backslash")
    if _FOREIGN_LINK.search(source):
        yield Flaw("foreign_link", "a link of the text leads to Telegram")


def formatted(call: Call, name: str, platform: Platform) -> Formatted:
    """Read a text field the way the platform does. Raises Unreadable on Telegram."""
    source = call.text(name) or ""
    if not platform.reads_html:
        return read_markdown(source)
    match (call.text("parse_mode") or "").lower():
        case "html":
            return read_html(source)
        case "markdown":
            return trimmed(read_markdown(source))
        case _:
            return trimmed(Formatted(source, _given_entities(call, name)))


def _given_entities(call: Call, name: str) -> tuple[Entity, ...]:
    try:
        given = call.json("entities" if name == "text" else "caption_entities")
    except ValueError as error:
        raise Unreadable("can't parse entities JSON object") from error
    return tuple(_entity(entity) for entity in given) if isinstance(given, list) else ()


def _entity(given: Json) -> Entity:
    match given:
        case {"type": str(kind), "offset": int(offset), "length": int(length), **others}:
            url = others.get("url")
            return Entity(kind, offset, length, url if isinstance(url, str) else None)
        case _:
            raise Unreadable("a MessageEntity has a type, an offset and a length")


def _keyboard(call: Call, platform: Platform) -> Iterator[Flaw]:
    if "reply_markup" not in call.fields:
        return
    try:
        value = call.json("reply_markup")
    except ValueError:
        yield Flaw("markup", "reply_markup is no JSON", "can't parse reply keyboard markup JSON object")
        return
    reading = read_markup(value, platform.flavour)
    yield from reading.flaws
    edits = call.method.lower().startswith("edit")
    if edits and reading.markup is not None and not isinstance(reading.markup, InlineKeyboard):
        yield Flaw("markup", "an edit takes an inline keyboard only", "inline keyboard expected")


def _particular(call: Call) -> Iterator[Flaw]:
    match call.method.lower():
        case "answercallbackquery" if len(call.text("text") or "") > TOAST_LENGTH:
            yield Flaw("length", f"a toast of more than {TOAST_LENGTH} characters", "MESSAGE_TOO_LONG")
        case "getupdates" if not 1 <= (call.number("limit") or 1) <= MOST_UPDATES:
            yield Flaw("limit", "getUpdates takes 1 to 100 at once")
        case "sendchataction" if call.text("action") not in _ACTIONS:
            yield Flaw("action", f"unknown action {call.text('action')}", "wrong parameter action in request")


_ACTIONS = frozenset(
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker"
    " find_location record_video_note upload_video_note".split()
)


def refuse(flaws: tuple[Flaw, ...], platform: Platform) -> None:
    """Raise what the platform answers to a flawed request; Bale overlooks a flawed keyboard."""
    for flaw in flaws:
        if flaw.rule == "method":
            raise refused(platform.unknown_method.status, platform.unknown_method.description)
        if flaw.refusal and not (platform.drops_bad_markup and flaw.rule in _OF_KEYBOARDS):
            raise refused(400, f"Bad Request: {flaw.refusal}")


_OF_KEYBOARDS = frozenset({"markup", "button_action", "callback_data", "button_url", "button_text"})
