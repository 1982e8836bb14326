"""Backup, restore and move at the command line, while the bot runs; and stopping while much is to be done."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

from bot.wiring import STOP_SECONDS
from simulator.faults import Silence
from simulator.flavours import Flavour
from tests.http.wording import button
from tests.process.conftest import Ground, hears, report
from tests.process.program import bot, running

PROMISED_SECONDS = 5  # on a machine that has nothing else to do
PATIENCE = 30
MANY = 20
WAITING = "SELECT 1 FROM outbox WHERE state = 'waiting'"


async def test_a_backup_of_a_running_bot_is_restored_and_moved(
    ground: Ground, tmp_path: Path, empty_postgresql_url: str
) -> None:
    kept = tmp_path / "kept"
    async with running(ground.settings):
        await report(ground)
        await ground.treasurer.tap(button("confirm_deposit"))
        await hears(ground.member, "saving.receipt_slip")
        taken = await bot(ground.settings, "backup", str(kept))
        again = await bot(ground.settings, "backup", str(kept))
        over = await bot(ground.settings, "restore", str(kept))
    assert taken.out.splitlines()[0] == "backup: 1 groups, 1 entries, all in order"
    assert (taken.code, again.code, over.code) == (0, 2, 2)
    assert "overwritten" in again.err
    assert "not empty" in over.err
    elsewhere = ground.settings | {"BOT_DATABASE_URL": f"sqlite:///{tmp_path / 'new' / 'books.sqlite'}"}
    restored = await bot(elsewhere, "restore", str(kept))
    assert (restored.code, restored.out) == (0, "restore: 1 groups, 1 entries, all in order\n")
    moved = await bot(elsewhere, "move", "--to", empty_postgresql_url)
    assert moved.out.splitlines()[0] == "move: 1 groups, 1 entries, all in order"
    there = ground.settings | {"BOT_DATABASE_URL": empty_postgresql_url}
    assert (await bot(there, "verify", "--heads", f"{kept}.heads")).code == 0


async def test_stopped_in_order_under_load(ground: Ground) -> None:
    """Nothing can be said, much comes in: what was not answered is answered after the next start."""
    async with running(ground.settings) as process:
        for flavour in Flavour:
            ground.sim.faults.order(Silence(), flavour, methods=("sendMessage",), times=None)
        for _ in range(MANY):
            await ground.member.say("/menu")
            await ground.treasurer.say("/menu")
        await until_waiting(ground)
        process.terminate()
        async with asyncio.timeout(PATIENCE):
            assert await process.wait() == 0
    ground.sim.faults.clear()
    async with running(ground.settings):
        await hears(ground.member, "common.menu_of_group")
        await hears(ground.treasurer, "common.menu_of_group")


def test_the_waits_at_the_end_leave_a_second_of_what_is_promised() -> None:
    """First the updates in work are waited for, then the messages on the way; the pages end meanwhile."""
    assert 2 * STOP_SECONDS + 1 <= PROMISED_SECONDS


async def until_waiting(ground: Ground) -> None:
    """Wait until answers stand in the file."""
    connection = sqlite3.connect(ground.file)
    try:
        async with asyncio.timeout(30):
            while not connection.execute(WAITING).fetchone():  # noqa: ASYNC110 the file rings no bell
                await asyncio.sleep(0.02)
    finally:
        connection.close()
