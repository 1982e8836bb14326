"""Logs: one JSON object a line, without tokens, phones, names or amounts.

What the program logs itself holds none. What others say (an exception, a library, a platform) may hold
anything, so every text is scrubbed: tokens, long numbers, words that are not Latin, values a database quotes.
"""

from __future__ import annotations

import logging
import re
import sys
from functools import partial
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from collections.abc import Callable

    from structlog.typing import EventDict, WrappedLogger

LOUD = ("aiohttp", "apscheduler", "httpx", "httpcore", "telegram", "uvicorn")  # some print whole addresses
HIDDEN = "#"
TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{20,}")
QUOTED = re.compile(
    r"^(DETAIL|CONTEXT|\[parameters): .*$", re.MULTILINE
)  # PostgreSQL and SQLAlchemy show rows
MESSAGE = re.compile(r"^[\w.]+(Error|Exception|Warning): .*$", re.MULTILINE)  # the last line of a traceback
BETWEEN_QUOTES = re.compile(r"'[^']*'|\"[^\"]*\"")
NUMBER = re.compile(r"\d[\d,.\u066b\u066c]{4,}")  # the digits of every script, grouped or not
FOREIGN = re.compile(r"[^\W\d_\x00-\x7f]+")  # letters beyond ASCII: names and texts are Persian


def set_up_logs(level: str, count: Callable[[str, str | None], None]) -> None:
    """Send everything to standard error; warnings and errors are counted by name, even those not shown.

    Libraries speak only when something is wrong, whatever the level.
    """
    shown = logging.getLevelNamesMapping()[level]
    last = (structlog.processors.TimeStamper(fmt="iso", utc=True), _renderer())
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            partial(_counted, count),
            partial(_dropped, shown),
            structlog.processors.format_exc_info,
            scrubbed,
            *last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(min(shown, logging.WARNING)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    _set_up_libraries()


def scrubbed(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Hide in every text what could be somebody's."""
    return {name: _hide(value) if isinstance(value, str) else value for name, value in event.items()}


def _hide(text: str) -> str:
    text = MESSAGE.sub(lambda line: BETWEEN_QUOTES.sub(f"'{HIDDEN}'", line[0]), text)
    for pattern in (TOKEN, QUOTED, NUMBER, FOREIGN):
        text = pattern.sub(HIDDEN, text)
    return text


def _counted(
    count: Callable[[str, str | None], None], _logger: WrappedLogger, method: str, event: EventDict
) -> EventDict:
    if method in ("warning", "error", "critical"):
        count(str(event["event"]), event.get("platform"))
    return event


def _dropped(level: int, _logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    if logging.getLevelNamesMapping()[method.upper()] < level:
        raise structlog.DropEvent
    return event


def _set_up_libraries() -> None:
    shared = (
        structlog.processors.add_log_level,
        structlog.processors.format_exc_info,
        scrubbed,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(processor=_renderer(), foreign_pre_chain=list(shared))
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)


def _renderer() -> structlog.processors.JSONRenderer:
    return structlog.processors.JSONRenderer(ensure_ascii=False)
