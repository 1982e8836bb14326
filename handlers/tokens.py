"""Buttons are signed, not stored: worthless in another person's hands, and old ones are recognised.

A token is `kind.id.choice.revision.signature`, at most 64 bytes; the signature is an HMAC-SHA256 over the
rest and the account the button was made for, cut to 72 bits.
"""

from __future__ import annotations

import base64
import hmac
from dataclasses import dataclass
from functools import lru_cache

from domain.ids import AccountId

SIGNATURE_BYTES = 9
MOST_BYTES = 64
LARGEST_NUMBER = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Token:
    """What a button stands for."""

    kind: str
    id: int
    choice: str
    revision: int


class TokenTooLong(ValueError):
    """A choice that does not fit the 64 bytes of a button: a flaw of ours."""


def sign(key: bytes, token: Token, account: AccountId) -> str:
    """Return the data of a button made for this account."""
    plain = f"{token.kind}.{token.id}.{token.choice}.{token.revision}"
    signed = f"{plain}.{_signature(key, plain, account)}"
    if len(signed.encode()) > MOST_BYTES:
        raise TokenTooLong(signed)
    return signed


def read(key: bytes, data: str, account: AccountId) -> Token | None:
    """Return what the button stands for, None where it was not made for this account by us."""
    plain, _, signature = data.rpartition(".")
    if not hmac.compare_digest(signature.encode(), _signature(key, plain, account).encode()):
        return None
    kind, number, choice, revision = plain.split(".")
    token = Token(kind, int(number), choice, int(revision))
    return token if max(abs(token.id), abs(token.revision)) <= LARGEST_NUMBER else None


def _signature(key: bytes, plain: str, account: AccountId) -> str:
    made = _begun(key).copy()
    made.update(f"{account}.{plain}".encode())
    return base64.urlsafe_b64encode(made.digest()[:SIGNATURE_BYTES]).decode()


@lru_cache(maxsize=1)
def _begun(key: bytes) -> hmac.HMAC:
    """What all signatures of one key begin with."""
    return hmac.new(key, digestmod="sha256")
