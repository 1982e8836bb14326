"""What stands in the outbox reaches its phone, in order, once, or is given up with a reason."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, Executable, insert, select, update

from bot.delivery import Delivery
from bot.downloads import Downloads
from bot.platforms.bale import Bale
from bot.platforms.messenger import Messenger
from bot.platforms.telegram import Telegram
from bot.sending import Sender
from domain.ids import PictureId, Platform
from simulator import PhoneInHand, Simulator
from simulator.faults import Broken, Fault, LostAnswer, TooMany
from simulator.flavours import Flavour
from storage.dispatch import claim
from storage.outbox import REMINDER, OutRow, enqueue
from storage.pictures import add_made_picture, add_picture
from storage.schema import account, outbox
from storage.units import Database
from tests.bot.conftest import NOON, Hand
from tests.simulator.pictures import png
from texts.outgoing import Button, Inline, Menu

CHAT = 1001


@pytest.fixture
async def delivery(messenger: Messenger, database: Database, hand: Hand, phone: PhoneInHand) -> Delivery:
    await phone.start()
    machine = hand.machine()
    return Delivery(messenger, Sender(messenger, database, machine), database, machine, "worker")


@pytest.fixture
def row(messenger: Messenger) -> OutRow:
    return OutRow(messenger.platform, CHAT, 0, "send", "hello", NOON)


def execute(conn: Connection, statement: Executable) -> None:
    conn.execute(statement)


async def put(database: Database, *rows: OutRow) -> int:
    return await database.write(lambda conn: enqueue(conn, rows))


async def states(database: Database) -> list[str]:
    def read(conn: Connection) -> list[str]:
        return [row.state for row in conn.execute(select(outbox.c.state).order_by(outbox.c.id))]

    return await database.read(read)


def said(phone: PhoneInHand) -> list[str]:
    return [message.text for message in phone.messages if message.from_bot]


async def drained(delivery: Delivery, database: Database, hand: Hand) -> None:
    """Deliver until nothing waits, letting time pass between the looks."""
    for _ in range(30):
        await delivery.once()
        if not {"waiting", "sending"} & set(await states(database)):
            return
        hand.time += timedelta(minutes=5)
    raise AssertionError(await states(database))


async def test_a_chat_hears_everything_in_order(
    sim: Simulator, delivery: Delivery, database: Database, hand: Hand, phone: PhoneInHand, row: OutRow
) -> None:
    await put(database, *(replace(row, text=f"line {number}") for number in range(6)))
    await drained(delivery, database, hand)
    assert said(phone) == [f"line {number}" for number in range(6)]
    assert not sim.violations


async def test_emphasis_and_keyboards_arrive(
    sim: Simulator, delivery: Delivery, database: Database, hand: Hand, phone: PhoneInHand, row: OutRow
) -> None:
    buttons = Inline(((Button("yes", "y"), Button("no", "n")),))
    await put(
        database, replace(row, text="a *b* <c>", keyboard=buttons), replace(row, keyboard=Menu((("m",),)))
    )
    await drained(delivery, database, hand)
    assert phone.keyboard == (("m",),)
    assert not sim.violations


async def test_reminders_let_replies_pass(
    delivery: Delivery, database: Database, hand: Hand, phone: PhoneInHand, row: OutRow
) -> None:
    await put(database, replace(row, text="reminder", priority=REMINDER), replace(row, text="reply"))
    await drained(delivery, database, hand)
    assert said(phone) == ["reply", "reminder"]


async def test_a_notice_with_a_known_key_is_passed_over(database: Database, row: OutRow) -> None:
    assert await put(database, replace(row, key="k"), replace(row, key="k")) == 1
    assert await put(database, replace(row, key="k")) == 0


@pytest.mark.parametrize("fault", [TooMany(3), TooMany(), Broken(502)])
async def test_what_the_platform_cannot_take_now_is_said_later(
    *,
    sim: Simulator,
    flavour: str,
    delivery: Delivery,
    database: Database,
    hand: Hand,
    phone: PhoneInHand,
    row: OutRow,
    fault: Fault,
) -> None:
    sim.faults.order(fault, Flavour(flavour))
    await put(database, row, replace(row, text="second"))
    await delivery.once()
    assert said(phone) == []
    await drained(delivery, database, hand)
    assert said(phone) == ["hello", "second"]


async def test_plain_text_of_bales_rate_limit_is_understood(
    sim: Simulator,
    flavour: str,
    delivery: Delivery,
    database: Database,
    hand: Hand,
    phone: PhoneInHand,
    row: OutRow,
) -> None:
    sim.faults.order(TooMany(plain=flavour == "bale"), Flavour(flavour))
    await put(database, replace(row, priority=REMINDER))
    await drained(delivery, database, hand)
    assert said(phone) == ["hello"]


async def test_a_reply_whose_answer_was_lost_is_said_again(
    sim: Simulator,
    flavour: str,
    delivery: Delivery,
    database: Database,
    hand: Hand,
    phone: PhoneInHand,
    row: OutRow,
) -> None:
    sim.faults.order(LostAnswer(), Flavour(flavour))
    await put(database, row)
    await drained(delivery, database, hand)
    assert said(phone) == ["hello", "hello"]


async def test_a_reminder_whose_answer_was_lost_is_not(
    sim: Simulator,
    flavour: str,
    delivery: Delivery,
    database: Database,
    hand: Hand,
    phone: PhoneInHand,
    row: OutRow,
) -> None:
    sim.faults.order(LostAnswer(), Flavour(flavour))
    await put(database, replace(row, priority=REMINDER))
    await drained(delivery, database, hand)
    assert said(phone) == ["hello"]
    assert await states(database) == ["uncertain"]


async def test_who_blocked_the_bot_is_noted_and_not_written_to(
    delivery: Delivery, database: Database, hand: Hand, phone: PhoneInHand, row: OutRow
) -> None:
    person = {"platform": row.platform, "user_id": CHAT, "chat_id": CHAT, "created_at": NOON}
    await database.write(lambda conn: execute(conn, insert(account).values(person)))
    await phone.block()
    await put(database, row, replace(row, text="second"))
    await delivery.once()
    assert await states(database) == ["given_up", "given_up"]
    noted = await database.read(lambda conn: conn.execute(select(account.c.unreachable_since)).scalar())
    assert noted == hand.time


async def test_a_worker_that_died_after_claiming_is_replaced(
    delivery: Delivery, database: Database, hand: Hand, phone: PhoneInHand, row: OutRow
) -> None:
    await put(database, row)
    until = hand.time + timedelta(seconds=90)
    claimed = await database.write(lambda conn: claim(conn, row.platform, "dead", hand.time, until, 10))
    assert len(claimed) == 1
    await delivery.once()
    assert said(phone) == []
    hand.time = until
    await delivery.once()
    assert said(phone) == ["hello"]


async def test_a_reminder_found_in_the_middle_of_its_sending_is_left_alone(
    delivery: Delivery, database: Database, hand: Hand, phone: PhoneInHand, row: OutRow
) -> None:
    await put(database, replace(row, priority=REMINDER))
    await database.write(lambda conn: execute(conn, update(outbox).values(state="sending")))
    await drained(delivery, database, hand)
    assert said(phone) == []
    assert await states(database) == ["uncertain"]


async def test_a_card_is_changed_in_place(
    sim: Simulator, delivery: Delivery, database: Database, hand: Hand, phone: PhoneInHand, row: OutRow
) -> None:
    card = replace(row, text="waiting", card="deposit:1", keyboard=Inline(((Button("ok", "1"),),)))
    await put(database, card)
    await delivery.once()
    await put(database, replace(card, action="edit", text="changing", keyboard=None))
    await put(database, replace(card, action="edit", text="confirmed", keyboard=None))
    await drained(delivery, database, hand)
    assert said(phone) == ["confirmed"]
    assert await states(database) == ["sent", "superseded", "sent"]
    assert not sim.violations


async def test_a_card_not_yet_said_is_said_in_its_newest_state(
    delivery: Delivery, database: Database, hand: Hand, phone: PhoneInHand, row: OutRow
) -> None:
    await put(database, replace(row, card="c"), replace(row, card="c", action="edit", text="newer"))
    await drained(delivery, database, hand)
    assert said(phone) == ["newer"]


async def test_a_card_that_cannot_be_changed_is_said_anew(
    delivery: Delivery, database: Database, hand: Hand, phone: PhoneInHand, row: OutRow
) -> None:
    await put(database, replace(row, card="c"))
    await delivery.once()
    await database.write(lambda conn: execute(conn, update(outbox).values(message_id=99_999)))
    await put(database, replace(row, card="c", action="edit", text="anew"))
    await drained(delivery, database, hand)
    assert said(phone) == ["hello", "anew"]


async def test_the_same_edit_twice_is_no_failure(
    delivery: Delivery, database: Database, hand: Hand, phone: PhoneInHand, row: OutRow
) -> None:
    await put(database, replace(row, card="c"))
    await delivery.once()
    await put(database, replace(row, card="c", action="edit"))
    await drained(delivery, database, hand)
    assert said(phone) == ["hello"]
    assert await states(database) == ["sent", "sent"]


async def test_a_made_picture_is_uploaded(
    sim: Simulator, delivery: Delivery, database: Database, hand: Hand, phone: PhoneInHand, row: OutRow
) -> None:
    made = await database.write(lambda conn: add_made_picture(conn, png(8, 8), NOON))
    await put(database, replace(row, action="photo", picture_id=made, card="c"))
    await delivery.once()
    await put(database, replace(row, action="edit", card="c", text="changed"))
    await drained(delivery, database, hand)
    assert said(phone) == ["changed"]
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
    await put(database, replace(row, action="photo", picture_id=picture))
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
    await put(database, replace(row, action="photo", picture_id=picture))
    await drained(delivery, database, hand)
    assert said(phone) == ["hello"]
