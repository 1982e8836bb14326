"""The whole edge against a real server on the loopback, on both platforms and both databases."""

from __future__ import annotations

import socket

import aiohttp
import pytest

from domain.ids import Platform
from simulator import PhoneInHand, Simulator
from tests.bot.conftest import Echo, Start


async def test_polling_answers_each_update_once(sim: Simulator, phone: PhoneInHand, start: Start) -> None:
    async with start():
        await phone.say("hello")
        await phone.hear("echo hello")
        await phone.say("again")
        await phone.hear("echo again")
    assert [message.text for message in phone.messages if message.from_bot] == ["echo hello", "echo again"]
    assert not sim.violations


async def test_a_repeated_update_changes_nothing(
    sim: Simulator, flavour: str, phone: PhoneInHand, start: Start
) -> None:
    async with start():
        await phone.say("once")
        await phone.hear("echo once")
        sim.repeat_last_update(flavour)
        await phone.say("next")
        await phone.hear("echo next")
    assert [message.text for message in phone.messages if message.from_bot] == ["echo once", "echo next"]


async def test_what_came_while_the_bot_was_away_is_answered(phone: PhoneInHand, start: Start) -> None:
    await phone.say("early")
    async with start():
        await phone.hear("echo early")
    await phone.say("between")
    async with start():
        await phone.hear("echo between")


async def test_a_failing_update_is_apologised_for_and_the_chat_goes_on(
    phone: PhoneInHand, start: Start
) -> None:
    async with start():
        await phone.say("break")
        await phone.say("after")
        await phone.hear("sorry")
        await phone.hear("echo after")
    assert [message.text for message in phone.messages if message.from_bot] == ["sorry", "echo after"]


async def test_one_platform_out_of_reach_does_not_stop_the_other(sim: Simulator, start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        nowhere = f"http://127.0.0.1:{closed.getsockname()[1]}"
    phone = sim.phone("bale", 7, "Zahra", "+989121234568")
    async with start(telegram_api_url=nowhere) as bot:
        await phone.say("hello")
        await phone.hear("echo hello")
        assert bot.pulse.troubles[Platform.TELEGRAM] is not None
        assert bot.pulse.troubles[Platform.BALE] is None


async def test_webhook_brings_updates_too(
    sim: Simulator, phone: PhoneInHand, start: Start, free_port: int
) -> None:
    address = f"127.0.0.1:{free_port}"
    async with start(mode="webhook", webhook_url=f"http://{address}", listen=address):
        await phone.say("hello")
        await phone.hear("echo hello")
    assert not sim.violations


async def test_webhook_turns_strangers_away(start: Start, free_port: int) -> None:
    address = f"127.0.0.1:{free_port}"
    async with (
        start(mode="webhook", webhook_url=f"http://{address}", listen=address),
        aiohttp.ClientSession() as anybody,
        anybody.post(f"http://{address}/telegram/guess", json={"update_id": 1}) as answer,
    ):
        assert answer.status == 404


async def test_health_tells_how_things_stand(start: Start) -> None:
    async with (
        start() as bot,
        aiohttp.ClientSession() as anybody,
        anybody.get(f"{bot.address}/healthz") as answer,
    ):
        report = await answer.json()
    assert report["database"] == "ok"
    assert set(report["platforms"]) == {"telegram", "bale"}


async def test_the_bots_names_are_learnt(sim: Simulator, start: Start) -> None:
    async with start() as bot:
        names = bot.installation.usernames
    assert set(names) == {Platform.TELEGRAM, Platform.BALE}


async def test_ticks_begin_at_once(start: Start, echo: Echo) -> None:
    async with start() as bot:
        await bot.schedule.tick()
    assert echo.ticks


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    return port
