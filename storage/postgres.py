"""PostgreSQL: a bounded pool of threads with a connection each, and a transaction per unit."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine
from sqlalchemy.exc import DBAPIError

from storage.failures import DatabaseUnavailable, is_conflict, is_passing

T = TypeVar("T")

THREADS = 8
TRIES = 5
CONNECT_SECONDS = 10
_LIMITS = (
    "-c lock_timeout=10s -c statement_timeout=60s -c idle_in_transaction_session_timeout=60s "
    "-c default_transaction_isolation=read\\ committed"
)


class PostgresDatabase:
    """Units of work on PostgreSQL; those of one group wait for each other at the group's row."""

    dialect = "postgresql"

    def __init__(self, url: URL) -> None:
        self._engine = _engine(url)
        self._reader = self._engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="postgres")

    async def write(self, unit: Callable[[Connection], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, _persist, self._engine, unit)

    async def read(self, unit: Callable[[Connection], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, _persist, self._reader, unit)

    async def scrub(self) -> bool:
        return await asyncio.get_running_loop().run_in_executor(self._threads, _vacuum, self._engine)

    async def close(self) -> None:
        await asyncio.to_thread(self._threads.shutdown)
        self._engine.dispose()


def _vacuum(engine: Engine) -> bool:
    """Rewrite the ballot box, which is small, and clear away the dead rows of what was said."""
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM FULL sealed_ballot")
            connection.exec_driver_sql("VACUUM inbox, outbox, talk")
    except DBAPIError as error:
        if is_conflict(error) or is_passing(error):
            return False
        raise
    return True


def _engine(url: URL) -> Engine:
    """The pool is as large as there are threads, so nobody ever waits for a connection."""
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_size=THREADS,
        max_overflow=0,
        hide_parameters=True,  # in errors, and so in logs
        connect_args={"connect_timeout": CONNECT_SECONDS, "options": _LIMITS, "tcp_user_timeout": 30_000},
    )


def _persist(engine: Engine, unit: Callable[[Connection], T]) -> T:
    """Run the unit until nothing stands in its way; what fails again and again is raised."""
    for _ in range(TRIES - 1):
        try:
            return _once(engine, unit)
        except _TryAgain:
            continue
    try:
        return _once(engine, unit)
    except _TryAgain as last:
        raise DatabaseUnavailable(str(last.__cause__)) from last.__cause__


class _TryAgain(Exception):
    """Nothing was stored: the connection was lost before the commit, or another unit stood in the way."""


def _once(engine: Engine, unit: Callable[[Connection], T]) -> T:
    committing = False
    try:
        with engine.connect() as connection:
            transaction = connection.begin()  # also for units that only use the driver's cursor
            result = unit(connection)
            committing = True
            transaction.commit()
            return result
    except StopIteration as error:  # would never reach the caller through a future
        raise RuntimeError("a unit ran out of items") from error
    except DBAPIError as error:
        if is_conflict(error) or (error.connection_invalidated and not committing):
            raise _TryAgain from error
        if is_passing(error):
            raise DatabaseUnavailable(str(error.orig)) from error
        raise
