"""The stage, on a fresh SQLite file and again on PostgreSQL; afterwards the books must be in order."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage.units import Database
from tests.recorded import RecordedTexts
from tests.stage import Stage


@pytest.fixture
async def stage(database: Database, recorded_texts: RecordedTexts) -> AsyncIterator[Stage]:
    made = Stage(database, recorded_texts)
    yield made
    await made.check()


@pytest.fixture
def second_url(database_url: str, request: pytest.FixtureRequest) -> str:
    """Name another fresh database of the same kind."""
    return str(request.getfixturevalue(f"second_{database_url.partition(':')[0]}_url"))
