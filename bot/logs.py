"""Logs: one JSON object a line, without tokens, phones, names or amounts."""

from __future__ import annotations

import logging
import sys

import structlog

LOUD = ("aiohttp", "apscheduler", "httpx", "httpcore", "telegram", "uvicorn")  # some print whole addresses


def set_up_logs(level: str) -> None:
    """Send everything to standard error; libraries speak only when something is wrong."""
    shared = (
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    )
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer(ensure_ascii=False)],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    handler = logging.StreamHandler(sys.stderr)
    renderer = structlog.processors.JSONRenderer(ensure_ascii=False)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processor=renderer, foreign_pre_chain=[*shared]))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
