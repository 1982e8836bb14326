"""Reading the books: balances, single entries, a group's totals, all of it as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, select

from domain.ids import CommandId, EntryId, GroupId, MembershipId, NoteId, PersonId
from domain.ledger import Account, Booking, Line, NoteRef
from domain.money import Rial
from domain.posting import LOAN, SAVING, reversed_lines
from storage.prepared import Prepared, alone
from storage.schema import balance, entry, membership, posting
from storage.types import Money

NOTHING = Rial(0)
HERS = (Account.SAVINGS, Account.PAID_IN_ADVANCE)  # the accounts of her passbook


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry with its lines, as booked."""

    id: EntryId
    group_id: GroupId
    sequence: int
    command_id: CommandId
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
    note_id: NoteId | None
    note_hash: bytes | None
    version: int
    previous: bytes
    hash: bytes
    lines: tuple[Line, ...]

    def gained_by(self, membership: MembershipId) -> Rial:
        """Return what it did to a member's savings and advances; a reversal is negative."""
        hers = (line.amount for line in self.lines if line.holder == membership and line.account in HERS)
        return -sum(hers, NOTHING)

    def opposite(self, note: NoteRef | None) -> Booking:
        """What takes it back, by the same value date."""
        return Booking("reversal", self.value_on, reversed_lines(self.lines), note=note, reverses=self.id)


class Placed(NamedTuple):
    """Which entry of its group it is, and when it was booked."""

    id: EntryId
    sequence: int
    booked_on: date


@dataclass(frozen=True, slots=True)
class GroupTotals:
    """A group's money, nobody's own."""

    cash: Rial
    bank: Rial
    in_transit: Rial
    savings: Rial
    advances: Rial
    costs: Rial  # of meetings, paper and bank
    lent: Rial
    reserve: Rial
    retained: Rial  # of closed years, not shared

    @property
    def short(self) -> Rial:
        """How much more the closed years have lost than brought."""
        return max(-self.retained, NOTHING)


_AMOUNT = select(balance.c.amount).where(
    balance.c.account == bindparam("account"),
    balance.c.holder == bindparam("holder"),
    balance.c.purpose == bindparam("purpose"),
)
_BALANCE: Prepared[Rial] = Prepared(_AMOUNT.where(balance.c.group_id == bindparam("group_id")), alone)
_GROUP_OF_MEMBER = select(membership.c.group_id).where(membership.c.id == bindparam("holder"))
_OF_MEMBER: Prepared[Rial] = Prepared(
    _AMOUNT.where(balance.c.group_id == _GROUP_OF_MEMBER.scalar_subquery()), alone
)
_TOTALS = Prepared(
    select(balance.c.account, func.sum(balance.c.amount, type_=Money))
    .where(balance.c.group_id == bindparam("group_id"))
    .group_by(balance.c.account),
    lambda account, amount: (account, amount),
)
_BALANCES = (
    select(balance.c.account, balance.c.holder, balance.c.purpose, balance.c.amount)
    .where(balance.c.group_id == bindparam("group_id"))
    .order_by(balance.c.account, balance.c.holder, balance.c.purpose)
)
_ENTRY = select(entry).where(entry.c.id == bindparam("entry_id"))
_PLACED = select(entry.c.id, entry.c.sequence, entry.c.booked_on).where(
    entry.c.id.in_(bindparam("entries", expanding=True))
)
_ENTRIES = select(entry).where(entry.c.group_id == bindparam("group_id")).order_by(entry.c.sequence)
_NUMBERED = Prepared(
    select(entry.c.id).where(
        entry.c.group_id == bindparam("group_id"), entry.c.sequence == bindparam("sequence")
    ),
    EntryId,
)
_LINES = (
    select(posting.c.account, posting.c.amount, posting.c.holder, posting.c.purpose, posting.c.round_number)
    .where(posting.c.entry_id == bindparam("entry_id"))
    .order_by(posting.c.line)
)


def balance_of(
    conn: Connection, group_id: GroupId, account: Account, holder: int = 0, purpose: str = ""
) -> Rial:
    """Return a balance with the sign people expect: savings and cash are both positive."""
    found = _BALANCE.first(conn, group_id=group_id, account=account.value, holder=holder, purpose=purpose)
    return account.natural(found or NOTHING)


def member_balance(conn: Connection, membership_id: MembershipId) -> Rial:
    """Return a member's savings."""
    return _of_member(conn, membership_id, Account.SAVINGS, "")


def member_advance(conn: Connection, membership_id: MembershipId) -> Rial:
    """Return what a member has paid in advance for savings."""
    return _of_member(conn, membership_id, Account.PAID_IN_ADVANCE, SAVING)


def loan_advance(conn: Connection, membership_id: MembershipId) -> Rial:
    """Return what a member has paid beyond what her loans cost."""
    return _of_member(conn, membership_id, Account.PAID_IN_ADVANCE, LOAN)


def group_totals(conn: Connection, group_id: GroupId) -> GroupTotals:
    """Return a group's money by account."""
    sums: dict[int, Rial] = dict(_TOTALS.all(conn, group_id=group_id))

    def total(account: Account) -> Rial:
        return account.natural(sums.get(account.value, NOTHING))

    return GroupTotals(
        cash=total(Account.CASH),
        bank=total(Account.BANK),
        in_transit=total(Account.IN_TRANSIT),
        savings=total(Account.SAVINGS),
        advances=total(Account.PAID_IN_ADVANCE),
        costs=total(Account.RUNNING_COSTS) + total(Account.BANK_CHARGES),
        lent=total(Account.INTERNAL_LOANS),
        reserve=total(Account.RESERVE),
        retained=total(Account.RETAINED_SURPLUS),
    )


def entry_of(conn: Connection, entry_id: EntryId) -> EntryRow:
    """Return an entry with its lines."""
    row = conn.execute(_ENTRY, {"entry_id": entry_id}).one()
    return EntryRow(**row._asdict(), lines=_lines(conn, entry_id))


def entry_numbered(conn: Connection, group_id: GroupId, sequence: int) -> EntryRow:
    """Return the entry of that number in a group's books, which is known to be there."""
    return entry_of(conn, _NUMBERED.one(conn, group_id=group_id, sequence=sequence))


def places_of(conn: Connection, entries: Sequence[EntryId]) -> tuple[Placed, ...]:
    """Return the numbers and days of these entries."""
    return tuple(Placed(*row) for row in conn.execute(_PLACED, {"entries": list(entries)}))


def books_as_text(conn: Connection, group_id: GroupId) -> str:
    """Write every entry, then every balance, in Latin digits; debits are positive, credits negative."""
    return "\n".join([*_entry_texts(conn, group_id), "", "balances", *_balance_texts(conn, group_id)]) + "\n"


def _of_member(conn: Connection, membership_id: MembershipId, account: Account, purpose: str) -> Rial:
    found = _OF_MEMBER.first(conn, account=account.value, holder=membership_id, purpose=purpose)
    return account.natural(found or NOTHING)


def _lines(conn: Connection, entry_id: EntryId) -> tuple[Line, ...]:
    rows = conn.execute(_LINES, {"entry_id": entry_id})
    return tuple(Line(Account(account), *rest) for account, *rest in rows)


def _entry_texts(conn: Connection, group_id: GroupId) -> Iterator[str]:
    sequences: dict[EntryId, int] = {}
    for row in conn.execute(_ENTRIES, {"group_id": group_id}).all():
        sequences[row.id] = row.sequence
        reverses = f" reverses {sequences[row.reverses]}" if row.reverses is not None else ""
        yield f"{row.sequence} {row.booked_on} value {row.value_on} {row.kind}{reverses}"
        for line in _lines(conn, row.id):
            of_round = f" round {line.round_number}" if line.round_number is not None else ""
            yield f"  {_place(line.account, line.holder, line.purpose)}{of_round} {line.amount.rials:+,}"


def _balance_texts(conn: Connection, group_id: GroupId) -> Iterator[str]:
    for account, holder, purpose, amount in conn.execute(_BALANCES, {"group_id": group_id}):
        yield f"  {_place(account, holder, purpose)} {amount.rials:+,}"


def _place(account: int, holder: int, purpose: str) -> str:
    return "/".join([str(int(account)), *([str(holder)] if holder else []), *([purpose] if purpose else [])])
