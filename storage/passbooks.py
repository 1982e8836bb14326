"""Reading the books: balances, a member's entries, a group's totals, all of it as text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, func, select

from domain.ids import CommandId, EntryId, GroupId, MembershipId, NoteId, PersonId
from domain.ledger import Account, Line
from domain.money import Rial
from storage.schema import balance, entry, membership, posting
from storage.types import Money

NOTHING = Rial(0)
ADVANCE_FOR_SAVING = "saving"


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


@dataclass(frozen=True, slots=True)
class PassbookLine:
    """What one entry did to a member's savings and advances."""

    entry_id: EntryId
    sequence: int
    kind: str
    value_on: date
    booked_on: date
    amount: Rial  # what she gained; a reversal is negative
    rounds: tuple[int, ...]
    reversed: bool


@dataclass(frozen=True, slots=True)
class GroupTotals:
    """A group's money, nobody's own."""

    cash: Rial
    bank: Rial
    in_transit: Rial
    savings: Rial
    advances: Rial


_BALANCE = select(balance.c.amount).where(
    balance.c.group_id == bindparam("group_id"),
    balance.c.account == bindparam("account"),
    balance.c.holder == bindparam("holder"),
    balance.c.purpose == bindparam("purpose"),
)
_OF_MEMBER = select(balance.c.amount).where(
    balance.c.group_id
    == select(membership.c.group_id).where(membership.c.id == bindparam("membership_id")).scalar_subquery(),
    balance.c.account == bindparam("account"),
    balance.c.holder == bindparam("membership_id"),
    balance.c.purpose == bindparam("purpose"),
)
_TOTALS = (
    select(balance.c.account, func.sum(balance.c.amount, type_=Money))
    .where(balance.c.group_id == bindparam("group_id"))
    .group_by(balance.c.account)
)
_BALANCES = (
    select(balance.c.account, balance.c.holder, balance.c.purpose, balance.c.amount)
    .where(balance.c.group_id == bindparam("group_id"))
    .order_by(balance.c.account, balance.c.holder, balance.c.purpose)
)
_ENTRY = select(entry).where(entry.c.id == bindparam("entry_id"))
_ENTRIES = select(entry).where(entry.c.group_id == bindparam("group_id")).order_by(entry.c.sequence)
_LINES = (
    select(posting.c.account, posting.c.amount, posting.c.holder, posting.c.purpose, posting.c.round_number)
    .where(posting.c.entry_id == bindparam("entry_id"))
    .order_by(posting.c.line)
)
_HERS = (Account.SAVINGS, Account.PAID_IN_ADVANCE)
_IS_HERS = (posting.c.holder == bindparam("membership_id")) & posting.c.account.in_([a.value for a in _HERS])
_REVERSAL = entry.alias("reversal")
_LAST_ENTRIES = (
    select(
        entry.c.id,
        entry.c.sequence,
        entry.c.kind,
        entry.c.value_on,
        entry.c.booked_on,
        _REVERSAL.c.id.is_not(None),
    )
    .outerjoin_from(entry, _REVERSAL, _REVERSAL.c.reverses == entry.c.id)
    .where(entry.c.id.in_(select(posting.c.entry_id).where(_IS_HERS)))
    .order_by(entry.c.id.desc())
    .limit(bindparam("most"))
)
_HER_LINES = (
    select(posting.c.entry_id, posting.c.amount, posting.c.round_number)
    .where(_IS_HERS, posting.c.entry_id.in_(bindparam("entries", expanding=True)))
    .order_by(posting.c.entry_id, posting.c.line)
)


def balance_of(
    conn: Connection, group_id: GroupId, account: Account, holder: int = 0, purpose: str = ""
) -> Rial:
    """Return a balance with the sign people expect: savings and cash are both positive."""
    key = {"group_id": group_id, "account": account.value, "holder": holder, "purpose": purpose}
    return account.natural(conn.execute(_BALANCE, key).scalar_one_or_none() or NOTHING)


def member_balance(conn: Connection, membership_id: MembershipId) -> Rial:
    """Return a member's savings."""
    return _of_member(conn, membership_id, Account.SAVINGS, "")


def member_advance(conn: Connection, membership_id: MembershipId) -> Rial:
    """Return what a member has paid in advance for savings."""
    return _of_member(conn, membership_id, Account.PAID_IN_ADVANCE, ADVANCE_FOR_SAVING)


def group_totals(conn: Connection, group_id: GroupId) -> GroupTotals:
    """Return a group's money by account."""
    sums: dict[int, Rial] = dict(conn.execute(_TOTALS, {"group_id": group_id}).all())

    def total(account: Account) -> Rial:
        return account.natural(sums.get(account.value, NOTHING))

    return GroupTotals(
        cash=total(Account.CASH),
        bank=total(Account.BANK),
        in_transit=total(Account.IN_TRANSIT),
        savings=total(Account.SAVINGS),
        advances=total(Account.PAID_IN_ADVANCE),
    )


def member_entries(conn: Connection, membership_id: MembershipId, limit: int) -> tuple[PassbookLine, ...]:
    """Return the last entries that touched a member's money, newest first."""
    rows = conn.execute(_LAST_ENTRIES, {"membership_id": membership_id, "most": limit}).all()
    found = {"membership_id": membership_id, "entries": [row.id for row in rows]}
    gained: dict[EntryId, Rial] = {}
    rounds: dict[EntryId, tuple[int, ...]] = {}
    for entry_id, amount, round_number in conn.execute(_HER_LINES, found):
        gained[entry_id] = gained.get(entry_id, NOTHING) - amount
        rounds[entry_id] = (*rounds.get(entry_id, ()), *(() if round_number is None else (round_number,)))
    return tuple(
        PassbookLine(row[0], row[1], row[2], row[3], row[4], gained[row[0]], rounds[row[0]], bool(row[5]))
        for row in rows
    )


def entry_of(conn: Connection, entry_id: EntryId) -> EntryRow:
    """Return an entry with its lines."""
    row = conn.execute(_ENTRY, {"entry_id": entry_id}).one()
    return EntryRow(**row._asdict(), lines=_lines(conn, entry_id))


def books_as_text(conn: Connection, group_id: GroupId) -> str:
    """Write every entry, then every balance, in Latin digits; debits are positive, credits negative."""
    return "\n".join([*_entry_texts(conn, group_id), "", "balances", *_balance_texts(conn, group_id)]) + "\n"


def _of_member(conn: Connection, membership_id: MembershipId, account: Account, purpose: str) -> Rial:
    key = {"account": account.value, "membership_id": membership_id, "purpose": purpose}
    return account.natural(conn.execute(_OF_MEMBER, key).scalar_one_or_none() or NOTHING)


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
