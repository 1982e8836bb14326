"""A full disk, a locked file, a lost server, an hour's trouble of a platform: service goes on, told once."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.delivery import Delivery
from bot.platforms.telegram import Telegram
from bot.sending import Sender
from bot.wiring import RunningBot
from domain.ids import Platform
from simulator import Simulator
from simulator.faults import Broken, Fault, Silence
from simulator.flavours import Flavour
from storage.migrate import migrate
from storage.outbox import OutRow, enqueue
from storage.units import Database
from tests.bot.conftest import NOON, Hand
from tests.bot.outgoing import said, states
from tests.crash.server import own_server
from tests.crash.worker import moment
from tests.http.scene import Scene
from tests.http.texts import NamedTexts
from tests.http.village import Village, settle

LONG = "بله " * 1000  # more than fits a page of the file


@pytest.fixture
async def scene(sqlite_url: str) -> AsyncIterator[Scene]:
    async with Simulator.running(redeliver_after=0.01) as sim:
        yield Scene(sim, sqlite_url, "polling", NamedTexts())


@pytest.fixture
async def village(scene: Scene) -> Village:
    return await settle(scene, "telegram")


async def pragma(bot: RunningBot, words: str) -> int:
    """Set or ask something of the connection that writes."""
    return int((await bot.database.write(lambda conn: conn.exec_driver_sql(f"PRAGMA {words}").scalar())) or 0)


async def until_in_trouble(bot: RunningBot, platform: Platform) -> None:
    """Wait until intake has seen that it cannot store."""
    while bot.pulse.troubles[platform] is None:
        await moment(0.01)


async def test_a_full_disk(scene: Scene, village: Village) -> None:
    member = village.member
    async with scene.running() as bot:
        await member.opens_menu()
        full = await pragma(bot, "page_count")
        await pragma(bot, f"max_page_count = {full}")
        await member.phone.say(LONG)
        await member.phone.press(member.texts.button("menu_save"))
        await until_in_trouble(bot, Platform.BALE)
        assert "saving.amount" not in member.names
        await pragma(bot, "max_page_count = 1000000")
        await finish_saving(village)
    assert_each_once(village)


async def test_a_file_locked_by_somebody_else(scene: Scene, village: Village) -> None:
    member = village.member
    other = sqlite3.connect(scene.database_url.removeprefix("sqlite:///"), isolation_level=None)
    async with scene.running() as bot:
        await member.opens_menu()
        await pragma(bot, "busy_timeout = 10")
        other.execute("BEGIN EXCLUSIVE")
        await member.phone.press(member.texts.button("menu_save"))
        await until_in_trouble(bot, Platform.BALE)
        assert "saving.amount" not in member.names
        other.execute("ROLLBACK")
        await finish_saving(village)
    other.close()
    assert_each_once(village)


async def test_a_server_that_is_gone() -> None:
    """PostgreSQL is away until the bot has noticed; what was pressed meanwhile is answered in the end."""
    async with own_server() as server, Simulator.running(redeliver_after=0.01) as sim:
        url = server.fresh()
        await asyncio.to_thread(migrate, url)
        scene = Scene(sim, url, "polling", NamedTexts())
        village = await settle(scene, "telegram")
        member = village.member
        async with scene.running() as bot:
            await member.opens_menu()
            await server.crash()
            await member.phone.press(member.texts.button("menu_save"))
            await until_in_trouble(bot, Platform.BALE)
            assert "saving.amount" not in member.names
            await server.come_back()
            await finish_saving(village)
        assert_each_once(village)


async def finish_saving(village: Village) -> None:
    """Go on from what was pressed in the time of trouble, up to the receipt."""
    member = village.member
    amount = await member.hears("saving.amount")
    await member.taps(amount.buttons[0], "saving.way", amount)
    await member.taps("cash", "saving.confirm")
    await member.taps("confirm", "saving.written_down")
    card = await village.treasurer.hears("deposit.waiting")
    await village.treasurer.taps("confirm_deposit", "deposit.confirmed", card)
    await member.hears("saving.receipt_slip")


def assert_each_once(village: Village) -> None:
    for name in (
        "saving.amount",
        "saving.way",
        "saving.confirm",
        "saving.written_down",
        "saving.receipt_slip",
    ):
        assert village.member.names.count(name) == 1, village.member.names


@pytest.mark.parametrize("fault", [Broken(504), Silence()])
@pytest.mark.parametrize("chance", [0.0, 1.0])
async def test_a_platform_in_trouble_for_an_hour(
    database: Database, monkeypatch: pytest.MonkeyPatch, fault: Fault, chance: float
) -> None:
    """Whoever waits for a receipt gets it when the platform is well again, once."""
    hand = Hand()
    monkeypatch.setattr("bot.platforms.request.READ_SECONDS", 0.05)  # how long it bears with silence
    async with Simulator.running() as sim:
        phone = sim.phone("telegram", 1001, "Maryam", "+989121234567")
        phone.let_bot_write()
        telegram = Telegram(sim.token("telegram"), sim.url("telegram"))
        await telegram.bot.initialize()
        machine = replace(hand.machine(), chance=lambda: chance)
        delivery = Delivery(telegram, Sender(telegram, database, machine), database, machine, "worker")
        sim.faults.order(fault, Flavour.TELEGRAM, times=None)
        row = OutRow(Platform.TELEGRAM, 1001, 0, "send", "receipt", NOON)
        await database.write(lambda conn: enqueue(conn, [row]))
        await _deliver_for(delivery, hand, timedelta(hours=1))
        assert said(phone) == []
        sim.faults.clear()
        monkeypatch.undo()
        await _deliver_for(delivery, hand, timedelta(minutes=10))
        await telegram.bot.shutdown()
    assert said(phone) == ["receipt"]
    assert await states(database) == ["sent"]


async def _deliver_for(delivery: Delivery, hand: Hand, time: timedelta) -> None:
    until = hand.time + time
    while hand.time < until:
        await delivery.once()
        hand.time += timedelta(minutes=1)
