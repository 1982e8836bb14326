"""Cards change in place, pictures cross from one platform to the other."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial

import pytest
from sqlalchemy import update

from bot.delivery import Delivery
from bot.downloads import Downloads
from bot.platforms.bale import Bale
from bot.platforms.messenger import Messenger
from bot.platforms.telegram import Telegram
from domain.ids import PictureId, Platform
from domain.outgoing import Button, Inline
from simulator import PhoneInHand, Simulator
from storage.dispatch import PICTURE_TRIES
from storage.outbox import OutRow
from storage.pictures import (
    add_made_picture,
    add_picture,
    give_up_elsewhere,
    picture_of,
    postpone_picture,
    queued_pictures,
)
from storage.schema import outbox
from storage.units import Database
from tests.bot.conftest import NOON, Hand
from tests.bot.outgoing import drained, execute, put, said, states
from tests.simulator.pictures import png

CHAT = 1001


async def test_a_card_is_changed_in_place(
    sim: Simulator, delivery: Delivery, database: Database, hand: Hand, phone: PhoneInHand, row: OutRow
) -> None:
    card = row._replace(text="waiting", card="deposit:1", keyboard=Inline(((Button("ok", "1"),),)))
    await put(database, card)
    await delivery.once()
    await put(database, card._replace(action="edit", text="changing", keyboard=None))
    await put(database, card._replace(action="edit", text="confirmed", keyboard=None))
    await drained(delivery, database, hand)
    assert said(phone) == ["confirmed"]
    assert await states(database) == ["sent", "superseded", "sent"]
    assert not sim.violations


async def test_a_card_not_yet_said_is_said_in_its_newest_state(
    delivery: Delivery, database: Database, hand: Hand, phone: PhoneInHand, row: OutRow
) -> None:
    await put(database, row._replace(card="c"), row._replace(card="c", action="edit", text="newer"))
    await drained(delivery, database, hand)
    assert said(phone) == ["newer"]


async def test_a_card_that_cannot_be_changed_is_said_anew(
    delivery: Delivery, database: Database, hand: Hand, phone: PhoneInHand, row: OutRow
) -> None:
    await put(database, row._replace(card="c"))
    await delivery.once()
    await database.write(lambda conn: execute(conn, update(outbox).values(message_id=99_999)))
    await put(database, row._replace(card="c", action="edit", text="anew"))
    await drained(delivery, database, hand)
    assert said(phone) == ["hello", "anew"]


async def test_the_same_edit_twice_is_no_failure(
    delivery: Delivery, database: Database, hand: Hand, phone: PhoneInHand, row: OutRow
) -> None:
    await put(database, row._replace(card="c"))
    await delivery.once()
    await put(database, row._replace(card="c", action="edit"))
    await drained(delivery, database, hand)
    assert said(phone) == ["hello"]
    assert await states(database) == ["sent", "sent"]


async def test_a_made_picture_is_uploaded(
    sim: Simulator, delivery: Delivery, database: Database, hand: Hand, phone: PhoneInHand, row: OutRow
) -> None:
    made = await database.write(lambda conn: add_made_picture(conn, png(8, 8) + bytes(2 << 20), NOON))
    await put(database, row._replace(action="photo", picture_id=made, card="c"))
    await delivery.once()
    await put(database, row._replace(action="edit", card="c", text="changed"))
    await drained(delivery, database, hand)
    assert said(phone) == ["changed"]
    assert not sim.violations


async def test_a_text_made_here_is_uploaded_as_a_file(
    sim: Simulator, delivery: Delivery, database: Database, phone: PhoneInHand, row: OutRow
) -> None:
    made = await database.write(lambda conn: add_made_picture(conn, b"\xef\xbb\xbfrules", NOON))
    await put(database, row._replace(action="photo", picture_id=made))
    await delivery.once()
    file = phone.messages[-1].file
    assert file is not None
    assert (file.kind, file.name, file.content) == ("document", "text.txt", b"\xef\xbb\xbfrules")
    assert not sim.violations


@pytest.fixture
async def other_platform(sim: Simulator, flavour: str) -> AsyncIterator[Messenger]:
    kind, name = (Bale, "bale") if flavour == "telegram" else (Telegram, "telegram")
    made = kind(sim.token(name), sim.url(name))
    await made.bot.initialize()
    yield made
    await made.bot.shutdown()


async def sent_picture(sim: Simulator, database: Database, other: Messenger) -> PictureId:
    """A receipt that somebody sends on the other platform."""
    sender = sim.phone(other.platform, 2002, "Zahra", "+989121234568")
    await sender.send_picture(png(8, 8))
    (found,) = await other.updates(None)
    message = other.parse(found).message if isinstance(found, dict) else None
    assert message is not None
    file_id = message.photo[-1].file_id
    return await database.write(
        lambda conn: add_picture(conn, other.platform, file_id, NOON, as_document=False)
    )


async def test_a_picture_goes_over_to_the_other_platform(
    sim: Simulator,
    delivery: Delivery,
    database: Database,
    hand: Hand,
    phone: PhoneInHand,
    row: OutRow,
    other_platform: Messenger,
) -> None:
    picture = await sent_picture(sim, database, other_platform)
    await put(database, row._replace(action="photo", picture_id=picture))
    await delivery.once()
    assert said(phone) == []
    downloads = Downloads(database, {other_platform.platform: other_platform}, hand.machine(), delivery.wake)
    assert await downloads.once() == 1
    await drained(delivery, database, hand)
    assert said(phone) == ["hello"]
    assert not sim.violations


async def test_a_picture_that_does_not_come_is_not_waited_for_long(
    delivery: Delivery, database: Database, hand: Hand, phone: PhoneInHand, row: OutRow
) -> None:
    other = Platform.BALE if row.platform is Platform.TELEGRAM else Platform.TELEGRAM
    picture = await database.write(lambda conn: add_picture(conn, other, "lost", NOON, as_document=False))
    await put(database, row._replace(action="photo", picture_id=picture))
    for _ in range(PICTURE_TRIES):
        again = partial(postpone_picture, picture_id=picture, until=NOON, reason="not there")
        await database.write(again)
    await drained(delivery, database, hand)
    assert said(phone) == ["hello"]


async def test_a_picture_of_a_platform_that_is_not_served_is_given_up(database: Database) -> None:
    picture = await database.write(
        lambda conn: add_picture(conn, Platform.BALE, "x", NOON, as_document=False)
    )
    await database.write(lambda conn: give_up_elsewhere(conn, [Platform.TELEGRAM]))
    both = (Platform.TELEGRAM, Platform.BALE)
    assert await database.read(lambda conn: queued_pictures(conn, both, NOON, 9)) == ()
    assert (await database.read(lambda conn: picture_of(conn, picture))).sha256 is None
