from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Connection, insert, text, update

from domain.ids import EntryId
from domain.ledger import Booking
from domain.posting import reversed_lines
from storage.books import book, entry_of
from storage.notes import add_note, erase_note
from storage.schema import deposit, reversal
from storage.units import Database
from storage.verify import verify
from tests.storage.founding import START, TODAY, Founded, decide, found, save

GUARDED = ("entry", "posting", "closed_month", "loan_change")
Unit = Callable[[Connection], None]


def flaws(conn: Connection) -> list[str]:
    return [str(flaw) for flaw in verify(conn)]


def reverse(conn: Connection, here: Founded, entry_id: EntryId) -> None:
    """As agreed by the treasurer, with a reason."""
    note = add_note(conn, "paid twice", bytes(range(16)))
    values = {"group_id": here.group, "entry_id": entry_id, "asked_by": here.facilitator, "asked_at": START}
    conn.execute(
        insert(reversal), {**values, "note_id": note.id, "state": "done", "decided_by": here.treasurer}
    )
    lines = reversed_lines(entry_of(conn, entry_id).lines)
    opposite = Booking("reversal", TODAY, lines, note=note, reverses=entry_id)
    at = START + timedelta(days=1)
    book(
        conn,
        here.group,
        decide(conn, here, at),
        [opposite],
        booked_at=at,
        booked_on=TODAY,
        entered_by=here.facilitator,
        confirmed_by=here.treasurer,
    )
    conn.execute(update(deposit).where(deposit.c.entry_id == entry_id).values(state="reversed"))


def a_group_that_saved(conn: Connection) -> None:
    """Entries 1 to 3: a saving, another that is too much for its round, and the reversal of the first."""
    here = found(conn)
    first = save(conn, here)
    save(conn, here, 700_000)
    reverse(conn, here, first)


def tampered(*statements: str) -> Unit:
    """Change the database behind the program's back: as one can who owns the file."""

    def unit(conn: Connection) -> None:
        for table in GUARDED:
            _guard(conn, table, "DISABLE")
        for statement in statements:
            conn.execute(text(statement))
        for table in GUARDED:
            _guard(conn, table, "ENABLE")

    return unit


def _guard(conn: Connection, table: str, able: str) -> None:
    if conn.dialect.name == "postgresql":
        conn.execute(text(f"ALTER TABLE {table} {able} TRIGGER USER"))
    elif able == "DISABLE":
        for change in ("update", "delete", "replace"):
            conn.execute(text(f"DROP TRIGGER {table}_refuses_{change}"))


async def test_honest_books_have_no_flaw(database: Database) -> None:
    await database.write(a_group_that_saved)
    assert await database.read(flaws) == []


async def test_empty_books_have_no_flaw(database: Database) -> None:
    await database.write(found)
    assert await database.read(flaws) == []


async def test_an_erased_note_is_no_flaw(database: Database) -> None:
    def unit(conn: Connection) -> None:
        a_group_that_saved(conn)
        note_id = entry_of(conn, EntryId(3)).note_id
        assert note_id is not None
        erase_note(conn, note_id)

    await database.write(unit)
    assert await database.read(flaws) == []


async def test_an_altered_posting_is_named_with_what_was_booked(database: Database) -> None:
    await database.write(a_group_that_saved)
    await database.write(tampered("UPDATE posting SET amount = -9000000 WHERE entry_id = 2 AND line = 2"))
    assert (await database.read(flaws))[0] == (
        "group 1, sequence 2, entry 2: the chain breaks: it does not agree with its own hash; "
        "posting 2 reads 201/1 round 2 -9000000 rials and was booked as 201/1 round 2 -5000000 rials"
    )


async def test_only_the_first_broken_link_is_named(database: Database) -> None:
    await database.write(a_group_that_saved)
    await database.write(
        tampered("UPDATE posting SET amount = amount + 1", "UPDATE entry SET value_on = '2020-01-01'")
    )
    assert len([flaw for flaw in await database.read(flaws) if "chain breaks" in flaw]) == 1


OTHER = "holder = 2"
TAMPERINGS = [
    (f"UPDATE posting SET {OTHER} WHERE entry_id = 1 AND line = 2", "balance of 201/2 is 0 rials"),
    ("UPDATE posting SET account = 102 WHERE entry_id = 1 AND line = 1", "was booked as 101 +5000000 rials"),
    ("UPDATE posting SET account = 999 WHERE entry_id = 1 AND line = 1", "is on account 999"),
    ("UPDATE posting SET holder = 0 WHERE entry_id = 1 AND line = 2", "has the holder 0"),
    ("UPDATE posting SET holder = 77 WHERE entry_id = 1 AND line = 2", "held by 77, no membership"),
    ("UPDATE posting SET round_number = 2 WHERE entry_id = 1 AND line = 2", "in round 1, the postings"),
    ("UPDATE posting SET amount = amount * 2 WHERE entry_id = 1", "several of its postings"),
    ("UPDATE posting SET amount = amount * 2 WHERE entry_id = 3", "not the exact opposite of entry 1"),
    ("DELETE FROM posting WHERE entry_id = 1 AND line = 1", "its postings are numbered [2]"),
    ("DELETE FROM posting WHERE entry_id = 2 AND line = 2", "sum to 5000000 rials instead of nothing"),
    ("UPDATE entry SET kind = 'gift' WHERE id = 1", "one of its fields was altered"),
    ("UPDATE entry SET value_on = '2020-01-01' WHERE id = 2", "sequence 2, entry 2: the chain breaks"),
    ("UPDATE entry SET previous = hash WHERE id = 2", "does not carry the hash of the entry before it"),
    ("UPDATE entry SET version = 2 WHERE id = 2", "canonical form 2 is not known"),
    ("UPDATE entry SET sequence = 7 WHERE id = 3", "sequence 3 was expected here"),
    ("UPDATE entry SET currency = 'USD' WHERE id = 1", "its currency is USD"),
    ("UPDATE entry SET confirmed_by = entered_by WHERE id = 1", "entered it and confirmed it"),
    ("UPDATE groups SET head_sequence = 2", "its head, at sequence 2"),
    ("UPDATE balance SET amount = amount + 1 WHERE account = 201", "its postings sum to"),
    ("DELETE FROM balance WHERE account = 101", "the balance of 101 is 0 rials"),
    ("UPDATE round_line SET paid = 1 WHERE membership_id = 2", "membership 2 has 1 rials in round"),
    ("UPDATE note SET text = 'other'", "its note is not the one"),
    ("UPDATE note SET hash = salt", "its note is not the one"),
    ("UPDATE deposit SET amount = 1 WHERE id = 1", "deposit 1 is of another amount"),
    ("UPDATE deposit SET state = 'confirmed' WHERE id = 1", "deposit 1 is confirmed, its entry reversed"),
    ("UPDATE deposit SET state = 'reversed' WHERE id = 2", "deposit 2 is reversed, its entry is not"),
    ("UPDATE deposit SET state = 'waiting' WHERE id = 2", "deposit 2 is not confirmed and has an entry"),
    ("UPDATE deposit SET entry_id = NULL WHERE id = 2", "deposit 2 is confirmed and has no entry"),
    ("UPDATE deposit SET membership_id = 2 WHERE id = 2", "of a member its entry does not name"),
    ("DELETE FROM deposit WHERE id = 2", "no deposit led to this saving"),
    ("UPDATE reversal SET decided_by = asked_by", "was asked and agreed by person 1"),
    ("UPDATE reversal SET entry_id = 2", "reversal 1 was agreed and is not booked"),
]


@pytest.mark.parametrize(("statement", "sentence"), TAMPERINGS)
async def test_what_was_tampered_with_is_found(database: Database, statement: str, sentence: str) -> None:
    await database.write(a_group_that_saved)
    await database.write(tampered(statement))
    assert [flaw for flaw in await database.read(flaws) if sentence in flaw]


async def test_cash_below_nothing_is_found_where_it_fell(database: Database) -> None:
    """Once behind the first command; the second brings it above again."""
    await database.write(a_group_that_saved)
    await database.write(tampered("UPDATE posting SET amount = -amount WHERE entry_id = 1"))
    assert "group 1, sequence 1: account 101 is at -5000000 rials after command 1" in await database.read(
        flaws
    )


async def test_a_party_who_confirmed_is_found(database: Database) -> None:
    await database.write(a_group_that_saved)
    await database.write(
        tampered("UPDATE entry SET confirmed_by = 3, entered_by = 4", "UPDATE deposit SET reported_by = 4")
    )
    assert [flaw for flaw in await database.read(flaws) if "a party to it" in flaw]
