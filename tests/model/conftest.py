"""Databases for many runs in one test: each run of the machine begins in a fresh one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from tests.postgres import Reused

Fresh = Callable[[], str]


@pytest.fixture
def fresh_sqlite(sqlite_template: Path, memory: Path) -> Fresh:
    """Name a new file at every call; the one before is removed."""
    numbers = count(1)

    def fresh() -> str:
        for old in memory.glob("books*"):
            old.unlink()
        path = memory / f"books-{next(numbers)}.sqlite"
        shutil.copyfile(sqlite_template, path)
        return f"sqlite:///{path}"

    return fresh


@pytest.fixture
def fresh_postgresql(reused_postgres: tuple[Reused, Reused]) -> Fresh:
    """Name an emptied database at every call."""
    return reused_postgres[0].fresh
