"""What only SQLite has: a shared commit, a transaction that ends under a unit, a file full or gone."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from storage.schema import setting
from storage.units import Database, DatabaseUnavailable, open_database


@pytest.fixture
async def lite(sqlite_url: str) -> AsyncIterator[Database]:
    opened = await open_database(sqlite_url)
    yield opened
    await opened.close()


def store(name: str, value: str = "x") -> Callable[[Connection], str]:
    def unit(connection: Connection) -> str:
        connection.execute(insert(setting), {"name": name, "value": value})
        return name

    return unit


def run(statement: str) -> Callable[[Connection], None]:
    def unit(connection: Connection) -> None:
        connection.exec_driver_sql(statement)

    return unit


def names(connection: Connection) -> set[str]:
    return set(connection.scalars(select(setting.c.name)))


async def test_the_promised_settings_hold(lite: Database) -> None:
    def pragmas(connection: Connection) -> list[object]:
        asked = (
            "journal_mode",
            "synchronous",
            "foreign_keys",
            "secure_delete",
            "recursive_triggers",
            "temp_store",
        )
        return [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in asked]

    assert await lite.write(pragmas) == ["wal", 2, 1, 1, 1, 2]
    assert await lite.read(pragmas) == ["wal", 2, 1, 1, 1, 0]


async def test_a_rollback_that_takes_all_along_runs_the_others_again(lite: Database) -> None:
    """As a trigger may that does not only abort, or a disk that is full."""
    await lite.write(
        run(
            "CREATE TRIGGER hard BEFORE INSERT ON setting WHEN NEW.name = 'bad' "
            "BEGIN SELECT RAISE(ROLLBACK, 'all of it'); END"
        )
    )
    units = [store("bad" if n == 20 else f"good {n}") for n in range(40)]
    outcomes = await asyncio.gather(*map(lite.write, units), return_exceptions=True)
    assert isinstance(outcomes[20], IntegrityError)
    assert await lite.read(names) == {f"good {n}" for n in range(40) if n != 20}


async def test_a_full_disk_is_waited_for(lite: Database) -> None:
    pages = await lite.read(lambda connection: connection.exec_driver_sql("PRAGMA page_count").scalar_one())
    await lite.write(run(f"PRAGMA max_page_count = {pages + 4}"))
    units = [store("big", "x" * 1_000_000) if n == 20 else store(f"small {n}") for n in range(40)]
    outcomes = await asyncio.gather(*map(lite.write, units), return_exceptions=True)
    assert isinstance(outcomes[20], DatabaseUnavailable)
    assert await lite.read(names) == {f"small {n}" for n in range(40) if n != 20}
    await lite.write(run("PRAGMA max_page_count = 1000000"))
    assert await lite.write(store("big", "x" * 1_000_000)) == "big"


async def test_a_locked_file_is_waited_for(lite: Database, sqlite_url: str) -> None:
    await lite.write(run("PRAGMA busy_timeout = 1"))
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseUnavailable, match="locked"):
        await lite.write(store("a"))
    other.execute("ROLLBACK")
    other.close()
    assert await lite.write(store("a")) == "a"


async def test_a_unit_that_commits_by_itself_is_told_so(lite: Database) -> None:
    def unit(connection: Connection) -> None:
        store("a")(connection)
        connection.commit()

    with pytest.raises(RuntimeError):
        await lite.write(unit)
    assert await lite.write(store("b")) == "b"


async def test_a_file_out_of_reach_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable):
        await open_database(f"sqlite:///{tmp_path}/no/such/folder/books.sqlite")


async def test_what_comes_together_round_by_round_shares_a_commit(lite: Database) -> None:
    said: list[str] = []

    def listen(connection: Connection) -> None:
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        raw.set_trace_callback(said.append)

    async def come(more: int) -> None:
        after = [asyncio.create_task(come(more - 1))] if more else []
        await lite.write(store(str(more)))
        await asyncio.gather(*after)

    await lite.write(listen)
    await come(4)
    assert said.count("COMMIT") == 1 + 1  # the listener's own, and one for all five
    assert await lite.read(names) == set("01234")


async def test_a_long_unit_does_not_hold_up_the_others_for_long(lite: Database) -> None:
    """The loop stands aside while units are run, but not until a long one has ended."""
    went_on = Event()
    long = asyncio.create_task(lite.write(lambda _: went_on.wait(60)))
    asyncio.get_running_loop().call_later(0.01, went_on.set)
    assert await long


async def test_what_cannot_even_be_rolled_back_stops_nobody(
    lite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr("storage.sqlite._write", failing)
        with pytest.raises(DatabaseUnavailable):
            await lite.write(store("a"))
    assert await lite.write(store("b")) == "b"
    assert await lite.read(names) == {"b"}


async def test_what_waits_is_stored_before_closing(sqlite_url: str) -> None:
    opened = await open_database(sqlite_url)
    waiting = [asyncio.create_task(opened.write(store(str(n)))) for n in range(200)]
    assert await asyncio.gather(*waiting, opened.close()) == [*(str(n) for n in range(200)), None]


async def test_after_closing_nothing_is_taken_on(sqlite_url: str) -> None:
    opened = await open_database(sqlite_url)
    await opened.close()
    with pytest.raises(DatabaseUnavailable, match="closed"):
        await opened.write(store("late"))
