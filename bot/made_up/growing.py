"""`seed --groups N`: many made-up groups with years of books, to see how the bot does when it has grown.

Each group is one short unit, so that a bot which runs meanwhile answers between two of them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from bot.made_up.chronicle import Setting, full_name, history, needed, read_words
from domain.commands import Role
from domain.ids import PersonId
from domain.places import Place, Places
from storage import people
from storage.bulk import is_empty, set_apart, some_chats, write_rows
from storage.outbox import REMINDER
from storage.roles import RoleRow, grant
from storage.schema import group, metadata
from texts.engine import Texts

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.units import Database

GROUPS_OF_ONE = 20  # groups a facilitator looks after
AT_ONCE = 500  # reminders a unit
REMINDER_TEXT = "common.continuing"
SEED = 1405


class NotEmpty(Exception):
    """There are groups already: made-up ones never stand beside real ones."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much is made up."""

    groups: int
    years: int
    reminders: int


async def grow(database: Database, places: Path, size: Size, now: datetime) -> None:
    """Fill an empty database. Raises NotEmpty."""
    counties = Places.from_csv((places / "counties.csv").read_text(encoding="utf-8")).all
    if size.groups:
        await _grow_groups(database, counties, size, now)
    if size.reminders:
        await _remind(database, size.reminders, now)


async def _grow_groups(database: Database, counties: Sequence[Place], size: Size, now: datetime) -> None:
    words, texts, chance = read_words(), Texts(), Random(SEED)  # noqa: S311 made-up people need no secrets
    numbers = await database.write(partial(_numbers, size=size))
    facilitator = PersonId(0)
    for index in range(size.groups):
        place = counties[index // GROUPS_OF_ONE % len(counties)]
        if index % GROUPS_OF_ONE == 0:
            name = full_name(words, chance)
            facilitator = await database.write(partial(_facilitator, name=name, place=place, now=now))
        rows = history(Setting(facilitator, place.code, size.years, now, texts), numbers, words, chance)
        await database.write(partial(write_rows, rows=rows))
        _say_how_far(index + 1, size.groups)


def _numbers(conn: Connection, size: Size) -> Mapping[str, Iterator[int]]:
    if not is_empty(conn, group):
        raise NotEmpty
    return {
        table: iter(set_apart(conn, metadata.tables[table], count * size.groups))
        for table, count in needed(size.years).items()
    }


def _facilitator(conn: Connection, name: str, place: Place, now: datetime) -> PersonId:
    person = people.add_person(conn, name, None, now)
    grant(conn, RoleRow(person, Role.FACILITATOR, place.province, place.code), None, now)
    return person


async def _remind(database: Database, count: int, now: datetime) -> None:
    """Have so many reminders wait, those of one person behind each other."""
    text, after, done = Texts().render(REMINDER_TEXT), 0, 0
    while done < count:
        chats = await database.read(partial(some_chats, after=after, most=min(AT_ONCE, count - done)))
        if not chats and not after:
            break  # there is nobody to remind
        rows = [_reminder(chat, f"reminder:{done + at}", text, now) for at, chat in enumerate(chats)]
        await database.write(partial(write_rows, rows={"outbox": rows}))
        after, done = chats[-1][0] if chats else 0, done + len(chats)


def _reminder(chat: tuple[int, str, int], key: str, text: str, now: datetime) -> Mapping[str, object]:
    where = {"platform": chat[1], "chat_id": chat[2], "priority": REMINDER, "action": "send"}
    return where | {"text": text, "key": key, "created_at": now}


def _say_how_far(done: int, of: int) -> None:
    if done % 500 == 0 or done == of:
        sys.stdout.write(f"seed: {done} of {of} groups\n")
        sys.stdout.flush()
