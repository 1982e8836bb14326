"""The unit of work: a plain synchronous function, run on a database thread, stored whole or not at all.

A unit may be run more than once before it is stored, so it has no effect but rows; it returns values, never
open results. It does not commit; a part that may fail alone goes into `storage.prepared.part`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from sqlalchemy import Connection, make_url

from storage.failures import DatabaseUnavailable
from storage.postgres import PostgresDatabase
from storage.sqlite import open_sqlite

__all__ = ["Database", "DatabaseUnavailable", "open_database"]

T = TypeVar("T")


class Database(Protocol):
    """An open database; it belongs to the event loop it was opened in."""

    @property
    def dialect(self) -> str:
        """Either `sqlite` or `postgresql`."""

    async def write(self, unit: Callable[[Connection], T]) -> T:
        """Return the unit's result once it is stored; raise what it raises, or DatabaseUnavailable."""

    async def read(self, unit: Callable[[Connection], T]) -> T:
        """Show the unit one consistent state of the database; it cannot write."""

    async def scrub(self) -> bool:
        """Empty the files of what was erased for secrecy's sake; False where somebody stood in the way."""

    async def close(self) -> None:
        """Finish what waits and let go of every connection and thread."""


async def open_database(url: str) -> Database:
    """Open `sqlite:///path` or `postgresql://…`; ValueError for anything else."""
    parsed = make_url(url)
    match parsed.get_backend_name():
        case "sqlite" if parsed.database and parsed.database != ":memory:":
            return await open_sqlite(parsed.database)
        case "postgresql":
            return PostgresDatabase(parsed)
        case _:
            raise ValueError("a database is named sqlite:///path/to/file or postgresql://user@host/name")
