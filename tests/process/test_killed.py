"""Killed at whichever instruction: nothing is lost, nothing counts twice, and the talk goes on."""

from __future__ import annotations

import asyncio
import sqlite3

import pytest

from simulator.faults import Broken, Fault, Silence
from simulator.flavours import Flavour
from tests.http.wording import button, said
from tests.process.conftest import Ground, begin_report, hears, report
from tests.process.program import bot, kill, running

SPEAKING = ("sendMessage", "editMessageText", "sendPhoto")


def broken_rules(ground: Ground) -> list[str]:
    """What the bot did wrong; a tap whose wheel turned on while the bot was dead is no fault of it."""
    return [one.detail for one in ground.sim.violations if one.rule != "unanswered"]


def look(ground: Ground, question: str) -> int:
    """Ask the database file beside the bot for one number."""
    connection = sqlite3.connect(ground.file)
    try:
        (number,) = connection.execute(question).fetchone()
    finally:
        connection.close()
    return int(number)


async def until_booked(ground: Ground) -> None:
    """Wait until the entry stands in the file."""
    async with asyncio.timeout(30):
        while look(ground, "SELECT count(*) FROM entry") == 0:  # noqa: ASYNC110 the file rings no bell
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("fault", [Silence(), Broken()], ids=["silent", "broken"])
async def test_killed_between_commit_and_sending(ground: Ground, fault: Fault) -> None:
    async with running(ground.settings) as process:
        await report(ground)
        for flavour in Flavour:
            ground.sim.faults.order(fault, flavour, methods=SPEAKING, times=None)
        await ground.treasurer.tap(button("confirm_deposit"))
        await until_booked(ground)
        await kill(process)
    assert look(ground, "SELECT count(*) FROM outbox WHERE state = 'waiting'") >= 2
    assert said("saving.receipt_slip") not in ground.member.last.text
    ground.sim.faults.clear()
    async with running(ground.settings):
        await hears(ground.member, "saving.receipt_slip")
        await hears(ground.treasurer, "deposit.confirmed")
        await ground.member.say("/menu")
        await hears(ground.member, "common.menu_of_group")
    assert look(ground, "SELECT count(*) FROM entry") == 1
    receipts = [message for message in ground.member.messages if said("saving.receipt_slip") in message.text]
    assert len(receipts) == 1
    assert not broken_rules(ground)
    assert (await bot(ground.settings, "verify")).code == 0


async def test_killed_in_the_middle_of_a_talk(ground: Ground) -> None:
    async with running(ground.settings) as process:
        await begin_report(ground)
        await kill(process)
    await ground.member.tap(button("cash"))
    async with running(ground.settings):
        await hears(ground.member, "saving.confirm")
        await ground.member.tap(button("confirm"))
        await hears(ground.member, "saving.written_down")
        await hears(ground.treasurer, "deposit.waiting")
    assert look(ground, "SELECT count(*) FROM deposit") == 1
    assert not broken_rules(ground)


async def test_stopped_in_order_within_seconds(ground: Ground) -> None:
    async with running(ground.settings) as process:
        await ground.member.say("/menu")
        await hears(ground.member, "common.menu_of_group")
        process.terminate()
        async with asyncio.timeout(5):
            assert await process.wait() == 0
