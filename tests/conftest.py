"""A fresh, migrated database for each test that asks for one: on SQLite, and again on PostgreSQL."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import URL

from storage.migrate import migrate
from storage.units import Database, open_database
from tests.compiled import compiled_once
from tests.postgres import Reused, address, administer, server_of_the_run, two_databases
from tests.recorded import RecordedTexts

MEMORY = Path("/dev/shm")
NUMBERS = count(1)
LONGEST = ("year", "crash", "page", "model", "process", "http", "hostile", "handlers")
settings.register_profile("no hurry", deadline=None)  # a busy machine is slow, not wrong
settings.load_profile("no hurry")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that at the end no processor waits for another."""
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    folder = item.path.parent.name
    return LONGEST.index(folder) if folder in LONGEST else len(LONGEST)


@pytest.fixture(scope="session", autouse=True)
def _compiled() -> Iterator[None]:
    with compiled_once():
        yield


@pytest.fixture(scope="session")
def recorded_texts() -> RecordedTexts:
    """Read messages_fa once for the whole run."""
    return RecordedTexts()


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
def memory(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory: what is written is looked at here, not whether it outlives a power cut."""
    folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else tmp_path))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def sqlite_url(sqlite_template: Path, memory: Path) -> str:
    path = memory / "books.sqlite"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(reused_postgres: tuple[Reused, Reused]) -> str:
    return reused_postgres[0].fresh()


@pytest.fixture
def second_sqlite_url(sqlite_template: Path, memory: Path) -> str:
    """Name another one, for tests that compare two."""
    path = memory / "other.sqlite"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def second_postgresql_url(reused_postgres: tuple[Reused, Reused]) -> str:
    return reused_postgres[1].fresh()


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
    name = f"empty_{os.getpid()}_{next(NUMBERS)}"
    administer(postgres, f"CREATE DATABASE {name} TEMPLATE template0")
    yield address(postgres, name)
    administer(postgres, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate once for the whole run of this process; tests copy the file."""
    path = tmp_path_factory.mktemp("template") / "template.sqlite"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres: URL, testrun_uid: str, worker_id: str) -> Iterator[str]:
    """Migrate once for the whole run of this process; the server copies the database."""
    name = f"template_{worker_id}_{testrun_uid[:8]}"
    administer(postgres, f"CREATE DATABASE {name}")
    migrate(address(postgres, name))
    yield name
    administer(postgres, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def reused_postgres(postgres: URL, postgres_template: str) -> Iterator[tuple[Reused, Reused]]:
    """Two databases, emptied for each test."""
    yield from two_databases(postgres, postgres_template)


@pytest.fixture
def unused_postgres(postgres: URL, postgres_template: str) -> Iterator[tuple[Reused, Reused]]:
    """Two without dead rows, for tests that look at where rows lie."""
    yield from two_databases(postgres, postgres_template)


@pytest.fixture(scope="session")
def postgres(testrun_uid: str) -> Iterator[URL]:
    yield from server_of_the_run(testrun_uid)
