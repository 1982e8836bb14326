"""The database in which everybody is known already, and a fresh copy of it for each run."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, create_engine, make_url, text

from benchmarks.village import fill
from bot.settings import Settings

Copies = Callable[[], AbstractContextManager[str]]  # lends the address of a copy
COPY = "khodyar_bench_copy"


async def on_sqlite(folder: Path, groups: int, reminders: int = 0) -> Copies:
    """Fill a file; so many reminders wait in chats in which nobody plays."""
    filled = folder / "filled.sqlite"
    await fill(_settings(f"sqlite:///{filled}"), groups, reminders)
    return partial(_file_copied, filled)


async def on_postgresql(url: str, groups: int) -> Copies:
    """Fill an empty database on a server on which others may be made beside it."""
    await fill(_settings(url), groups)
    return partial(_database_copied, url)


def _settings(url: str) -> Settings:
    return Settings(_env_file=None, database_url=url)


@contextmanager
def _file_copied(filled: Path) -> Iterator[str]:
    with TemporaryDirectory(dir=filled.parent) as folder:
        yield f"sqlite:///{shutil.copyfile(filled, Path(folder) / 'bench.sqlite')}"


@contextmanager
def _database_copied(url: str) -> Iterator[str]:
    parsed = make_url(url)
    server = parsed.set(drivername="postgresql+psycopg", database="postgres")
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        _drop(connection)
        connection.execute(text(f'CREATE DATABASE {COPY} TEMPLATE "{parsed.database}"'))
        try:
            yield parsed.set(database=COPY).render_as_string(hide_password=False)
        finally:
            _drop(connection)
    engine.dispose()


def _drop(connection: Connection) -> None:
    connection.execute(text(f"DROP DATABASE IF EXISTS {COPY} WITH (FORCE)"))
