"""What is carried out when a proposal is accepted, where that is more than words: ids, amounts, rules."""

from __future__ import annotations

import hashlib
from typing import TypeVar, get_args

from domain import bank_loans, bylaws, elections, meetings
from domain.bank_loans import BankSharing
from domain.bylaws import GroupRules
from domain.codec import Codec
from domain.elections import Contest, Election
from domain.lending import LoanAsked, LoanFirst
from domain.meetings import Meetings
from domain.moves import LateFinesWaived
from domain.parting import Expulsion
from domain.repaying import FineWaived, LoanLost, LoanRescheduled
from domain.surplus import Sharing

Matter = (
    GroupRules
    | LoanAsked
    | LoanFirst
    | LoanLost
    | LoanRescheduled
    | FineWaived
    | LateFinesWaived
    | Election
    | Contest
    | Sharing
    | BankSharing
    | Meetings
    | Expulsion
)
NESTED = bylaws.TYPES | elections.TYPES | bank_loans.TYPES | meetings.TYPES
TYPES = NESTED | {kind.__name__: kind for kind in get_args(Matter)}
CODEC = Codec(TYPES)
T = TypeVar("T")


def write(matter: Matter) -> str:
    """Return the matter as it is stored with its proposal."""
    return CODEC.dumps(matter)


def read(stored: str) -> Matter:
    """Read `write` back; ValueError for anything else."""
    matter = CODEC.loads(stored)
    if not isinstance(matter, Matter):
        raise ValueError("that is no matter of a proposal")  # noqa: TRY004 — as every other text that cannot be read
    return matter


def carried(stored: str | None, kind: type[T]) -> T:
    """Return what a proposal carries, which must be of this kind; TypeError where it is not."""
    matter = None if stored is None else read(stored)
    if not isinstance(matter, kind):
        raise TypeError(f"that proposal carries no {kind.__name__}")
    return matter


def rules_of(stored: str) -> GroupRules:
    """Return the rules that a proposal carries; TypeError where it carries anything else."""
    matter = read(stored)
    if not isinstance(matter, GroupRules):
        raise TypeError("that proposal carries no rules")
    return matter


def print_of(stored: str | None) -> bytes | None:
    """Return what a resolution keeps of its matter: SHA-256 of it as stored."""
    return None if stored is None else hashlib.sha256(stored.encode()).digest()
