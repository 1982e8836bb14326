"""The groups whose members save in the benchmark: small, so that treasurers are not what is waited for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from benchmarks.people import Member, Person, Treasurer, user_of
from bot.installation import prepare
from bot.machine import utc_now
from bot.run import tools_of
from bot.seed import Cast, Play, Someone, read_cast
from bot.settings import Settings
from bot.wiring import open_migrated
from domain.ids import Platform
from handlers.turn import Desk
from storage.outbox import REMINDER, OutRow, enqueue
from texts.engine import Texts

CAST = Path(__file__).parents[1] / "simulator" / "cast.json"
ROLES = ("treasurer", "member", "member", "member", "member", "facilitator")
FIRST_REMINDED = 5_000_000


async def fill(settings: Settings, number: int, reminders: int = 0) -> None:
    """Write so many groups into the database, and reminders for people elsewhere."""
    database = await open_migrated(settings.database_url)
    try:
        tools = tools_of(settings, await database.write(prepare))
        for index in range(number):
            await database.write(partial(_found, tools=tools, index=index))
        await database.write(partial(enqueue, rows=[_reminder(n) for n in range(reminders)]))
    finally:
        await database.close()


def _reminder(number: int) -> OutRow:
    return OutRow(Platform.TELEGRAM, FIRST_REMINDED + number, REMINDER, "send", "reminder", utc_now())


def people_of(number: int) -> dict[int, Person]:
    """Return who plays in so many groups, by chat."""
    word = Texts().label("menu_save")
    found: dict[int, Person] = {}
    for index in range(number):
        for place, role in enumerate(ROLES):
            if role != "facilitator":
                found[user_of(index, place)] = Treasurer() if role == "treasurer" else Member(word)
    return found


def _found(conn: Connection, tools: Desk, index: int) -> None:
    now = utc_now() - timedelta(days=1)
    Play(tools, conn, _cast(index), now).perform()


def _cast(index: int) -> Cast:
    shown = read_cast(CAST)
    names = [one.name for one in shown.people]
    people = tuple(_someone(index, place, role, names[place]) for place, role in enumerate(ROLES))
    months = {**shown.group} | {"months_of_history": 1}
    return replace(shown, facilitator=people[-1].key, group=months, people=people)


def _someone(index: int, place: int, role: str, name: str) -> Someone:
    phone = f"+98912{index:04}{place:03}"
    return Someone(f"p{place}", role, name, phone, Platform.TELEGRAM.value, user_of(index, place))
