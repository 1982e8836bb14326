"""What is carried out when a proposal is accepted, where that is more than words: ids, amounts, rules."""

from __future__ import annotations

import hashlib
from typing import get_args

from domain import bylaws
from domain.bylaws import GroupRules
from domain.codec import Codec
from domain.lending import LoanAsked

Matter = GroupRules | LoanAsked
TYPES = bylaws.TYPES | {kind.__name__: kind for kind in get_args(Matter)}
CODEC = Codec(TYPES)


def write(matter: Matter) -> str:
    """Return the matter as it is stored with its proposal."""
    return CODEC.dumps(matter)


def read(stored: str) -> Matter:
    """Read `write` back; ValueError for anything else."""
    matter = CODEC.loads(stored)
    if not isinstance(matter, Matter):
        raise ValueError("that is no matter of a proposal")  # noqa: TRY004 — as every other text that cannot be read
    return matter


def print_of(stored: str | None) -> bytes | None:
    """Return what a resolution keeps of its matter: SHA-256 of it as stored."""
    return None if stored is None else hashlib.sha256(stored.encode()).digest()
