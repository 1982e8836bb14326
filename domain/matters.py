"""What is carried out when a proposal is accepted, where that is more than words: ids, amounts, rules."""

from __future__ import annotations

import hashlib

from domain import bylaws
from domain.bylaws import Bylaws
from domain.codec import Codec

Matter = Bylaws
CODEC = Codec(bylaws.TYPES | {"Bylaws": Bylaws})


def write(matter: Matter) -> str:
    """Return the matter as it is stored with its proposal."""
    return CODEC.dumps(matter)


def read(stored: str) -> Matter:
    """Read `write` back; ValueError for anything else."""
    match CODEC.loads(stored):
        case Bylaws() as matter:
            return matter
        case _:
            raise ValueError("that is no matter of a proposal")


def print_of(stored: str | None) -> bytes | None:
    """Return what a resolution keeps of its matter: SHA-256 of it as stored."""
    return None if stored is None else hashlib.sha256(stored.encode()).digest()
