from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from domain.ids import CommandId, EntryId, GroupId, PersonId
from domain.ledger import (
    GENESIS,
    VERSION,
    Account,
    Booking,
    Cells,
    HeldBy,
    Kind,
    Line,
    NotAnEntry,
    Sealed,
    canonical_bytes,
    entry_hash,
)
from domain.money import Rial

DAY = date(2026, 4, 4)
CASH = Line(Account.CASH, Rial(10))
SAVED = Line(Account.SAVINGS, Rial(-10), 7, round_number=3)
HASH = "9f1bdee5aec3c1cf6fe27676a75d418c45ab803a850f10c5791c66f370f309a5"
ENTRY = Sealed(
    group=GroupId(1),
    sequence=2,
    command=CommandId(3),
    number=1,
    kind="saving",
    currency="IRR",
    booked_on=DAY,
    booked_at=datetime(2026, 4, 4, 8, 30, tzinfo=UTC),
    value_on=date(2026, 4, 1),
    entered_by=PersonId(4),
    confirmed_by=PersonId(5),
    meeting=None,
    reverses=None,
    note_hash=None,
    lines=(CASH.cells, SAVED.cells),
)


@pytest.mark.parametrize(
    ("account", "kind", "held_by"),
    [
        (Account.CASH, Kind.ASSET, HeldBy.NOBODY),
        (Account.IN_TRANSIT, Kind.ASSET, HeldBy.PERSON),
        (Account.INTERNAL_LOANS, Kind.ASSET, HeldBy.LOAN),
        (Account.LOAN_LOSS_ALLOWANCE, Kind.CONTRA_ASSET, HeldBy.NOBODY),
        (Account.SAVINGS, Kind.LIABILITY, HeldBy.MEMBERSHIP),
        (Account.REPAYABLE_AID, Kind.LIABILITY, HeldBy.GIVER),
        (Account.RESERVE, Kind.EQUITY, HeldBy.NOBODY),
        (Account.FINES, Kind.INCOME, HeldBy.NOBODY),
        (Account.LOAN_LOSSES, Kind.EXPENSE, HeldBy.NOBODY),
    ],
)
def test_accounts_have_a_kind_and_holders(account: Account, kind: Kind, held_by: HeldBy) -> None:
    assert (account.kind, account.held_by) == (kind, held_by)


@pytest.mark.parametrize("account", list(Account))
def test_balances_read_with_the_sign_people_expect(account: Account) -> None:
    grown = Rial(5) if account.kind in (Kind.ASSET, Kind.EXPENSE) else Rial(-5)
    assert account.natural(grown) == Rial(5)


@pytest.mark.parametrize(
    ("account", "holder", "purpose", "round_number"),
    [
        (Account.CASH, 7, "", None),
        (Account.SAVINGS, 0, "", None),
        (Account.SAVINGS, 7, "saving", None),
        (Account.PAID_IN_ADVANCE, 7, "", None),
        (Account.PAID_IN_ADVANCE, 7, "saving", 3),
        (Account.CASH, 0, "", 3),
    ],
)
def test_a_line_names_its_sub_account_rightly(
    account: Account, holder: int, purpose: str, round_number: int | None
) -> None:
    with pytest.raises(NotAnEntry):
        Line(account, Rial(1), holder, purpose, round_number)


def test_a_line_of_nothing_is_none() -> None:
    with pytest.raises(NotAnEntry):
        Line(Account.CASH, Rial(0))


@pytest.mark.parametrize(
    ("kind", "lines"),
    [("saving", ()), ("", (CASH, SAVED)), ("saving", (CASH,)), ("saving", (CASH, CASH, SAVED))],
)
def test_what_does_not_balance_is_no_booking(kind: str, lines: tuple[Line, ...]) -> None:
    with pytest.raises(NotAnEntry):
        Booking(kind, DAY, lines)


def test_the_canonical_form_is_frozen() -> None:
    """Should this ever differ, every hash in every group's books would: that is a new version."""
    expected = (
        '[1,1,2,3,1,"saving","IRR","2026-04-04",1775291400000000,"2026-04-01",4,5,null,null,null,'
        '[[101,0,"",null,10],[201,7,"",3,-10]],"' + "00" * 32 + '"]'
    )
    assert canonical_bytes(ENTRY, GENESIS).decode() == expected
    assert entry_hash(VERSION, ENTRY, GENESIS).hex() == HASH


def test_a_moment_is_the_same_in_every_zone() -> None:
    tehran = timezone(timedelta(hours=3, minutes=30))
    moved = replace(ENTRY, booked_at=ENTRY.booked_at.astimezone(tehran))
    assert canonical_bytes(moved, GENESIS) == canonical_bytes(ENTRY, GENESIS)


ALTERED = [
    replace(ENTRY, group=GroupId(2)),
    replace(ENTRY, sequence=3),
    replace(ENTRY, command=CommandId(4)),
    replace(ENTRY, number=2),
    replace(ENTRY, kind='saving","IRR'),
    replace(ENTRY, currency="USD"),
    replace(ENTRY, booked_on=date(2026, 4, 5)),
    replace(ENTRY, booked_at=ENTRY.booked_at + timedelta(microseconds=1)),
    replace(ENTRY, value_on=date(2026, 4, 2)),
    replace(ENTRY, entered_by=None),
    replace(ENTRY, confirmed_by=PersonId(4)),
    replace(ENTRY, meeting=1),
    replace(ENTRY, reverses=EntryId(1)),
    replace(ENTRY, note_hash=b"x"),
    replace(ENTRY, lines=(SAVED.cells, CASH.cells)),
    replace(ENTRY, lines=(CASH.cells, Cells(201, 8, "", 3, -10))),
    replace(ENTRY, lines=(CASH.cells, Cells(201, 7, "", None, -10))),
    replace(ENTRY, lines=(CASH.cells, Cells(201, 7, "", 3, -11))),
]


@pytest.mark.parametrize("altered", ALTERED)
def test_whatever_is_altered_alters_the_hash(altered: Sealed) -> None:
    assert entry_hash(VERSION, altered, GENESIS) != entry_hash(VERSION, ENTRY, GENESIS)


def test_the_hash_before_is_part_of_the_hash() -> None:
    assert entry_hash(VERSION, ENTRY, b"\x01" * 32) != entry_hash(VERSION, ENTRY, GENESIS)


def test_an_unknown_version_is_not_guessed() -> None:
    with pytest.raises(ValueError, match="canonical form 2"):
        entry_hash(2, ENTRY, GENESIS)
