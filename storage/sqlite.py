"""SQLite: one thread that writes, one that reads, and units that wait together sharing a commit.

A commit with synchronous=FULL costs far more than a unit: the writer takes all units that wait, runs each in
a savepoint of its own, and commits once. A unit that fails is rolled back to its savepoint and hurts nobody.

While units are run the event loop stands aside, for a moment at most: both threads have one interpreter, and
to take turns in it statement by statement costs more than it brings. During the commit the loop goes on.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from threading import Event
from types import TracebackType
from typing import Generic, TypeVar

import aiosqlite
from sqlalchemy import Connection, StaticPool, create_engine

from storage.failures import DatabaseUnavailable, is_passing

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

BATCH = 64
ASIDE_SECONDS = 0.05  # in which a full batch is run
BUSY_MILLISECONDS = 10_000
_PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",  # else REPLACE would delete without firing triggers
    "PRAGMA secure_delete = ON",
)


async def open_sqlite(path: str) -> SqliteDatabase:
    """Open a database file, which is made if there is none; DatabaseUnavailable when it cannot be reached."""
    writer = _Thread(path)
    reader = _Thread(path)
    try:
        await writer.open(*_PRAGMAS, "PRAGMA temp_store = MEMORY")  # pages of a unit stay out of files
        await reader.open(*_PRAGMAS, "PRAGMA query_only = ON")
    except sqlite3.Error as error:
        await writer.leave()
        await reader.leave()
        raise DatabaseUnavailable(str(error)) from error
    return SqliteDatabase(writer, reader)


class SqliteDatabase:
    """Units of work on a SQLite file."""

    dialect = "sqlite"

    def __init__(self, writer: _Thread, reader: _Thread) -> None:
        self._writer = writer
        self._reader = reader
        self._loop = asyncio.get_running_loop()
        self._waiting: deque[_Job[object]] = deque()
        self._writing = False

    async def write(self, unit: Callable[[Connection], T]) -> T:
        job: _Job[T] = _Job(unit, self._loop.create_future())
        self._waiting.append(job)
        self._go_on()
        return _value(await job.outcome)

    async def read(self, unit: Callable[[Connection], T]) -> T:
        job: _Job[T] = _Job(unit, self._loop.create_future())
        self._reader.hand(lambda: self._look_up(job))
        return _value(await job.outcome)

    async def scrub(self) -> bool:
        return await self._writer.empty_log()

    async def close(self) -> None:
        while self._waiting:
            await asyncio.wait([job.outcome for job in self._waiting])
        await self._writer.leave()
        await self._reader.leave()

    def _go_on(self) -> None:
        """Write what waits, unless that is being done."""
        if self._waiting and not self._writing:
            self._writing = True
            self._gather(0)

    def _gather(self, had: int) -> None:
        """Let whoever is ready add to the batch, round by round: in a large one a unit costs less."""
        if had < len(self._waiting) < BATCH:
            self._loop.call_soon(self._gather, len(self._waiting))
        else:
            self._write_what_waits()

    def _write_what_waits(self) -> None:
        batch = [self._waiting.popleft() for _ in range(min(BATCH, len(self._waiting)))]
        jobs = [job for job in batch if not job.outcome.cancelled()]
        executed = Event()
        try:
            self._writer.hand(partial(self._write, jobs, executed))
        except DatabaseUnavailable as closed:
            self._written(jobs, [_Failed(closed) for _ in jobs])
        else:
            executed.wait(ASIDE_SECONDS)

    def _write(self, jobs: Sequence[_Job[object]], executed: Event) -> None:
        """Runs on the writer's thread; whatever happens there, the next batch is begun."""
        outcomes: list[_Done[object] | _Failed] = [_Failed(DatabaseUnavailable("not written")) for _ in jobs]
        try:
            outcomes = _write(self._writer, [job.unit for job in jobs], executed)
        finally:
            self._loop.call_soon_threadsafe(self._written, jobs, outcomes)

    def _written(self, jobs: Sequence[_Job[object]], outcomes: Sequence[_Done[object] | _Failed]) -> None:
        _deliver(jobs, outcomes)
        self._writing = False
        self._go_on()

    def _look_up(self, job: _Job[object]) -> None:
        if not job.outcome.cancelled():
            outcome = _read(self._reader, job.unit)
            self._loop.call_soon_threadsafe(_deliver, [job], [outcome])


class _Thread(aiosqlite.Connection):
    """A connection with its thread; work is handed to the thread whole instead of statement by statement."""

    def __init__(self, path: str) -> None:
        super().__init__(lambda: sqlite3.connect(path, isolation_level=None, cached_statements=512), 64)
        self._sql: Connection | None = None

    async def open(self, *pragmas: str) -> None:
        await self
        await self._execute(self._prepare, pragmas)  # type: ignore[no-untyped-call]

    def hand(self, work: Callable[[], None]) -> None:
        """Let the thread do this in its turn, whether or not somebody still waits for it then."""
        if not self._running:
            raise DatabaseUnavailable("the database is closed")
        self._tx.put_nowait((None, work))

    async def empty_log(self) -> bool:
        """Write everything into the file itself and cut the log to nothing; False while somebody reads."""
        done: bool = await self._execute(self._empty_log)  # type: ignore[no-untyped-call]
        return done

    async def leave(self) -> None:
        """Close what was opened, and wait until the thread is gone."""
        if self._connection is not None:
            if self._sql is not None:
                await self._execute(self._sql.close)  # type: ignore[no-untyped-call]
            await self.close()
        if self._thread.ident is not None:
            await asyncio.to_thread(self._thread.join)

    @property
    def sql(self) -> Connection:
        if self._sql is None:
            raise DatabaseUnavailable("the database is not open")
        return self._sql

    @property
    def raw(self) -> sqlite3.Connection:
        return self._conn

    def _empty_log(self) -> bool:
        self.raw.execute("PRAGMA busy_timeout = 0")  # units wait behind this
        try:
            (busy, *_) = self.raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            self.raw.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        return not busy

    def _prepare(self, pragmas: Sequence[str]) -> None:
        for pragma in pragmas:
            self.raw.execute(pragma)
        engine = create_engine(
            "sqlite://",
            creator=lambda: self.raw,
            poolclass=StaticPool,
            pool_reset_on_return=None,
            hide_parameters=True,  # in errors, and so in logs
        )
        self._sql = engine.connect()


@dataclass(frozen=True, slots=True)
class _Done(Generic[T_co]):
    result: T_co


@dataclass(frozen=True, slots=True)
class _Failed:
    error: BaseException


@dataclass(frozen=True, slots=True)
class _Job(Generic[T_co]):
    """A unit, and where its caller waits for what came of it."""

    unit: Callable[[Connection], T_co]
    outcome: asyncio.Future[_Done[T_co] | _Failed]


def _value(outcome: _Done[T] | _Failed) -> T:
    match outcome:
        case _Done(result):
            return result
        case _Failed(error) if is_passing(error):
            raise DatabaseUnavailable(str(error)) from error
        case _Failed(error):
            raise error


def _deliver(jobs: Sequence[_Job[object]], outcomes: Sequence[_Done[object] | _Failed]) -> None:
    for job, outcome in zip(jobs, outcomes, strict=True):
        if not job.outcome.done():
            job.outcome.set_result(outcome)


Units = Sequence[Callable[[Connection], object]]


def _write(thread: _Thread, units: Units, executed: Event) -> list[_Done[object] | _Failed]:
    """Run all units in one transaction; where one of them ends it for all, each in its own."""
    try:
        thread.raw.execute("BEGIN IMMEDIATE")
        outcomes = [_attempt(thread, unit) for unit in units]
        executed.set()
        thread.raw.execute("COMMIT")
    except _TransactionEnded as ended:
        if len(units) > 1:
            return [outcome for unit in units for outcome in _write(thread, [unit], executed)]
        return [_Failed(ended.__cause__ or ended)]
    except sqlite3.Error as error:
        _abandon(thread.raw)
        return [_Failed(error) for _ in units]
    finally:
        executed.set()
    return outcomes


def _read(thread: _Thread, unit: Callable[[Connection], object]) -> _Done[object] | _Failed:
    """Run the unit on the state the database has now: a savepoint by itself is a transaction."""
    try:
        return _attempt(thread, unit)
    except _TransactionEnded as ended:
        return _Failed(ended.__cause__ or ended)
    except sqlite3.Error as error:
        _abandon(thread.raw)
        return _Failed(error)


def _attempt(thread: _Thread, unit: Callable[[Connection], object]) -> _Done[object] | _Failed:
    savepoint = _Savepoint(thread.raw)
    with savepoint:
        return _Done(unit(thread.sql))
    return _Failed(savepoint.raised)


def _abandon(raw: sqlite3.Connection) -> None:
    if raw.in_transaction:
        raw.execute("ROLLBACK")


class _Savepoint:
    """Encloses a unit, and keeps whatever it raised for its caller: the others are not concerned."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self._raw = raw
        self.raised: BaseException = RuntimeError("nothing was raised")

    def __enter__(self) -> None:
        self._raw.execute("SAVEPOINT unit")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if not self._raw.in_transaction:
            raise _TransactionEnded from error
        if error is not None:
            self.raised = error
            self._raw.execute("ROLLBACK TO unit")
        self._raw.execute("RELEASE unit")
        return True


class _TransactionEnded(RuntimeError):
    """A full disk, a trigger or the unit itself ended the transaction, savepoints and all."""
