"""One emphasis mark inside, `*so*`, and what each platform makes of it.

Values are cleaned of marks before they enter a text (see `texts.shown`): every `*` was written by the editor.
"""

from __future__ import annotations

import re
from html import escape

STRONG = re.compile(r"\*([^*\n]+)\*")
BALE_MARKS = str.maketrans("", "", "_`[]")
ADDRESS = re.compile(r"(https?://\S+)")


def for_telegram(text: str) -> str:
    """Return HTML for Telegram's parse_mode=HTML."""
    return STRONG.sub(r"<b>\1</b>", escape(text, quote=False))


def for_bale(text: str) -> str:
    """Return Bale's own Markdown: nothing can be escaped, so other marks are dropped, but not in links."""
    pieces = (
        piece if ADDRESS.fullmatch(piece) else piece.translate(BALE_MARKS) for piece in ADDRESS.split(text)
    )
    return STRONG.sub(_with_blanks, "".join(pieces))


def _with_blanks(found: re.Match[str]) -> str:
    """Bale sees emphasis only where blanks stand outside it."""
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    return f"{_blank(before)}*{found[1]}*{_blank(after)}"


def _blank(neighbour: str) -> str:
    return " " if neighbour.strip() else ""
