"""Everything is put together here, started in order and stopped in the other order."""

from __future__ import annotations

import asyncio
import secrets
import socket
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from sqlalchemy import make_url
from telegram.error import TelegramError

from bot.ballot_key import know_key
from bot.delivery import Delivery
from bot.downloads import Downloads
from bot.health import Health
from bot.installation import Installation, prepare, username_setting
from bot.intake import Intake
from bot.lanes import Lanes
from bot.machine import Machine, utc_now, write_surely
from bot.metrics import Metrics
from bot.pages import Pages
from bot.platforms.bale import Bale
from bot.platforms.messenger import Messenger
from bot.platforms.telegram import Telegram
from bot.polling import poll
from bot.pulse import Pulse
from bot.schedule import Schedule
from bot.sending import Sender
from bot.updates import Updates
from bot.webhook import Webhook
from domain.ids import Platform
from storage.migrate import migrate
from storage.settings import put
from storage.units import Database, DatabaseUnavailable, open_database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine
    from datetime import datetime

    from starlette.routing import Route

    from bot.answering import Answering
    from bot.settings import Settings

FIRST_WORD_SECONDS = 5.0  # how long the start waits for the platforms to tell the bot's names
STOP_SECONDS = 2.0  # for each of the two things that are finished before the end


@asynccontextmanager
async def running_bot(
    settings: Settings,
    make_desk: Callable[[Installation], Answering],
    *,
    clock: Callable[[], datetime] = utc_now,
    machine: Machine | None = None,
    metrics: Metrics | None = None,
) -> AsyncIterator[RunningBot]:
    """Run the whole bot in this loop until the block ends; `clock` is what rules decide by.

    Raises DatabaseUnavailable, DatabaseIsNewer, Misconfigured where ballots need another key, and OSError
    where the port is taken.
    """
    database = await open_migrated(settings.database_url)
    try:
        await database.write(partial(know_key, key=settings.ballot_key_bytes))
        installation = await database.write(prepare)
        desk = make_desk(installation)
        worker = worker_name(settings)
        ground = Ground(settings, database, installation, desk, clock, machine or Machine(), worker)
        bot = RunningBot(ground, metrics or Metrics())
        await bot.start()
        try:
            yield bot
        finally:
            await bot.stop()
    finally:
        await database.close()


def worker_name(settings: Settings) -> str:
    """Name the place this process runs at: started there again, it takes back what it held when killed.

    Should two places ever bear one name, the state of each row still decides: nothing is done twice.
    """
    address = settings.address
    last = address.port or secrets.token_hex(8)  # where the system chooses the port, no place is the same
    return f"{socket.gethostname()} {address.host} {last}"


async def open_migrated(url: str) -> Database:
    """Open the database, made and brought up to date where needed."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        _make_folder(Path(parsed.database).parent)
    await asyncio.to_thread(migrate, url)
    return await open_database(url)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnavailable(f"no folder {folder}: {error.strerror}") from error


def messengers_of(settings: Settings) -> dict[Platform, Messenger]:
    """Build an adapter for each platform that has a token."""
    made: dict[Platform, Messenger] = {}
    for platform, token in settings.tokens.items():
        match platform:
            case Platform.TELEGRAM:
                made[platform] = Telegram(token, settings.telegram_api_url, settings.telegram_proxy)
            case Platform.BALE:
                made[platform] = Bale(token, settings.bale_api_url, settings.bale_proxy)
    return made


@dataclass(frozen=True, slots=True)
class Ground:
    """What all parts stand on; `worker` names this process among those that share the database."""

    settings: Settings
    database: Database
    installation: Installation
    desk: Answering
    clock: Callable[[], datetime]
    machine: Machine
    worker: str


class RunningBot:
    """The parts and their tasks."""

    def __init__(self, ground: Ground, metrics: Metrics) -> None:
        self.database = ground.database
        self.installation = ground.installation
        self.messengers = messengers_of(ground.settings)
        self.pulse = Pulse(self.messengers)
        self._settings = ground.settings
        self._machine = ground.machine
        self._commands = ground.desk.commands
        self._metrics = metrics
        self._updates = {one: self._updates_of(ground, two) for one, two in self.messengers.items()}
        self._lanes = Lanes(self.database, self._updates, self._machine, ground.worker, self.wake)
        key = ground.settings.ballot_key_bytes
        self.intake = Intake(self.database, ground.clock, self._lanes.wake, key)
        self._deliveries = [self._delivery(ground, messenger) for messenger in self.messengers.values()]
        self._downloads = Downloads(self.database, self.messengers, self._machine, self.wake)
        self.schedule = Schedule(self.database, self._machine, ground.clock, ground.desk.tick, self.wake)
        self._webhooks = self._make_webhooks()
        self._pages = Pages(self._settings.address, self._routes())
        self._intake_tasks: list[asyncio.Task[None]] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._working: list[asyncio.Task[None]] = []
        self._failed = asyncio.Event()

    @property
    def address(self) -> str:
        """Where the health page and the webhook are reached on this machine."""
        host = self._settings.address.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self._pages.port}"

    def wake(self) -> None:
        """Have it looked at once whether there is something to send or to fetch."""
        for delivery in self._deliveries:
            delivery.wake()
        self._downloads.wake()

    async def start(self) -> None:
        """Start all parts; returns when the bot answers."""
        self._tasks.append(self._task(self._pages.run()))
        await self._pages.listening()
        for updates in self._updates.values():
            await updates.start()
        await self._introduce_all()
        self._working += [self._task(self._lanes.run())]
        self._working += [self._task(delivery.run()) for delivery in self._deliveries]
        self._tasks.append(self._task(self._downloads.run()))
        self._intake_tasks += [self._task(intake) for intake in self._intakes()]
        self.schedule.start()

    async def until_failed(self) -> None:
        """Wait until a part has ended that never should; what it was is in the log."""
        await self._failed.wait()

    async def stop(self) -> None:
        """Take nothing in any more, finish what is being done, close what is open."""
        await _cancelled(self._intake_tasks)
        self.schedule.stop()
        self._pages.stop()
        self._lanes.stop()
        await asyncio.wait(self._working[:1], timeout=STOP_SECONDS)
        for delivery in self._deliveries:
            delivery.stop()
        await asyncio.wait(self._working, timeout=STOP_SECONDS)
        await _cancelled([*self._working, *self._tasks[1:]])
        await asyncio.wait(self._tasks[:1], timeout=STOP_SECONDS)
        for updates in self._updates.values():
            await updates.stop()

    def _updates_of(self, ground: Ground, messenger: Messenger) -> Updates:
        return Updates(messenger, self.database, ground.desk, self._machine, self._metrics)

    def _delivery(self, ground: Ground, messenger: Messenger) -> Delivery:
        sender = Sender(messenger, self.database, self._machine)
        return Delivery(messenger, sender, self.database, self._machine, ground.worker, self._metrics)

    def _routes(self) -> list[Route]:
        health = Health(self.database, self._machine, self.pulse, self._metrics)
        return [*health.routes(), *(webhook.route(self.intake) for webhook in self._webhooks)]

    def _make_webhooks(self) -> list[Webhook]:
        url = self._settings.webhook_url
        if self._settings.mode != "webhook" or url is None:
            return []
        tokens = self._settings.tokens
        return [Webhook(messenger, tokens[one], url) for one, messenger in self.messengers.items()]

    def _intakes(self) -> list[Coroutine[object, object, None]]:
        if self._webhooks:
            return [webhook.register(self._machine, self.pulse) for webhook in self._webhooks]
        return [poll(one, self.intake, self._machine, self.pulse) for one in self.messengers.values()]

    async def _introduce_all(self) -> None:
        """Ask for the bot's names; who does not answer is asked on in the background."""
        events = []
        for messenger in self.messengers.values():
            events.append(asyncio.Event())
            self._tasks.append(self._task(self._introduce(messenger, events[-1])))
        try:
            async with asyncio.timeout(FIRST_WORD_SECONDS):
                for event in events:
                    await event.wait()
        except TimeoutError:
            structlog.get_logger().warning("platform_silent")

    async def _introduce(self, messenger: Messenger, tried: asyncio.Event) -> None:
        failures = 0
        while not await self._learn_name(messenger):
            tried.set()
            await self._machine.pause(self._machine.backoff(failures))
            failures += 1
        tried.set()

    async def _learn_name(self, messenger: Messenger) -> bool:
        try:
            name = await messenger.username()
        except TelegramError as error:
            self.pulse.ill(messenger.platform, str(error))
            return False
        self.installation.usernames[messenger.platform] = name
        keep = partial(put, name=username_setting(messenger.platform), value=name)
        await write_surely(self.database, self._machine, keep)
        with suppress(TelegramError):  # a list that is not shown hurts nobody
            await messenger.list_commands(self._commands)
        return True

    def _task(self, work: Coroutine[object, object, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            structlog.get_logger().critical("part_failed", exc_info=error)
            self._failed.set()


async def _cancelled(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
