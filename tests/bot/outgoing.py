"""Steps the tests of delivery share."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection, Executable, select

from bot.delivery import Delivery
from simulator import PhoneInHand
from storage.outbox import OutRow, enqueue
from storage.schema import outbox
from storage.units import Database
from tests.bot.conftest import Hand


def execute(conn: Connection, statement: Executable) -> None:
    conn.execute(statement)


async def put(database: Database, *rows: OutRow) -> None:
    await database.write(lambda conn: enqueue(conn, rows))


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
