"""What only PostgreSQL has: units side by side, lost connections, units in each other's way."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy import Connection, func, insert, select, text, update

from domain.ledger import Account
from domain.money import Rial
from domain.posting import Way
from storage import deposits
from storage.books import balance_of
from storage.deposits import DepositRow
from storage.prepared import Prepared, alone, part
from storage.schema import setting
from storage.units import Database, open_database
from storage.verify import verify
from tests.storage.founding import DUE, START, TODAY, Founded, found, save


@pytest.fixture
async def server(postgresql_url: str) -> AsyncIterator[Database]:
    opened = await open_database(postgresql_url)
    yield opened
    await opened.close()


def store(name: str) -> Callable[[Connection], str]:
    def unit(connection: Connection) -> str:
        connection.execute(insert(setting), {"name": name, "value": "x"})
        return name

    return unit


END_OTHERS = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


async def test_lost_connections_are_replaced(server: Database) -> None:
    """As after a restart of the server: whatever the pool still holds is dead."""
    together = threading.Barrier(3)

    def occupy(connection: Connection) -> None:
        connection.execute(select(setting)).all()
        together.wait(10)

    await asyncio.gather(*(server.write(occupy) for _ in range(3)))
    await server.write(lambda connection: connection.execute(END_OTHERS).rowcount)
    assert await asyncio.gather(*(server.write(store(str(n))) for n in range(9))) == list("012345678")


async def test_a_connection_lost_within_a_part_is_replaced_too(server: Database) -> None:
    tries: list[int] = []

    def unit(connection: Connection) -> str:
        tries.append(len(tries))
        with part(connection):
            if len(tries) == 1:
                own = select(func.pg_terminate_backend(func.pg_backend_pid()))
                Prepared(own, alone).one(connection)
            return store("a")(connection)

    assert await server.write(unit) == "a"
    assert len(tries) == 2


async def test_of_two_that_block_each_other_one_is_run_again(server: Database) -> None:
    await server.write(store("a"))
    await server.write(store("b"))
    both_hold_one = threading.Barrier(2)
    runs: list[str] = []

    def holding(first: str, second: str) -> Callable[[Connection], None]:
        def unit(connection: Connection) -> None:
            runs.append(first)
            _append(connection, first)
            if len(runs) <= 2:
                both_hold_one.wait(10)
            _append(connection, second)

        return unit

    await asyncio.gather(server.write(holding("a", "b")), server.write(holding("b", "a")))
    assert len(runs) > 2  # who comes again may take a row before who waited for it
    values = await server.read(lambda connection: list(connection.scalars(select(setting.c.value))))
    assert values == ["xxx", "xxx"]


def _append(connection: Connection, name: str) -> None:
    connection.execute(update(setting).where(setting.c.name == name).values(value=setting.c.value + "x"))


async def test_a_group_books_one_command_after_another(server: Database) -> None:
    here = await server.write(found)
    await asyncio.gather(
        *(server.write(lambda connection: save(connection, here, 10_000)) for _ in range(24))
    )
    cash = await server.read(lambda connection: balance_of(connection, here.group, Account.CASH))
    assert cash == Rial.from_toman(240_000)
    assert await server.read(lambda connection: list(verify(connection))) == []


async def test_who_decides_later_on_a_deposit_sees_that_it_was_decided(server: Database) -> None:
    here = await server.write(found)
    waiting = await server.write(lambda connection: reported(connection, here))
    all_ready = threading.Barrier(8)

    def decide(connection: Connection) -> str:
        all_ready.wait(10)
        deposits.lock_group_of(connection, waiting.id)
        met = deposits.deposit_by_id(connection, waiting.id)
        assert met is not None
        if met.state == "waiting":
            deposits.update_deposit(connection, met, state="confirmed")
        return met.state

    states = await asyncio.gather(*(server.write(decide) for _ in range(8)))
    assert sorted(states) == ["confirmed"] * 7 + ["waiting"]


def reported(connection: Connection, here: Founded) -> DepositRow:
    return deposits.add_deposit(
        connection,
        group_id=here.group,
        membership_id=here.members[0],
        round_number=1,
        amount=DUE,
        way=Way.CASH,
        picture_id=None,
        value_on=TODAY,
        reported_by=here.persons[0],
        reported_at=START,
    )
