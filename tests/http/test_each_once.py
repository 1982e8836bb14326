"""What arrives twice, late or from the wrong hand counts once, or not at all, and is answered kindly."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import func, select

from simulator.faults import LostAnswer
from simulator.messages import Message
from storage.schema import deposit, entry
from tests.http.scene import Scene
from tests.http.someone import Someone
from tests.http.village import Village, settle


@pytest.fixture
async def village(scene: Scene) -> AsyncIterator[Village]:
    """The treasurer is on Telegram where updates are polled, and on Bale where they are brought."""
    made = await settle(scene, "telegram" if scene.mode == "polling" else "bale")
    async with scene.running():
        for someone in (made.member, made.treasurer, made.chair):
            await someone.opens_menu()
        yield made


async def counted(scene: Scene) -> tuple[int, int]:
    """How many deposits and how many entries there are."""
    deposits, entries = (select(func.count()).select_from(table) for table in (deposit, entry))
    return await scene.read(
        lambda conn: (conn.execute(deposits).scalar_one(), conn.execute(entries).scalar_one())
    )


def shown(someone: Someone, name: str) -> int:
    return someone.names.count(name)


def tap_with(someone: Someone, data: str, on: Message) -> None:
    """Tap a button that stands in somebody else's chat, as only a program can."""
    hand = someone.phone
    hand._messenger.ask(hand._chat, on, data)


async def test_an_update_delivered_twice(scene: Scene, village: Village) -> None:
    await village.report()
    scene.sim.repeat_last_update(village.member.phone.phone.flavour)
    card = await village.treasurer.hears("deposit.waiting")
    await village.treasurer.taps("confirm_deposit", "deposit.confirmed", card)
    scene.sim.repeat_last_update(village.treasurer.phone.phone.flavour)
    for someone in (village.member, village.treasurer):
        await someone.opens_menu()
        assert "common.already_answered" not in someone.names
    assert await counted(scene) == (1, 1)
    assert shown(village.member, "saving.written_down") == 1
    assert shown(village.member, "saving.receipt_slip") == 1


async def test_a_tap_repeated(scene: Scene, village: Village) -> None:
    await village.report()
    card = await village.treasurer.hears("deposit.waiting")
    await village.treasurer.phone.tap(village.treasurer.texts.button("confirm_deposit"), card)
    await village.treasurer.phone.tap(village.treasurer.texts.button("confirm_deposit"), card)
    await village.treasurer.hears("common.already_answered")
    await village.treasurer.opens_menu()
    await village.member.hears("saving.receipt_slip")
    await village.member.opens_menu()
    assert await counted(scene) == (1, 1)
    assert shown(village.member, "saving.receipt_slip") == 1


async def test_a_stale_card_shows_how_things_stand(scene: Scene, village: Village) -> None:
    await village.report()
    card = await village.treasurer.hears("deposit.waiting")
    await village.treasurer.taps("not_received", "not_received.reason", card)
    await village.treasurer.says("هنوز به دستم نرسیده", "not_received.confirm")
    await village.treasurer.taps("confirm", "deposit.refused")
    await village.member.hears("deposit.not_received")
    await village.treasurer.taps("confirm_deposit", "common.already_answered", card)
    await village.treasurer.opens_menu()
    assert "deposit.refused" in village.treasurer.names
    assert await counted(scene) == (1, 0)


async def test_a_tap_from_another_hand(scene: Scene, village: Village) -> None:
    await village.report()
    card = await village.treasurer.hears("deposit.waiting")
    data = card.inline_rows[0][0].data
    assert data is not None
    for someone in (village.member, village.chair):
        own = await someone.opens_menu()
        tap_with(someone, data, own)
        await someone.hears("common.foreign_button")
    assert await counted(scene) == (1, 0)
    await village.treasurer.taps("confirm_deposit", "deposit.confirmed", card)
    await village.member.hears("saving.receipt_slip")
    assert await counted(scene) == (1, 1)


async def test_the_platform_forgets_that_a_message_arrived(scene: Scene, village: Village) -> None:
    """What was carried out and not acknowledged is said again rather than lost; the books know it once."""
    await village.report()
    card = await village.treasurer.hears("deposit.waiting")
    flavour = village.member.phone.phone.flavour
    scene.sim.faults.order(LostAnswer(), flavour, methods=("sendMessage",))
    await village.treasurer.taps("confirm_deposit", "deposit.confirmed", card)
    await village.member.hears("saving.receipt_slip")
    assert await counted(scene) == (1, 1)
