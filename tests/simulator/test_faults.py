"""Trouble on request."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import aiohttp
import pytest
from telegram.error import NetworkError, RetryAfter, TimedOut

from simulator import Flavour, PhoneInHand, Simulator
from simulator.faults import BlockedByUser, Broken, LostAnswer, Silence, TooMany
from tests.simulator.conftest import bot_of
from tests.simulator.raw import call


async def send(sim: Simulator, flavour: str, text: str) -> tuple[int, str]:
    answer = await call(sim, flavour, "sendMessage", chat_id=1001, text=text)
    return answer.status, answer.text


async def test_too_many_requests(
    sim: Simulator, maryam: PhoneInHand, zahra: PhoneInHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    await maryam.start()
    await zahra.start()
    sim.faults.order(TooMany(7), Flavour.TELEGRAM, times=1)
    async with bot_of(sim, "telegram") as bot:
        with pytest.raises(RetryAfter) as caught:
            await bot.send_message(1001, "یک")
        assert caught.value.retry_after == timedelta(seconds=7)
        await bot.send_message(1001, "دو")
    sim.faults.order(TooMany(), Flavour.BALE)
    sim.faults.order(TooMany(plain=True), Flavour.BALE)
    assert (await send(sim, "bale", "یک"))[0] == 429
    assert await send(sim, "bale", "دو") == (429, "local_rate_limited")
    assert (await send(sim, "bale", "سه"))[0] == 200


async def test_a_fault_hits_its_chat_and_its_methods_only(sim: Simulator, maryam: PhoneInHand) -> None:
    other = sim.phone("telegram", 1002, "Leila", "+989120000002")
    await maryam.start()
    await other.start()
    sim.faults.order(BlockedByUser(), Flavour.TELEGRAM, chat=1002, times=5)
    sim.faults.order(Broken(500), Flavour.TELEGRAM, methods=("getUpdates",))
    assert (await send(sim, "telegram", "یک"))[0] == 200
    assert (await call(sim, "telegram", "sendMessage", chat_id=1002, text="یک")).status == 403
    assert [(await call(sim, "telegram", "getUpdates")).status for _ in range(2)] == [500, 200]
    sim.faults.clear()
    assert (await call(sim, "telegram", "sendMessage", chat_id=1002, text="یک")).status == 200


async def test_a_fault_for_a_time(sim: Simulator, maryam: PhoneInHand) -> None:
    await maryam.start()
    sim.faults.order(Broken(), Flavour.TELEGRAM, seconds=0.15)
    assert [(await send(sim, "telegram", str(number)))[0] for number in range(2)] == [502, 502]
    loop = asyncio.get_running_loop()
    over = asyncio.Event()
    loop.call_later(0.2, over.set)
    await over.wait()
    assert (await send(sim, "telegram", "سه"))[0] == 200


async def test_silence_does_nothing_and_never_answers(sim: Simulator, maryam: PhoneInHand) -> None:
    await maryam.start()
    sim.faults.order(Silence(), Flavour.TELEGRAM)
    async with bot_of(sim, "telegram") as bot:
        with pytest.raises(TimedOut):
            await bot.send_message(1001, "یک", read_timeout=0.2)
    assert len(maryam.messages) == 1


async def test_the_answer_is_lost_after_the_message_arrived(sim: Simulator, maryam: PhoneInHand) -> None:
    await maryam.start()
    sim.faults.order(LostAnswer(), Flavour.TELEGRAM)
    async with bot_of(sim, "telegram") as bot:
        with pytest.raises(NetworkError):
            await bot.send_message(1001, "یک")
    assert (await maryam.hear("یک")).text == "یک"


async def test_latency(sim: Simulator, maryam: PhoneInHand) -> None:
    sim.faults.latency = 0.1
    loop = asyncio.get_running_loop()
    begun = loop.time()
    await call(sim, "telegram", "getMe")
    assert loop.time() - begun >= 0.1


async def test_faults_are_ordered_over_http(sim: Simulator, maryam: PhoneInHand) -> None:
    await maryam.start()
    order = {"flavour": "telegram", "kind": "too_many", "retry_after": 3, "times": 2}
    async with aiohttp.ClientSession(sim.address) as session:
        async with session.post("/api/faults", json=order) as ordered:
            assert ordered.status == 200
        assert (await send(sim, "telegram", "یک"))[0] == 429
        async with session.delete("/api/faults") as cleared:
            assert cleared.status == 200
        assert (await send(sim, "telegram", "دو"))[0] == 200
        async with session.post("/api/faults", json={"flavour": "telegram", "kind": "rain"}) as unknown:
            assert unknown.status == 400
