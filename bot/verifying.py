"""`verify`: check every invariant of the books and name what is wrong."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.wiring import open_migrated
from storage.schema import entry, group
from storage.verify import verify

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from sqlalchemy import Connection

    from bot.settings import Settings

MOST_FLAWS = 1000


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, flaws as lines."""

    groups: int
    entries: int
    flaws: tuple[str, ...]


def add_arguments(parser: ArgumentParser) -> None:
    """Take no arguments: the database is a setting."""


def main(_args: Namespace, settings: Settings) -> int:
    """Print each flaw and return 1, or one line that says how much was checked."""
    report = asyncio.run(_check(settings.database_url))
    for flaw in report.flaws:
        sys.stdout.write(f"{flaw}\n")
    verdict = "all in order" if not report.flaws else f"flaws: {len(report.flaws)}"
    sys.stdout.write(f"verify: {report.groups} groups, {report.entries} entries, {verdict}\n")
    return 1 if report.flaws else 0


async def _check(url: str) -> Report:
    database = await open_migrated(url)
    try:
        return await database.read(_report)
    finally:
        await database.close()


def _report(conn: Connection) -> Report:
    groups = conn.execute(select(func.count()).select_from(group)).scalar_one()
    entries = conn.execute(select(func.count()).select_from(entry)).scalar_one()
    return Report(groups, entries, tuple(map(str, islice(verify(conn), MOST_FLAWS))))
