"""Polling: each platform is asked by a loop of its own, so that one in trouble never stops the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from telegram.error import TelegramError

from bot.intake import number_of
from bot.platforms.request import Throttled
from storage.units import DatabaseUnavailable

if TYPE_CHECKING:
    from bot.intake import Intake
    from bot.machine import Machine
    from bot.platforms.messenger import Messenger
    from bot.platforms.raw import Json
    from bot.pulse import Pulse

LONGEST_PAUSE = 30.0  # seconds: so soon after a platform is well again people are heard again


async def poll(messenger: Messenger, intake: Intake, machine: Machine, pulse: Pulse) -> NoReturn:
    """Ask for updates for ever, acknowledging each batch by the next question."""
    offset: int | None = None
    asked_to_stop_webhook = False
    failures = 0
    while True:
        try:
            if not asked_to_stop_webhook:
                await messenger.stop_webhook()
                asked_to_stop_webhook = True
                pulse.well(messenger.platform)  # the first answer to a long poll may be long in coming
            updates = await messenger.updates(offset)
            await intake.take(messenger, updates)
        except (TelegramError, DatabaseUnavailable) as error:
            pulse.ill(messenger.platform, str(error))
            pause = min(machine.backoff(failures), LONGEST_PAUSE)
            await machine.pause(error.after if isinstance(error, Throttled) else pause)
            failures += 1
        else:
            pulse.well(messenger.platform)
            failures = 0
            offset = next_offset(updates)


def next_offset(updates: list[Json]) -> int | None:
    """Return what acknowledges this batch; nothing after an empty one: numbers may begin anew lower down."""
    numbers = [
        number for update in updates if isinstance(update, dict) if (number := number_of(update)) is not None
    ]
    return max(numbers) + 1 if numbers else None
