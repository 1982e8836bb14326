"""Databases for many runs in one test: each run of the machine begins in a fresh one."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import URL, NullPool, create_engine, text

Fresh = Callable[[], str]
# What is written is looked at here, not whether it outlives a power cut, so the disk need not be waited for.
MEMORY = Path("/dev/shm")


@pytest.fixture
def fresh_sqlite(sqlite_template: Path, tmp_path: Path) -> Iterator[Fresh]:
    """Name a new file at every call; the one before is removed."""
    numbers = count(1)
    folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else tmp_path))

    def fresh() -> str:
        for old in folder.glob("books*"):
            old.unlink()
        path = folder / f"books-{next(numbers)}.sqlite"
        shutil.copyfile(sqlite_template, path)
        return f"sqlite:///{path}"

    yield fresh
    shutil.rmtree(folder)


@pytest.fixture
def fresh_postgresql(postgres: URL, postgres_template: str) -> Fresh:
    """Name an emptied database at every call."""
    name = f"model_{os.getpid()}"

    def fresh() -> str:
        administrator = create_engine(
            postgres.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT", poolclass=NullPool
        )
        with administrator.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {postgres_template}"))
        return postgres.set(drivername="postgresql", database=name).render_as_string(hide_password=False)

    return fresh
