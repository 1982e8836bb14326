"""What a unit of work meets when the database itself is in the way."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError, OperationalError

# Primary result codes of SQLite: locked by somebody else, disk full or failing, file out of reach.
_SQLITE_PASSING = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_PROTOCOL,
    }
)
# Classes of SQLSTATE: connection, resources (disk, memory, slots), shut down or starting up.
_POSTGRES_PASSING_CLASSES = frozenset({"08", "53", "57", "58"})
_POSTGRES_LOCK_TIMEOUT = "55P03"
_POSTGRES_TRY_AGAIN = frozenset({"40001", "40P01"})


class DatabaseUnavailable(Exception):
    """The database is locked, gone or full; wait and try the same unit again."""


def is_passing(error: BaseException) -> bool:
    """Whether waiting may help: the fault lies with the database, not with the unit."""
    match error:
        case sqlite3.Error():
            return (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF in _SQLITE_PASSING
        case DBAPIError(connection_invalidated=True):
            return True
        case DBAPIError(orig=sqlite3.Error() as cause):
            return is_passing(cause)
        case DBAPIError():
            return _postgres_is_passing(error)
        case _:
            return False


def is_conflict(error: DBAPIError) -> bool:
    """Whether PostgreSQL rolled the unit back because another stood in its way: run it again."""
    return _sqlstate(error) in _POSTGRES_TRY_AGAIN


def _postgres_is_passing(error: DBAPIError) -> bool:
    state = _sqlstate(error)
    if state is None:
        return isinstance(error, OperationalError)  # no answer from a server at all
    return state[:2] in _POSTGRES_PASSING_CLASSES or state == _POSTGRES_LOCK_TIMEOUT


def _sqlstate(error: DBAPIError) -> str | None:
    state: str | None = getattr(error.orig, "sqlstate", None)
    return state
