"""What the treasurer entered about the group's money is held against the books."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, text

from domain.ledger import Account, Booking
from domain.money import Rial
from domain.posting import MoveKind, money_moved
from storage.books import balance_of, book
from storage.counts import add_count
from storage.entries import lock_head
from storage.moves import add_move, update_move
from storage.units import Database
from storage.verify import verify
from tests.storage.founding import START, TODAY, Founded, decide, found, save

AMOUNT = Rial.from_toman(100_000)


def banked(conn: Connection, here: Founded) -> None:
    """The treasurer banks some cash and the facilitator confirms it."""
    lines = money_moved(MoveKind.BANKED, None, AMOUNT)
    (booked,) = book(
        conn,
        here.group,
        decide(conn, here),
        [Booking("banked", TODAY, lines)],
        booked_at=START,
        booked_on=TODAY,
        entered_by=here.treasurer,
        confirmed_by=here.facilitator,
    )
    entered = {"entered_by": here.treasurer, "entered_at": START, "amount": AMOUNT}
    made = add_move(conn, group_id=here.group, kind=MoveKind.BANKED, **entered)
    decided = {"decided_by": here.facilitator, "decided_at": START, "entry_id": booked.id}
    update_move(conn, made, state="confirmed", **decided)


def counted(conn: Connection, here: Founded) -> None:
    """The treasurer counts what is in the box, first too little by what then waits, then all of it."""
    head, there = lock_head(conn, here.group), balance_of(conn, here.group, Account.CASH)
    by = {"group_id": here.group, "counted_by": here.treasurer, "counted_at": START}
    at = {"by_books": there, "sequence": head.sequence, "head": head.hash}
    short = {"kind": MoveKind.CASH_SHORT, "amount": AMOUNT, "entered_by": here.treasurer}
    made = add_move(conn, group_id=here.group, entered_at=START, **short)
    add_count(conn, counted=there - AMOUNT, move_id=made.id, **by, **at)
    update_move(conn, made, state="withdrawn")
    add_count(conn, counted=there, **by, **at)


def a_group_that_banked(conn: Connection) -> None:
    """Entry 1 is a saving; entry 2 brings some of it to the bank; then it is counted, and something waits."""
    here = found(conn)
    save(conn, here)
    banked(conn, here)
    counted(conn, here)
    waits = {"kind": MoveKind.BANK_PROFIT, "amount": AMOUNT, "entered_by": here.treasurer}
    add_move(conn, group_id=here.group, entered_at=START, **waits)


def flaws(conn: Connection) -> list[str]:
    return [str(flaw) for flaw in verify(conn)]


async def test_honest_moves_have_no_flaw(database: Database) -> None:
    await database.write(a_group_that_banked)
    assert await database.read(flaws) == []


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE cash_move SET amount = 1 WHERE id = 1", "entry 2: move 1 is not what its entry says"),
        ("UPDATE cash_move SET kind = 'drawn' WHERE id = 1", "move 1 is not what its entry says"),
        ("UPDATE cash_move SET kind = 'running_cost' WHERE id = 1", "move 1 is not what its entry says"),
        ("UPDATE cash_move SET entry_id = NULL WHERE id = 1", "move 1 is confirmed and has no entry"),
        ("UPDATE cash_move SET entry_id = 1 WHERE id = 1", "entry 2: no move of money led to this entry"),
        ("UPDATE cash_move SET state = 'waiting' WHERE id = 1", "move 1 is not confirmed and has an entry"),
        ("UPDATE cash_move SET state = 'confirmed' WHERE id = 3", "move 3 is confirmed and has no entry"),
        ("UPDATE cash_count SET counted = counted + 1 WHERE id = 2", "count 2 has another difference"),
        ("UPDATE cash_count SET counted = by_books WHERE id = 1", "count 1 has another difference"),
        ("UPDATE cash_count SET counted = counted + 10, by_books = by_books + 10", "another sum of cash"),
        ("UPDATE cash_count SET sequence = 1 WHERE id = 2", "count 2 names another head"),
        ("DELETE FROM cash_move WHERE id = 1", "entry 2: no move of money led to this entry"),
    ],
)
async def test_what_was_tampered_with_is_found(database: Database, statement: str, sentence: str) -> None:
    await database.write(a_group_that_banked)
    await database.write(lambda conn: conn.execute(text(statement)))
    assert [flaw for flaw in await database.read(flaws) if sentence in flaw]


async def test_a_move_of_another_group_is_found(database: Database) -> None:
    def unit(conn: Connection) -> None:
        a_group_that_banked(conn)
        other = found(conn)
        conn.execute(text("UPDATE cash_move SET group_id = :other WHERE id = 1"), {"other": other.group})

    await database.write(unit)
    assert "group 2, sequence 2, entry 2: move 1 is of another group" in await database.read(flaws)
