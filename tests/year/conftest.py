"""A running bot on a fresh database, and the texts by which what arrives is known."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from simulator import Simulator
from tests.http.scene import Scene
from tests.year.wired import NEW_YEAR, ArrivedTexts, Wired


@pytest.fixture
async def ground(database_url: str) -> AsyncIterator[Wired]:
    """Run the bot, which asks the platforms for what is new."""
    texts = ArrivedTexts()
    async with Simulator.running() as sim:
        scene = Scene(sim, database_url, "polling", texts, NEW_YEAR)
        async with scene.running() as bot:
            yield Wired(scene, bot, texts)
        assert sim.violations == ()
