"""Double entry in a group's books: accounts, bookings that balance, the hash that chains what was booked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum, IntEnum, auto
from typing import NamedTuple

from domain.ids import CommandId, EntryId, GroupId, NoteId, PersonId
from domain.money import Rial

GENESIS = bytes(32)  # what the first entry of a group follows
VERSION = 1  # of the canonical form below; entries keep theirs
ENCODER = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"))


class Kind(Enum):
    """What an account is; assets and expenses grow by debits, all others by credits."""

    ASSET = auto()
    CONTRA_ASSET = auto()
    LIABILITY = auto()
    EQUITY = auto()
    INCOME = auto()
    EXPENSE = auto()


class HeldBy(Enum):
    """Whose sub-accounts an account has."""

    NOBODY = auto()
    PERSON = auto()
    MEMBERSHIP = auto()
    LOAN = auto()
    GIVER = auto()


class Account(IntEnum):
    """The chart of accounts."""

    CASH = 101
    BANK = 102
    IN_TRANSIT = 103  # collected, not yet handed over
    INTERNAL_LOANS = 111
    ON_LENT_BANK_MONEY = 112
    LOAN_LOSS_ALLOWANCE = 119
    SAVINGS = 201
    BANK_LOANS = 202
    SURPLUS_PAYABLE = 203
    PAYABLE_TO_LEAVERS = 204
    PAID_IN_ADVANCE = 205
    REPAYABLE_AID = 206
    CAPITAL_AID = 301
    RESERVE = 302
    RETAINED_SURPLUS = 303
    LOAN_INCOME = 401
    ON_LENDING_INCOME = 402
    FINES = 403
    BANK_PROFIT = 404
    OTHER_INCOME = 405
    RECOVERIES = 406
    BANK_LOAN_FEES = 501
    BANK_CHARGES = 502
    RUNNING_COSTS = 503
    LOAN_LOSSES = 504

    @property
    def kind(self) -> Kind:
        return Kind.CONTRA_ASSET if self is Account.LOAN_LOSS_ALLOWANCE else _KINDS[self // 100]

    @property
    def held_by(self) -> HeldBy:
        return _HOLDERS.get(self, HeldBy.NOBODY)

    @property
    def grows_by_debit(self) -> bool:
        return self.kind in (Kind.ASSET, Kind.EXPENSE)

    def natural(self, debit: Rial) -> Rial:
        """A debit-positive sum with the sign people expect: savings and income are positive."""
        return debit if self.grows_by_debit else -debit


_KINDS: Mapping[int, Kind] = {
    1: Kind.ASSET,
    2: Kind.LIABILITY,
    3: Kind.EQUITY,
    4: Kind.INCOME,
    5: Kind.EXPENSE,
}
_HOLDERS: Mapping[Account, HeldBy] = {
    Account.IN_TRANSIT: HeldBy.PERSON,
    Account.INTERNAL_LOANS: HeldBy.LOAN,
    Account.ON_LENT_BANK_MONEY: HeldBy.LOAN,
    Account.SAVINGS: HeldBy.MEMBERSHIP,
    Account.BANK_LOANS: HeldBy.LOAN,
    Account.SURPLUS_PAYABLE: HeldBy.MEMBERSHIP,
    Account.PAYABLE_TO_LEAVERS: HeldBy.MEMBERSHIP,
    Account.PAID_IN_ADVANCE: HeldBy.MEMBERSHIP,
    Account.REPAYABLE_AID: HeldBy.GIVER,
    Account.CAPITAL_AID: HeldBy.GIVER,
}
# What can be counted and therefore never be less than nothing.
COUNTABLE = (Account.CASH, Account.BANK, Account.IN_TRANSIT)


class NotAnEntry(ValueError):
    """A booking that does not balance, is empty, or names sub-accounts wrongly: a mistake of the program."""


class Cells(NamedTuple):
    """A posting as it stands in its row, whether or not it makes sense."""

    account: int
    holder: int
    purpose: str
    round_number: int | None
    rials: int


@dataclass(frozen=True, slots=True)
class Line:
    """A posting: debits are positive, credits negative."""

    account: Account
    amount: Rial
    holder: int = 0  # membership, loan, giver or person, as the account wants; 0 for none
    purpose: str = ""  # parts one holder's sub-account of 205: "saving" or "loan"
    round_number: int | None = None

    def __post_init__(self) -> None:
        if not self.amount:
            raise NotAnEntry(f"a line of nothing on {self.account.value}")
        if bool(self.holder) != (self.account.held_by is not HeldBy.NOBODY):
            raise NotAnEntry(f"holder {self.holder} on account {self.account.value}")
        if bool(self.purpose) != (self.account is Account.PAID_IN_ADVANCE):
            raise NotAnEntry(f"purpose {self.purpose!r} on account {self.account.value}")
        if self.round_number is not None and self.account is not Account.SAVINGS:
            raise NotAnEntry(f"a saving round on account {self.account.value}")

    @property
    def cells(self) -> Cells:
        return Cells(self.account.value, self.holder, self.purpose, self.round_number, self.amount.rials)


class NoteRef(NamedTuple):
    """A note kept outside the books, and the print of it that goes into them."""

    id: NoteId
    hash: bytes


@dataclass(frozen=True, slots=True)
class Booking:
    """One entry to be made; NotAnEntry unless its lines balance."""

    kind: str
    value_on: date
    lines: tuple[Line, ...]
    note: NoteRef | None = None
    reverses: EntryId | None = None

    def __post_init__(self) -> None:
        if not self.kind or not self.lines:
            raise NotAnEntry("an entry needs a kind and lines")
        if difference := sum(line.amount.rials for line in self.lines):
            raise NotAnEntry(f"debits exceed credits by {difference}")


@dataclass(frozen=True, slots=True)
class Sealed:
    """All that the hash of an entry covers, beside the hash before it; ids and amounts only."""

    group: GroupId
    sequence: int
    command: CommandId
    number: int
    kind: str
    currency: str
    booked_on: date
    booked_at: datetime
    value_on: date
    entered_by: PersonId | None
    confirmed_by: PersonId | None
    meeting: int | None
    reverses: EntryId | None
    note_hash: bytes | None
    lines: tuple[Cells, ...]


def entry_hash(version: int, entry: Sealed, previous: bytes) -> bytes:
    """SHA-256 over the canonical bytes; ValueError for a version this program does not know."""
    if version != VERSION:
        raise ValueError(f"canonical form {version} is not known here")
    return hashlib.sha256(canonical_bytes(entry, previous)).digest()


def canonical_bytes(entry: Sealed, previous: bytes) -> bytes:
    """Version 1: one JSON array in ASCII without blanks, each field in its place, so it reads one way.

    Days are ISO texts, the moment is whole microseconds since 1970 in UTC, hashes are hexadecimal, what is
    missing is null; each line is an array [account, holder, purpose, round, rials], in their order.
    """
    fields = [
        VERSION,
        entry.group,
        entry.sequence,
        entry.command,
        entry.number,
        entry.kind,
        entry.currency,
        entry.booked_on.isoformat(),
        (entry.booked_at - _EPOCH) // timedelta(microseconds=1),
        entry.value_on.isoformat(),
        entry.entered_by,
        entry.confirmed_by,
        entry.meeting,
        entry.reverses,
        None if entry.note_hash is None else entry.note_hash.hex(),
        entry.lines,
        previous.hex(),
    ]
    return json.dumps(fields, ensure_ascii=True, separators=(",", ":")).encode("ascii")


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
