"""Updates: fetched, acknowledged, repeated, pushed to a webhook."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from simulator import PhoneInHand, Simulator
from tests.simulator.raw import call
from tests.simulator.raw import field as at


@dataclass
class Hook:
    """A bot's address that answers as it is told and keeps what it got."""

    answers: list[int]
    got: asyncio.Queue[tuple[int, str | None]] = field(default_factory=asyncio.Queue)
    url: str = ""

    async def take(self, request: web.Request) -> web.Response:
        body = await request.json()
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        await self.got.put((body["update_id"], secret))
        return web.Response(status=self.answers.pop(0) if self.answers else 200)


@asynccontextmanager
async def hook(*answers: int) -> AsyncIterator[Hook]:
    made = Hook(list(answers))
    app = web.Application()
    app.router.add_post("/hook", made.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    try:
        yield made
    finally:
        await runner.cleanup()


async def ids(sim: Simulator, flavour: str, **fields: int) -> list[object]:
    result = (await call(sim, flavour, "getUpdates", **fields)).result
    assert isinstance(result, list)
    return [at(update, "update_id") for update in result]


async def test_updates_wait_until_they_are_acknowledged(sim: Simulator, maryam: PhoneInHand) -> None:
    for text in ("یک", "دو", "سه"):
        await maryam.say(text)
    first = 880_000_001
    assert await ids(sim, "telegram") == [first, first + 1, first + 2]
    assert await ids(sim, "telegram", limit=1) == [first]
    assert await ids(sim, "telegram", offset=first + 1) == [first + 1, first + 2]
    assert await ids(sim, "telegram", offset=-1) == [first + 2]
    assert await ids(sim, "telegram", offset=first + 3) == []


async def test_a_poll_waits_for_the_next_update(sim: Simulator, maryam: PhoneInHand) -> None:
    poll = asyncio.create_task(ids(sim, "telegram", timeout=20))
    await call(sim, "telegram", "getMe")
    await maryam.say("سلام")
    assert await poll == [880_000_001]


async def test_a_second_poll_ends_the_first(sim: Simulator, maryam: PhoneInHand) -> None:
    first = asyncio.create_task(call(sim, "telegram", "getUpdates", timeout=20))
    await call(sim, "telegram", "getMe")
    second = asyncio.create_task(call(sim, "telegram", "getUpdates", timeout=20))
    assert (await first).status == 409
    await maryam.say("سلام")
    assert (await second).status == 200


async def test_bale_counts_from_zero_and_repeats_when_asked(sim: Simulator, zahra: PhoneInHand) -> None:
    await zahra.say("سلام")
    assert await ids(sim, "bale") == [0]
    assert await ids(sim, "bale", offset=1) == []
    sim.repeat_last_update("bale")
    assert await ids(sim, "bale", offset=1) == [0]
    assert await ids(sim, "bale", offset=1) == []


async def test_only_the_kinds_that_were_asked_for(sim: Simulator, maryam: PhoneInHand) -> None:
    await call(sim, "telegram", "getUpdates", allowed_updates=["message"])
    await maryam.say("سلام")
    await maryam.block()
    assert len(await ids(sim, "telegram")) == 1


async def test_a_webhook_gets_updates_again_until_it_takes_them(sim: Simulator, maryam: PhoneInHand) -> None:
    async with hook(500, 302, 200) as address:
        await call(sim, "telegram", "setWebhook", url=address.url, secret_token="s3cret")
        await maryam.say("یک")
        await maryam.say("دو")
        got = [await address.got.get() for _ in range(4)]
        one, two = (880_000_001, "s3cret"), (880_000_002, "s3cret")
        assert got == [one, one, one, two]
        info = (await call(sim, "telegram", "getWebhookInfo")).result
        assert at(info, "url") == address.url
        assert "302" in str(at(info, "last_error_message"))
        assert (await call(sim, "telegram", "getUpdates")).status == 409
        await call(sim, "telegram", "deleteWebhook")
        await maryam.say("سه")
        assert await ids(sim, "telegram") == [880_000_003]


async def test_bale_sends_no_secret_and_drops_nothing(sim: Simulator, zahra: PhoneInHand) -> None:
    await zahra.say("سلام")
    await call(sim, "bale", "deleteWebhook", drop_pending_updates=True)
    async with hook() as address:
        await call(sim, "bale", "setWebhook", url=address.url, secret_token="s3cret")
        assert await address.got.get() == (0, None)
    assert [violation.rule for violation in sim.violations] == ["field", "field"]


async def test_telegram_drops_what_waits(sim: Simulator, maryam: PhoneInHand) -> None:
    await maryam.say("سلام")
    await call(sim, "telegram", "deleteWebhook", drop_pending_updates=True)
    assert await ids(sim, "telegram") == []


@pytest.mark.parametrize("url", ["http://bot.example/hook", "https://bot.example:8080/hook"])
async def test_a_webhook_needs_https_and_a_known_port(sim: Simulator, url: str) -> None:
    assert (await call(sim, "telegram", "setWebhook", url=url)).status == 400
