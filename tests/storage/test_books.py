from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Connection, Row, select

from domain.ids import EntryId
from domain.ledger import Account, Booking, Line
from domain.money import Rial
from domain.posting import SAVING, Way, reversed_lines
from domain.refusals import Refused
from storage.books import (
    balance_of,
    book,
    books_as_text,
    entry_of,
    group_totals,
    member_advance,
    member_balance,
)
from storage.own_entries import member_entries
from storage.schema import entry, group, round_line
from storage.units import Database
from tests.storage.founding import DUE, START, TODAY, Founded, decide, found, save


def both_members_paid_and_one_reversed(conn: Connection) -> tuple[Founded, EntryId]:
    here = found(conn)
    first = save(conn, here, 600_000)
    reverse(conn, here, first)
    return here, first


def reverse(conn: Connection, here: Founded, entry_id: EntryId) -> None:
    made = entry_of(conn, entry_id)
    opposite = Booking("reversal", made.value_on, reversed_lines(made.lines), reverses=entry_id)
    command = decide(conn, here, START + timedelta(days=1))
    write(conn, here, command, opposite)


def write(conn: Connection, here: Founded, command: int, *bookings: Booking) -> None:
    book(
        conn,
        here.group,
        command,  # type: ignore[arg-type]  # the number of the command
        bookings,
        booked_at=START,
        booked_on=TODAY,
        entered_by=here.persons[0],
        confirmed_by=here.treasurer,
    )


def line_of(conn: Connection, here: Founded) -> Row[tuple[object, ...]]:
    line = select(round_line).where(round_line.c.membership_id == here.members[0])
    return conn.execute(line.order_by(round_line.c.round_id).limit(1)).one()


async def test_a_saving_moves_cash_savings_round_and_head(database: Database) -> None:
    def unit(conn: Connection) -> None:
        here = found(conn)
        entry_id = save(conn, here)
        assert balance_of(conn, here.group, Account.CASH) == DUE
        assert member_balance(conn, here.members[0]) == DUE
        assert member_balance(conn, here.members[1]) == Rial(0)
        line = line_of(conn, here)
        assert (line.paid, line.paid_at) == (DUE, START)
        made = entry_of(conn, entry_id)
        head = conn.execute(select(group.c.head_sequence, group.c.head_hash)).one()
        assert head == (1, made.hash)
        assert made.previous == bytes(32)

    await database.write(unit)


async def test_what_is_too_much_is_an_advance(database: Database) -> None:
    def unit(conn: Connection) -> None:
        here = found(conn, rounds=1)
        save(conn, here, 600_000, Way.TRANSFER)
        assert member_advance(conn, here.members[0]) == Rial.from_toman(100_000)
        totals = group_totals(conn, here.group)
        assert (totals.bank, totals.cash) == (Rial.from_toman(600_000), Rial(0))
        assert (totals.savings, totals.advances) == (DUE, Rial.from_toman(100_000))

    await database.write(unit)


async def test_a_line_is_paid_when_it_is_full_and_when_the_report_reached_us(database: Database) -> None:
    def unit(conn: Connection) -> None:
        here = found(conn, rounds=1)
        save(conn, here, 200_000)
        assert line_of(conn, here).paid_at is None
        later = START + timedelta(days=2)
        save(conn, here, 300_000, at=later)
        assert line_of(conn, here).paid_at == later

    await database.write(unit)


async def test_a_reversal_takes_everything_back(database: Database) -> None:
    def unit(conn: Connection) -> None:
        here, _ = both_members_paid_and_one_reversed(conn)
        assert member_balance(conn, here.members[0]) == Rial(0)
        assert group_totals(conn, here.group).cash == Rial(0)
        line = line_of(conn, here)
        assert (line.paid, line.paid_at) == (Rial(0), None)

    await database.write(unit)


async def test_an_entry_is_reversed_once(database: Database) -> None:
    def unit(conn: Connection) -> None:
        here, first = both_members_paid_and_one_reversed(conn)
        save(conn, here, 600_000)
        reverse(conn, here, first)

    with pytest.raises(Exception, match=r"(?i)unique|only grow"):
        await database.write(unit)


async def test_a_command_books_once(database: Database) -> None:
    def unit(conn: Connection) -> None:
        here = found(conn)
        command = decide(conn, here)
        saving = Booking(
            "saving", TODAY, (Line(Account.CASH, DUE), Line(Account.SAVINGS, -DUE, here.members[0]))
        )
        write(conn, here, command, saving)
        write(conn, here, command, saving)

    with pytest.raises(Exception, match=r"(?i)unique|only grow"):
        await database.write(unit)


@pytest.mark.parametrize("account", [Account.CASH, Account.BANK])
async def test_the_fund_cannot_pay_what_it_has_not(database: Database, account: Account) -> None:
    def unit(conn: Connection) -> None:
        here = found(conn)
        save(conn, here, 100_000)
        cost = Booking("running_cost", TODAY, (Line(Account.RUNNING_COSTS, DUE), Line(account, -DUE)))
        with pytest.raises(Refused, match="fund_has_too_little"):
            write(conn, here, decide(conn, here), cost)
        assert len(conn.execute(select(entry)).all()) == 1

    await database.write(unit)


async def test_a_member_cannot_have_less_than_nothing(database: Database) -> None:
    def unit(conn: Connection) -> None:
        here = found(conn)
        save(conn, here, 100_000)
        more = Rial.from_toman(100_001)
        gone = (Line(Account.SAVINGS, more, here.members[0]), Line(Account.CASH, -more))
        with pytest.raises(Refused, match="member_has_too_little"):
            write(conn, here, decide(conn, here), Booking("returned", TODAY, gone))
        assert len(conn.execute(select(entry)).all()) == 1

    await database.write(unit)


async def test_within_a_command_cash_may_pass_below_nothing(database: Database) -> None:
    def unit(conn: Connection) -> None:
        here = found(conn)
        out = Booking("running_cost", TODAY, (Line(Account.RUNNING_COSTS, DUE), Line(Account.CASH, -DUE)))
        back = Booking("correction", TODAY, reversed_lines(out.lines))
        write(conn, here, decide(conn, here), out, back)
        assert balance_of(conn, here.group, Account.CASH) == Rial(0)

    await database.write(unit)


async def test_nobody_pays_a_round_they_were_not_asked_for(database: Database) -> None:
    def unit(conn: Connection) -> None:
        here = found(conn, rounds=1)
        lines = (Line(Account.CASH, DUE), Line(Account.SAVINGS, -DUE, here.members[0], round_number=9))
        write(conn, here, decide(conn, here), Booking("saving", TODAY, lines))

    with pytest.raises(LookupError, match="round 9"):
        await database.write(unit)


async def test_the_passbook_shows_both_sides_of_a_reversal(database: Database) -> None:
    def unit(conn: Connection) -> None:
        here = found(conn)
        first = save(conn, here, 700_000)
        reverse(conn, here, first)
        save(conn, here, 500_000)
        lines = member_entries(conn, here.members[0], 10)
        assert [(line.sequence, line.kind, line.reversed) for line in lines] == [
            (3, "saving", False),
            (2, "reversal", False),
            (1, "saving", True),
        ]
        assert [line.amount.toman for line in lines] == [500_000, -700_000, 700_000]
        assert [line.rounds for line in lines] == [(1,), (1, 2), (1, 2)]
        assert member_entries(conn, here.members[1], 10) == ()

    await database.write(unit)


async def test_two_groups_keep_chains_of_their_own(database: Database) -> None:
    def unit(conn: Connection) -> None:
        one, two = found(conn), found(conn)
        save(conn, one)
        save(conn, two)
        assert list(conn.scalars(select(entry.c.sequence))) == [1, 1]
        assert list(conn.scalars(select(entry.c.previous))) == [bytes(32)] * 2

    await database.write(unit)


async def test_the_books_can_be_read_as_text(database: Database) -> None:
    def unit(conn: Connection) -> str:
        here = found(conn, rounds=1)
        reverse(conn, here, save(conn, here, 600_000))
        save(conn, here, 100_000, Way.TRANSFER)
        return books_as_text(conn, here.group)

    assert (
        await database.write(unit)
        == f"""\
1 2026-04-04 value 2026-04-04 saving
  101 +6,000,000
  201/1 round 1 -5,000,000
  205/1/{SAVING} -1,000,000
2 2026-04-04 value 2026-04-04 reversal reverses 1
  101 -6,000,000
  201/1 round 1 +5,000,000
  205/1/{SAVING} +1,000,000
3 2026-04-04 value 2026-04-04 saving
  102 +1,000,000
  201/1 round 1 -1,000,000

balances
  101 +0
  102 +1,000,000
  201/1 -1,000,000
  205/1/{SAVING} +0
"""
    )


def run(statement: str) -> Callable[[Connection], None]:
    def unit(conn: Connection) -> None:
        conn.exec_driver_sql(statement)

    return unit


def changes() -> list[str]:
    return [
        "UPDATE posting SET amount = amount + 1",
        "DELETE FROM posting",
        "UPDATE entry SET kind = 'x'",
        "DELETE FROM entry",
    ]


@pytest.mark.parametrize("statement", changes())
async def test_the_books_only_grow(database: Database, statement: str) -> None:
    def start(conn: Connection) -> None:
        save(conn, found(conn))

    await database.write(start)
    with pytest.raises(Exception, match="the books only grow"):
        await database.write(run(statement))


async def test_the_books_are_not_replaced_or_emptied_either(database: Database) -> None:
    statements = {
        "sqlite": [
            "REPLACE INTO posting SELECT entry_id, line, account, holder, purpose, NULL, 1 FROM posting",
            "UPDATE OR REPLACE posting SET amount = 1",
        ],
        "postgresql": ["TRUNCATE posting", "TRUNCATE entry CASCADE"],
    }
    await database.write(lambda conn: save(conn, found(conn)))
    for statement in statements[database.dialect]:
        with pytest.raises(Exception, match="the books only grow"):
            await database.write(run(statement))
