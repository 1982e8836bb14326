"""The files of messages_fa as the editor wrote them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from texts.engine import FOLDER

ABOUT = re.compile(r"\{#\s*(.+?)\s*#\}", re.DOTALL)
MARK = re.compile(r"\{% (?:block (?P<name>\w+)|endblock) %\}\n?")


def about(file: str) -> str:
    """Return what the comment on top of a file says."""
    found = ABOUT.search(_read(file))
    return found.group(1) if found else ""


def written(file: str) -> Mapping[str, str]:
    """Return the blocks of a file in their order; one may stand within another."""
    text, blocks, inside = _read(file), dict[str, str](), list[re.Match[str]]()
    for mark in MARK.finditer(text):
        if mark["name"]:
            blocks[mark["name"]] = ""
            inside.append(mark)
        else:
            begun = inside.pop()
            blocks[begun["name"]] = text[begun.end() : mark.start()]
    return blocks


def _read(file: str) -> str:
    return (FOLDER / f"{file}.j2").read_text(encoding="utf-8")
