"""Formatted text: Telegram's HTML and Bale's Markdown, read the way the platforms read them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from simulator.wire import JsonObject


class Unreadable(ValueError):
    """The text's formatting cannot be read; the message is what Telegram would say."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A styled stretch of text; offset and length count UTF-16 units, as the platforms do."""

    kind: str
    offset: int
    length: int
    url: str | None = None

    def as_json(self) -> JsonObject:
        """Write the entity as the Bot API does."""
        known: JsonObject = {"type": self.kind, "offset": self.offset, "length": self.length}
        return known | ({"url": self.url} if self.url else {})


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text without its markup, and what the markup said."""

    text: str
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    kind: str
    start: int
    url: str | None


KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_PIECE = re.compile(r"<(?P<end>/?)(?P<tag>[^\s>]*)(?P<rest>[^>]*)(?P<close>>?)|(?P<text>[^<]+)")
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});")


def units(text: str) -> int:
    """Count UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def read_html(source: str) -> Formatted:
    """Read Telegram's HTML. Raises Unreadable for unknown, unbalanced or unfinished tags."""
    reader = _HtmlReader()
    for piece in _PIECE.finditer(source):
        reader.take(piece, len(source[: piece.start()].encode()))
    return reader.finish()


class _HtmlReader:
    def __init__(self) -> None:
        self.text = ""
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def take(self, piece: re.Match[str], at: int) -> None:
        if piece["text"] is not None:
            self.text += _REFERENCE.sub(lambda found: unescape(found[0]), piece["text"])
        elif not piece["close"]:
            raise Unreadable(f"Unclosed start tag at byte offset {at}")
        elif piece["end"]:
            self._end(piece["tag"].lower(), at)
        else:
            self._start(piece["tag"].lower(), piece["rest"], at)

    def _start(self, tag: str, attributes: str, at: int) -> None:
        if tag not in KINDS:
            raise Unreadable(f'Unsupported start tag "{tag}" at byte offset {at}')
        if tag == "span" and "tg-spoiler" not in attributes:
            raise Unreadable(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
        href = _HREF.search(attributes) if tag == "a" else None
        url = unescape(next(part for part in href.groups() if part is not None)) if href else None
        self.open.append(_Open(tag, KINDS[tag], units(self.text), url))

    def _end(self, tag: str, at: int) -> None:
        if not self.open:
            raise Unreadable(f"Unexpected end tag at byte offset {at}")
        opened = self.open.pop()
        if tag not in {"", opened.tag}:
            raise Unreadable(
                f'Unmatched end tag at byte offset {at}, expected "</{opened.tag}>", found "</{tag}>"'
            )
        length = units(self.text) - opened.start
        if length and (opened.kind != "text_link" or opened.url):
            self.entities.append(Entity(opened.kind, opened.start, length, opened.url))

    def finish(self) -> Formatted:
        if self.open:
            raise Unreadable(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        ordered = sorted(self.entities, key=lambda entity: (entity.offset, -entity.length))
        return trimmed(Formatted(self.text, tuple(ordered)))


def trimmed(formatted: Formatted) -> Formatted:
    """Take the blanks off both ends, as Telegram does, and move the entities with the text."""
    text = formatted.text.strip()
    lead = units(formatted.text) - units(formatted.text.lstrip())
    whole = units(text)
    moved = []
    for entity in formatted.entities:
        start = max(entity.offset - lead, 0)
        end = min(entity.offset + entity.length - lead, whole)
        if end > start:
            moved.append(Entity(entity.kind, start, end - start, entity.url))
    return Formatted(text, tuple(moved))


# Emphasis needs a blank (or the edge) outside and none inside; there is no escaping.
_MARK = re.compile(
    r"(?<!\S)\*(?P<bold>\S(?:[^*\n]*\S)?)\*(?=[\s.,:;!?\u060c\u061b\u061f)]|$)"
    r"|(?<!\S)_(?P<italic>\S(?:[^_\n]*\S)?)_(?=[\s.,:;!?\u060c\u061b\u061f)]|$)"
    r"|\[(?P<label>[^\]\n]+)\]\((?P<url>[^)\s]+)\)"
)


def read_markdown(source: str) -> Formatted:
    """Read Bale's Markdown: what does not fit its few rules stays as it was typed."""
    text, last = "", 0
    entities = []
    for found in _MARK.finditer(source):
        text += source[last : found.start()]
        kind = {"bold": "bold", "italic": "italic", "url": "text_link"}[found.lastgroup or "url"]
        inner = found["bold"] or found["italic"] or found["label"]
        entities.append(Entity(kind, units(text), units(inner), found["url"]))
        text, last = text + inner, found.end()
    return Formatted(text + source[last:], tuple(entities))
