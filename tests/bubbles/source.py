"""The files of messages_fa as the editor wrote them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from texts.engine import FOLDER

ABOUT = re.compile(r"\{#\s*(.+?)\s*#\}", re.DOTALL)
BLOCK = re.compile(r"\{% block (\w+) %\}\n(.*?)\{% endblock %\}", re.DOTALL)


def about(file: str) -> str:
    """Return what the comment on top of a file says."""
    found = ABOUT.search(_read(file))
    return found.group(1) if found else ""


def written(file: str) -> Mapping[str, str]:
    """Return the blocks of a file in their order."""
    return dict(BLOCK.findall(_read(file)))


def _read(file: str) -> str:
    return (FOLDER / f"{file}.j2").read_text(encoding="utf-8")
