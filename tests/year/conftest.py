"""A running bot on a fresh database, and the texts by which what arrives is known."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator

import pytest

from simulator import Simulator
from tests.http.scene import Scene
from tests.year.wired import NEW_YEAR, ArrivedTexts, Wired

A_TURN = 0.0005  # seconds; ten times as long, each statement of the database waits for the loop


@pytest.fixture
def quick_turns() -> Iterator[None]:
    """Bot, platform and database share one process here: let its threads take turns more often."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(A_TURN)
    yield
    sys.setswitchinterval(before)


@pytest.fixture
async def ground(database_url: str, quick_turns: None) -> AsyncIterator[Wired]:
    """Run the bot, which asks the platforms for what is new."""
    texts = ArrivedTexts()
    async with Simulator.running() as sim:
        scene = Scene(sim, database_url, "polling", texts, NEW_YEAR)
        async with scene.running() as bot:
            yield Wired(scene, bot, texts)
        assert sim.violations == ()
