"""`migrate`: bring the database to this program's schema without starting the bot."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.wiring import open_migrated

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from bot.settings import Settings


def add_arguments(parser: ArgumentParser) -> None:
    """Take no arguments: the database is a setting."""


def main(_args: Namespace, settings: Settings) -> int:
    """Migrate and say nothing."""
    asyncio.run(_migrate(settings.database_url))
    return 0


async def _migrate(url: str) -> None:
    database = await open_migrated(url)
    await database.close()
