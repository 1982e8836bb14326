"""What is made at the first start: the key that signs buttons, and the code of the first administrator."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from domain.commands import Role
from domain.ids import Platform
from storage.roles import holders
from storage.settings import get, put, put_once

if TYPE_CHECKING:
    from sqlalchemy import Connection

KEY_BYTES = 32
CLAIM_BYTES = 12


@dataclass(frozen=True, slots=True)
class Installation:
    """What answering needs to know. `usernames` is filled as the platforms tell the bot's names."""

    key: bytes
    usernames: dict[Platform, str]
    claim_code: str | None


def prepare(conn: Connection) -> Installation:
    """Read what is kept and make what is missing.

    While there is no administrator each start makes a new claim code: a lost one locks nobody out.
    """
    key = bytes.fromhex(put_once(conn, "signing_key", secrets.token_hex(KEY_BYTES)))
    names = {platform: get(conn, username_setting(platform)) for platform in Platform}
    known = {platform: name for platform, name in names.items() if name}
    return Installation(key, known, None if holders(conn, Role.ADMINISTRATOR) else _new_claim(conn))


def username_setting(platform: Platform) -> str:
    """Name the setting in which a bot's name is kept."""
    return f"username:{platform}"


def claim_digest(code: str) -> str:
    """Return what is kept of a claim code."""
    return sha256(code.encode()).hexdigest()


def _new_claim(conn: Connection) -> str:
    code = secrets.token_urlsafe(CLAIM_BYTES)
    put(conn, "claim_hash", claim_digest(code))
    return code
