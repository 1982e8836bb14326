from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage.units import Database
from tests.hostile.edge import Edge, OpenEdge
from tests.recorded import RecordedTexts
from tests.stage import Stage


@pytest.fixture
async def stage(database: Database, recorded_texts: RecordedTexts) -> AsyncIterator[Stage]:
    made = Stage(database, recorded_texts)
    yield made
    await made.check()


@pytest.fixture
async def edge(stage: Stage) -> AsyncIterator[Edge]:
    """The bot as hostile input meets it; none of its own mistakes may come to light."""
    async with OpenEdge(stage) as opened:
        yield opened
        assert opened.flaws() == []
