from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from telegram import Bot

from simulator import PhoneInHand, Simulator


@pytest.fixture
async def sim() -> AsyncIterator[Simulator]:
    async with Simulator.running(redeliver_after=0.01) as running:
        yield running


@pytest.fixture
def maryam(sim: Simulator) -> PhoneInHand:
    return sim.phone("telegram", 1001, "Maryam", "+989121234567", "عضو")


@pytest.fixture
def zahra(sim: Simulator) -> PhoneInHand:
    return sim.phone("bale", 1001, "Zahra", "+989137654321", "عضو")


@asynccontextmanager
async def bot_of(sim: Simulator, flavour: str) -> AsyncIterator[Bot]:
    """python-telegram-bot as anyone would point it at another server."""
    address = sim.url(flavour)
    bot = Bot(sim.token(flavour), base_url=f"{address}/bot", base_file_url=f"{address}/file/bot")
    async with bot:
        yield bot
