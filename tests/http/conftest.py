"""A scene for each way updates arrive and each database; afterwards no rule of a platform may be broken."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from simulator import Simulator
from storage.verify import verify
from tests.http.scene import Scene
from tests.http.texts import NamedTexts


@pytest.fixture(scope="session")
def named_texts() -> NamedTexts:
    """Read messages_fa once for the whole run."""
    return NamedTexts()


@pytest.fixture(params=["polling", "webhook"])
def mode(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
async def scene(mode: str, database_url: str, named_texts: NamedTexts) -> AsyncIterator[Scene]:
    async with Simulator.running(redeliver_after=0.01) as sim:
        made = Scene(sim, database_url, mode, named_texts)
        yield made
        assert await made.read(lambda conn: list(verify(conn))) == []
        assert sim.violations == ()
