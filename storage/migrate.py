"""Brings a database to the schema of this program, one process at a time, all or nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, inspect, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from storage.failures import DatabaseUnavailable, is_passing

HEAD = "0002"
WAIT_SECONDS = 120
_FOLDER = Path(__file__).with_name("migrations")
_ADVISORY_LOCK = 0x6B686F64796172  # any number of our own


class DatabaseIsNewer(Exception):
    """The database was made by a later version of the program: run that one, or restore a backup."""


class BrokenReferences(Exception):
    """A revision would leave rows that refer to nothing; it was rolled back."""


def migrate(url: str) -> None:
    """Bring the database to HEAD; DatabaseIsNewer, BrokenReferences or DatabaseUnavailable."""
    engine = open_engine(make_url(url))
    try:
        with engine.connect() as connection:
            stored = _revision(connection)
        if stored != HEAD:
            with engine.begin() as connection:
                _upgrade(connection)
    except DBAPIError as error:
        if is_passing(error):
            raise DatabaseUnavailable(str(error.orig)) from error
        raise
    finally:
        engine.dispose()


def _upgrade(connection: Connection) -> None:
    """Look again now that nobody else can migrate, then run what is missing."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
    stored = _revision(connection)
    if stored == HEAD:
        return
    if stored is not None and not list((_FOLDER / "versions").glob(f"{stored}_*.py")):
        raise DatabaseIsNewer(f"the database has schema {stored}, this program knows {HEAD}")
    _run_revisions(connection)
    _check_references(connection)


def _run_revisions(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415  takes a quarter of a second, and is seldom needed
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    stored: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return stored


def _check_references(connection: Connection) -> None:
    """What SQLite did not look at while foreign keys were off."""
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise BrokenReferences(", ".join(f"{row[0]} row {row[1]}" for row in broken[:10]))


def open_engine(url: URL) -> Engine:
    """Connect for work on a whole database; on SQLite each transaction is the only one that may write."""
    if url.get_backend_name() != "sqlite":
        return create_engine(
            url.set(drivername="postgresql+psycopg"), poolclass=NullPool, hide_parameters=True
        )
    engine = create_engine(
        url, poolclass=NullPool, connect_args={"timeout": WAIT_SECONDS}, hide_parameters=True
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(raw: DBAPIConnection, record: ConnectionPoolEntry) -> None:  # noqa: ARG001
    """Foreign keys off: with them on, remaking a table would silently delete what refers to its rows."""
    if isinstance(raw, sqlite3.Connection):
        raw.isolation_level = None
        raw.execute("PRAGMA foreign_keys = OFF")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
