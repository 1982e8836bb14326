"""What nobody should type, and people do: markup, bent lines, no words, endless ones, figures of any kind."""

from __future__ import annotations

import unicodedata

from tests.hostile.mutations import TEXTS

ALL_DIGITS = "".join(
    chr(c) for c in range(0x110000) if unicodedata.category(chr(c)) in {"Nd", "No", "Nl"} and c != 0x1F10C
)
MORE = (
    "<a href='http://x'>مریم</a>",
    "مریم</b>",
    "*مریم* _احمدی_ `x` [y](http://t.me/z)",
    "**__``[[]]",
    "\\*مریم\\_",
    "&lt;b&gt;مریم&amp;",
    "\u202eمریم\u2066\u2067",
    "\u2069\u2069مریم",
    "\u0301\u0302\u0303",
    "م" + "\u064b" * 3000,
    "\u3164\u2800\u115f",
    ALL_DIGITS[:4096],
    "٥٠٠٬٠٠٠ ₮",
    "𝟓𝟎𝟎 هزار تومان",
    "{{ config }} {% for x in y %}",
    "w" * 4096,
    "ﷺ" * 4096,
    "-1e9999",
    "۱۴۰۵/۱۳/۴۵",
    "9" * 400,
    "0x10",
    "*مریم",
    "منفی ۵۰۰ هزار تومان",
    "99999999999999999999 تومان",
)
WORDS = tuple(dict.fromkeys((*TEXTS, *MORE)))
ZEROS = [chr(c) for c in range(0x110000) if unicodedata.decimal(chr(c), None) == 0]
# Half a million, each figure in another script: together they hold every script's five or nought.
FIGURES = tuple(
    "".join(
        chr(ord(zero) + figure) for figure, zero in zip((5, 0, 0, 0, 0, 0), ZEROS[at:] + ZEROS, strict=False)
    )
    for at in range(0, len(ZEROS), 6)
)
