"""`run`: the bot itself, until it is told to stop."""

from __future__ import annotations

import asyncio
import gc
import secrets
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.ballot_key import with_ballot_key
from bot.logs import set_up_logs
from bot.metrics import Metrics
from bot.settings import Misconfigured
from bot.wiring import RunningBot, running_bot
from domain.county_offices import OfficesUnreadable, read_offices
from domain.places import Places, PlacesUnreadable
from handlers.desk import Desk
from handlers.turn import Desk as Tools
from reports.poster import poster
from texts.engine import Texts

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from bot.installation import Installation
    from bot.settings import Settings

YOUNG_OBJECTS = 20_000  # made before the youngest are searched; an update leaves few that need it


def add_arguments(parser: ArgumentParser) -> None:
    """Take no arguments: everything is a setting."""


def main(_args: Namespace, settings: Settings) -> int:
    """Run until SIGTERM or SIGINT. Raises Misconfigured."""
    settings.check_for_running()
    metrics = Metrics()
    set_up_logs(settings.log_level, metrics.troubled)
    return asyncio.run(_run(with_ballot_key(settings), metrics))


def tools_of(settings: Settings, installation: Installation) -> Tools:
    """Gather what those who answer work with. Raises Misconfigured where a list of places is wrong."""
    places, offices = _places(Path(settings.places))
    return Tools(
        texts=Texts(),
        key=installation.key,
        usernames=installation.usernames,
        places=places,
        offices=offices,
        random_bytes=secrets.token_bytes,
        poster=poster,
        ballot_key=settings.ballot_key_bytes,
    )


def _places(folder: Path) -> tuple[Places, str]:
    """Read both lists and look at every line of them, so that a mistake shows at the start."""
    try:
        places = Places.from_csv((folder / "counties.csv").read_text(encoding="utf-8"))
        offices = (folder / "offices.csv").read_text(encoding="utf-8")
        list(read_offices(offices))
    except (OSError, PlacesUnreadable, OfficesUnreadable) as error:
        raise Misconfigured((f"BOT_PLACES: the lists in {folder} cannot be used ({error})",)) from error
    return places, offices


async def _run(settings: Settings, metrics: Metrics) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)

    def desk(installation: Installation) -> Desk:
        return Desk(replace(tools_of(settings, installation), count_refusal=metrics.refused))

    async with running_bot(settings, desk, metrics=metrics) as bot:
        _spare_the_collector()
        _greet(bot)
        ends = {asyncio.create_task(stop.wait()), asyncio.create_task(bot.until_failed())}
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        for end in ends:
            end.cancel()
    return 0 if stop.is_set() else 1


def _spare_the_collector() -> None:
    """Leave out of every search for garbage what was built at the start, and search less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS)


def _greet(bot: RunningBot) -> None:
    code = bot.installation.claim_code
    if code is not None:
        lines = [
            "There is no administrator yet. To become it, write this to the bot, once:",
            f"    /start claim_{code}",
        ]
        names = bot.installation.usernames
        links = [
            one.deep_link(names[platform], f"claim_{code}")
            for platform, one in bot.messengers.items()
            if platform in names
        ]
        sys.stdout.write("\n".join([*lines, *(f"    or open {link}" for link in links)]) + "\n")
    sys.stdout.write(f"The bot is running; its health is shown at {bot.address}/healthz\n")
    sys.stdout.flush()
