"""The program's own logging during a test; afterwards it is pytest's again."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog

from bot.logs import set_up_logs


@contextmanager
def logging_at(level: str, count: Callable[[str, str | None], None]) -> Iterator[None]:
    """Log to standard error as the program does; pytest's handlers stay where they are."""
    root = logging.getLogger()
    others, root.handlers, before = root.handlers, [], root.level
    set_up_logs(level, count)
    (ours,) = root.handlers
    root.handlers = [*others, ours]
    try:
        yield
    finally:
        root.removeHandler(ours)
        root.setLevel(before)
        structlog.reset_defaults()
