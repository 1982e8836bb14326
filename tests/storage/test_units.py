from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, func, insert, select

from storage.schema import joining, setting
from storage.units import Database, open_database


def store(name: str) -> Callable[[Connection], str]:
    def unit(connection: Connection) -> str:
        connection.execute(insert(setting), {"name": name, "value": "x"})
        return name

    return unit


def fail_after_storing(name: str, error: Exception) -> Callable[[Connection], str]:
    def unit(connection: Connection) -> str:
        store(name)(connection)
        raise error

    return unit


def names(connection: Connection) -> list[str]:
    return list(connection.scalars(select(setting.c.name).order_by(setting.c.name)))


async def test_a_unit_returns_its_result_once_it_is_stored(database: Database) -> None:
    assert await database.write(store("a")) == "a"
    assert await database.read(names) == ["a"]


async def test_what_a_unit_raises_reaches_its_caller_and_undoes_it(database: Database) -> None:
    with pytest.raises(KeyError):
        await database.write(fail_after_storing("a", KeyError("a")))
    assert await database.read(names) == []


async def test_a_failing_unit_hurts_none_of_those_that_wait_with_it(database: Database) -> None:
    units = [
        fail_after_storing(f"{n:03}", KeyError(n)) if n % 3 == 0 else store(f"{n:03}") for n in range(200)
    ]
    outcomes = await asyncio.gather(*map(database.write, units), return_exceptions=True)
    assert [isinstance(outcome, KeyError) for outcome in outcomes] == [n % 3 == 0 for n in range(200)]
    assert await database.read(names) == [f"{n:03}" for n in range(200) if n % 3]


async def test_even_stop_iteration_is_answered(database: Database) -> None:
    with pytest.raises(RuntimeError):
        await database.write(fail_after_storing("a", StopIteration()))
    assert await database.write(store("b")) == "b"


async def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(Exception, match="read"):
        await database.read(store("a"))
    assert await database.read(names) == []


async def test_a_reader_sees_one_state_while_others_write(database: Database) -> None:
    looked, written = threading.Event(), threading.Event()

    def look_twice(connection: Connection) -> tuple[int, int]:
        before = connection.scalar(select(func.count()).select_from(setting)) or 0
        looked.set()
        assert written.wait(10)
        return before, connection.scalar(select(func.count()).select_from(setting)) or 0

    reading = asyncio.create_task(database.read(look_twice))
    assert await asyncio.to_thread(looked.wait, 10)
    await database.write(store("a"))
    written.set()
    assert await reading == (0, 0)


async def test_a_caller_who_gives_up_stops_nobody(database: Database) -> None:
    running, go_on = threading.Event(), threading.Event()

    def slow(connection: Connection) -> None:
        running.set()
        assert go_on.wait(10)
        store("slow")(connection)

    given_up = asyncio.create_task(database.write(slow))
    assert await asyncio.to_thread(running.wait, 10)
    after = asyncio.create_task(database.write(store("after")))
    given_up.cancel()
    go_on.set()
    assert await after == "after"
    with pytest.raises(asyncio.CancelledError):
        await given_up
    await database.write(store("later"))
    assert set(await database.read(names)) >= {"after", "later"}


async def test_a_part_may_fail_alone(database: Database) -> None:
    def unit(connection: Connection) -> None:
        store("kept")(connection)
        with pytest.raises(KeyError), connection.begin_nested():
            fail_after_storing("dropped", KeyError())(connection)

    await database.write(unit)
    assert await database.read(names) == ["kept"]


async def test_what_was_stored_is_there_after_opening_again(database_url: str) -> None:
    first = await open_database(database_url)
    await first.write(store("a"))
    await first.close()
    second = await open_database(database_url)
    assert await second.read(names) == ["a"]
    await second.close()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://root@localhost/books"])
async def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match="a database is named"):
        await open_database(url)


async def test_foreign_keys_hold(database: Database) -> None:
    def refer_to_nobody(connection: Connection) -> None:
        moment = datetime(2026, 1, 1, tzinfo=UTC)
        connection.execute(insert(joining), {"code_hash": b"x", "account_id": 1, "expires_at": moment})

    with pytest.raises(Exception, match=r"(?i)foreign key"):
        await database.write(refer_to_nobody)
