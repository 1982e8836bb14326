"""What stands in the outbox reaches its phone, in order, once, or is given up with a reason."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from bot.delivery import Delivery
from bot.platforms.messenger import Messenger
from bot.sending import Sender
from domain.outgoing import Button, Inline, Menu
from simulator import PhoneInHand, Simulator
from simulator.faults import Broken, Fault, LostAnswer, TooMany
from simulator.flavours import Flavour
from storage.dispatch import claim
from storage.outbox import REMINDER, OutRow
from storage.schema import account, outbox
from storage.units import Database
from tests.bot.conftest import NOON, Hand
from tests.bot.outgoing import drained, execute, put, said, states

CHAT = 1001


async def test_a_chat_hears_everything_in_order(
    sim: Simulator, delivery: Delivery, database: Database, hand: Hand, phone: PhoneInHand, row: OutRow
) -> None:
    await put(database, *(row._replace(text=f"line {number}") for number in range(6)))
    await drained(delivery, database, hand)
    assert said(phone) == [f"line {number}" for number in range(6)]
    assert not sim.violations


async def test_emphasis_and_keyboards_arrive(
    sim: Simulator, delivery: Delivery, database: Database, hand: Hand, phone: PhoneInHand, row: OutRow
) -> None:
    buttons = Inline(((Button("yes", "y"), Button("no", "n")),))
    await put(
        database, row._replace(text="a *b* <c>", keyboard=buttons), row._replace(keyboard=Menu((("m",),)))
    )
    await drained(delivery, database, hand)
    assert phone.keyboard == (("m",),)
    assert not sim.violations


async def test_reminders_let_replies_pass(
    delivery: Delivery, database: Database, hand: Hand, phone: PhoneInHand, row: OutRow
) -> None:
    await put(database, row._replace(text="reminder", priority=REMINDER), row._replace(text="reply"))
    await drained(delivery, database, hand)
    assert said(phone) == ["reply", "reminder"]


async def test_a_notice_with_a_known_key_is_passed_over(database: Database, row: OutRow) -> None:
    await put(database, row._replace(key="k"), row._replace(key="k"), row._replace(key="other"))
    await put(database, row._replace(key="k"))
    assert await states(database) == ["waiting", "waiting"]


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
    await put(database, row, row._replace(text="second"))
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
    await put(database, row._replace(priority=REMINDER))
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
    await put(database, row._replace(priority=REMINDER))
    await drained(delivery, database, hand)
    assert said(phone) == ["hello"]
    assert await states(database) == ["uncertain"]


async def test_who_blocked_the_bot_is_noted_and_not_written_to(
    delivery: Delivery, database: Database, hand: Hand, phone: PhoneInHand, row: OutRow
) -> None:
    person = {"platform": row.platform, "user_id": CHAT, "chat_id": CHAT, "created_at": NOON}
    await database.write(lambda conn: execute(conn, insert(account).values(person)))
    await phone.block()
    await put(database, row, row._replace(text="second"))
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


async def test_two_workers_say_everything_once_and_in_order(
    messenger: Messenger,
    delivery: Delivery,
    database: Database,
    hand: Hand,
    phone: PhoneInHand,
    row: OutRow,
) -> None:
    machine = hand.machine()
    other = Delivery(messenger, Sender(messenger, database, machine), database, machine, "other")
    lines = [f"line {number}" for number in range(8)]
    await put(database, *(row._replace(text=line) for line in lines))
    for _ in lines:
        await asyncio.gather(delivery.once(), other.once())
    assert said(phone) == lines


async def test_a_reminder_found_in_the_middle_of_its_sending_is_left_alone(
    delivery: Delivery, database: Database, hand: Hand, phone: PhoneInHand, row: OutRow
) -> None:
    await put(database, row._replace(priority=REMINDER))
    await database.write(lambda conn: execute(conn, update(outbox).values(state="sending")))
    await drained(delivery, database, hand)
    assert said(phone) == []
    assert await states(database) == ["uncertain"]
