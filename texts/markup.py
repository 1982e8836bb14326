"""One emphasis mark inside, `*so*`, and what each platform makes of it.

Values are cleaned of marks before they enter a text (see `texts.shown`), so every `*` here was written by the editor.
"""

from __future__ import annotations

import re
from html import escape

STRONG = re.compile(r"\*([^*\n]+)\*")
BALE_MARKS = str.maketrans("", "", "_`[]")


def for_telegram(text: str) -> str:
    """Return HTML for Telegram's parse_mode=HTML."""
    return STRONG.sub(r"<b>\1</b>", escape(text, quote=False))


def for_bale(text: str) -> str:
    """Return Bale's own Markdown, in which nothing can be escaped: other marks are dropped."""
    return STRONG.sub(r" *\1* ", text.translate(BALE_MARKS)).strip()
