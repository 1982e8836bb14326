"""The key of secret ballots: made once, kept outside the database, and the same for all workers of one."""

from __future__ import annotations

import fcntl
import hmac
import os
import secrets
from typing import TYPE_CHECKING

import structlog

from bot.settings import Misconfigured, Settings, env_file, read_settings
from storage import ballot_box
from storage.settings import get, put

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

KEY_BYTES = 32
KNOWN_BY = "ballot_key_print"
MISSING = "BOT_BALLOT_KEY: is missing, and secret ballots lie in the box; put the key back that sealed them"
OTHER = "BOT_BALLOT_KEY: secret ballots in the box were sealed with another key; put that one back"


def with_ballot_key(settings: Settings) -> Settings:
    """Return the settings with a key, written into the file of settings where there was none.

    Where that file is none or cannot be written, there is no key, and nobody can call a secret vote.
    """
    file = env_file()
    if settings.ballot_key is not None or file is None:
        return settings
    try:
        return _made(file)
    except OSError as error:
        structlog.get_logger().warning("no_ballot_key", reason=error.strerror)
        return settings


def _made(file: Path) -> Settings:
    """Add a key at the end of the file, unless another process has just done so."""
    readable_by_owner = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(readable_by_owner, "r+", encoding="utf-8") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        settings = read_settings()
        if settings.ballot_key is None:
            there = opened.read()
            begun = "\n" if there and not there.endswith("\n") else ""
            opened.write(f"{begun}BOT_BALLOT_KEY={secrets.token_hex(KEY_BYTES)}\n")
            opened.flush()
            settings = read_settings()
    return settings


def know_key(conn: Connection, key: bytes | None) -> None:
    """Remember the key by its print. Raises Misconfigured where ballots in the box need another one."""
    printed = "" if key is None else hmac.digest(key, b"which key is it", "sha256").hex()
    if printed != get(conn, KNOWN_BY) and ballot_box.holds_ballots(conn):
        raise Misconfigured((MISSING if key is None else OTHER,))
    put(conn, KNOWN_BY, printed)
