"""A group that saved nothing yet, in a SQLite file, and a simulator for the process that will answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from simulator import PhoneInHand, Simulator
from tests.http.scene import Scene
from tests.http.texts import NamedTexts
from tests.http.village import settle
from tests.http.wording import button, said, toman
from tests.process.program import settings_for

PATIENCE = 30.0  # seconds


@dataclass(frozen=True, slots=True)
class Ground:
    """A member on Bale, the treasurer on Telegram, and the file that holds their books."""

    sim: Simulator
    file: Path
    settings: dict[str, str]
    member: PhoneInHand
    treasurer: PhoneInHand


async def hears(phone: PhoneInHand, name: str) -> None:
    """Wait for a message, known by what its wording always holds."""
    await phone.hear(said(name), PATIENCE)


async def report(ground: Ground) -> None:
    """Let the member report the usual saving in cash, up to the treasurer's card."""
    await begin_report(ground)
    await ground.member.tap(button("cash"))
    await hears(ground.member, "saving.confirm")
    await ground.member.tap(button("confirm"))
    await hears(ground.member, "saving.written_down")
    await hears(ground.treasurer, "deposit.waiting")


async def begin_report(ground: Ground) -> None:
    """Let the member come as far as the question how she paid."""
    await ground.member.say("/menu")
    await hears(ground.member, "common.menu_of_group")
    await ground.member.press(button("menu_save"))
    await hears(ground.member, "saving.amount")
    await ground.member.tap(toman(500_000))
    await hears(ground.member, "saving.way")


@pytest.fixture
async def sim() -> AsyncIterator[Simulator]:
    async with Simulator.running() as running:
        yield running


@pytest.fixture
async def ground(sim: Simulator, sqlite_url: str) -> Ground:
    scene = Scene(sim, sqlite_url, "polling", NamedTexts(), datetime.now(UTC))
    people = await settle(scene, "telegram")
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    return Ground(sim, file, settings_for(sim, sqlite_url), people.member.phone, people.treasurer.phone)
