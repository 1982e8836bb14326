"""`verify`: check every invariant of the books and name what is wrong."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.wiring import open_migrated
from storage.heads import KeptHead, compare_heads, read_heads
from storage.schema import entry, group
from storage.verify import verify

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from bot.settings import Settings

MOST_FLAWS = 1000
UNFIT = 2


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, flaws as lines."""

    groups: int
    entries: int
    flaws: tuple[str, ...]


def add_arguments(parser: ArgumentParser) -> None:
    """Take a file of heads that `backup` wrote, kept where nobody who owns the database could change it."""
    parser.add_argument("--heads", type=Path, help="compare with this file of heads, too")


def main(args: Namespace, settings: Settings) -> int:
    """Print each flaw and return 1, or one line that says how much was checked; 2 for a useless file."""
    try:
        kept = read_heads(args.heads.read_text(encoding="utf-8")) if args.heads else ()
    except (OSError, ValueError) as error:
        sys.stderr.write(f"--heads: {args.heads} is no file of heads ({type(error).__name__})\n")
        return UNFIT
    return announce("verify", asyncio.run(_check(settings.database_url, kept)))


def announce(command: str, report: Report) -> int:
    """Print what was found and return the exit code."""
    for flaw in report.flaws:
        sys.stdout.write(f"{flaw}\n")
    verdict = "all in order" if not report.flaws else f"flaws: {len(report.flaws)}"
    sys.stdout.write(f"{command}: {report.groups} groups, {report.entries} entries, {verdict}\n")
    return 1 if report.flaws else 0


async def _check(url: str, kept: Sequence[KeptHead]) -> Report:
    database = await open_migrated(url)
    try:
        return await database.read(partial(report_of, kept=kept))
    finally:
        await database.close()


def report_of(conn: Connection, kept: Sequence[KeptHead] = ()) -> Report:
    """Check all books, and that they still hold the heads that were kept."""
    groups = conn.execute(select(func.count()).select_from(group)).scalar_one()
    entries = conn.execute(select(func.count()).select_from(entry)).scalar_one()
    found = chain(verify(conn), compare_heads(conn, kept))
    return Report(groups, entries, tuple(map(str, islice(found, MOST_FLAWS))))
