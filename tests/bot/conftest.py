from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection
from telegram import Update

from bot.delivery import Delivery
from bot.installation import Installation
from bot.machine import Machine
from bot.platforms.bale import Bale
from bot.platforms.messenger import Messenger
from bot.platforms.telegram import Telegram
from bot.sending import Sender
from bot.settings import Settings
from bot.wiring import RunningBot, running_bot
from handlers.arrival import Arrival
from simulator import PhoneInHand, Simulator
from storage.outbox import OutRow, enqueue
from storage.units import Database

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@dataclass
class Echo:
    """Says what it hears, answers taps, and breaks on request."""

    commands: Mapping[str, str] = field(default_factory=lambda: {"menu": "everything"})
    heard: list[str] = field(default_factory=list)
    ticks: list[datetime] = field(default_factory=list)

    def handle(self, conn: Connection, arrival: Arrival, update: Update) -> str | None:
        text = update.effective_message.text if update.effective_message else None
        if text is not None and update.effective_chat is not None:
            say(conn, arrival, update.effective_chat.id, f"echo {text}")
            if "break" in text:
                raise ZeroDivisionError("asked for")
        return update.callback_query.id if update.callback_query else None

    def handle_failure(self, conn: Connection, arrival: Arrival, update: Update) -> None:
        assert update.effective_chat is not None
        say(conn, arrival, update.effective_chat.id, "sorry")

    def tick(self, conn: Connection, now: datetime) -> None:
        self.ticks.append(now)


def say(conn: Connection, arrival: Arrival, chat_id: int, text: str) -> None:
    enqueue(conn, [OutRow(arrival.platform, chat_id, 0, "send", text, arrival.received_at)])


@dataclass
class Hand:
    """A machine whose time is moved by hand: waiting only moves it."""

    time: datetime = NOON

    def machine(self) -> Machine:
        return Machine(
            now=self.now,
            timer=self.timer,
            pause=self.pause,
            chance=lambda: 1.0,
        )

    def now(self) -> datetime:
        return self.time

    def timer(self) -> float:
        return (self.time - NOON).total_seconds()

    async def pause(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


async def hardly(seconds: float) -> None:
    """Wait so short that a test does not feel it, long enough that others get their turn."""
    never: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    await asyncio.wait({never}, timeout=min(seconds, 0.01))


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
async def sim() -> AsyncIterator[Simulator]:
    async with Simulator.running(redeliver_after=0.01) as running:
        yield running


@pytest.fixture(params=["telegram", "bale"])
def flavour(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def phone(sim: Simulator, flavour: str) -> PhoneInHand:
    return sim.phone(flavour, 1001, "Maryam", "+989121234567")


@pytest.fixture
async def messenger(sim: Simulator, flavour: str) -> AsyncIterator[Messenger]:
    made = (Telegram if flavour == "telegram" else Bale)(sim.token(flavour), sim.url(flavour))
    await made.bot.initialize()
    yield made
    await made.bot.shutdown()


@pytest.fixture
def settings_for(sim: Simulator, database_url: str) -> Callable[..., Settings]:
    given = {
        "database_url": database_url.replace("postgresql+psycopg://", "postgresql://"),
        "telegram_token": sim.token("telegram"),
        "telegram_api_url": sim.url("telegram"),
        "bale_token": sim.token("bale"),
        "bale_api_url": sim.url("bale"),
        "listen": "127.0.0.1:0",
    }

    def made(**changed: object) -> Settings:
        return Settings.model_validate(given | changed)

    return made


@pytest.fixture
def echo() -> Echo:
    return Echo()


Start = Callable[..., AbstractAsyncContextManager[RunningBot]]


@pytest.fixture
def start(settings_for: Callable[..., Settings], echo: Echo) -> Start:
    """Run a bot that echoes, with changed settings where wanted."""

    def desk(_installation: Installation) -> Echo:
        return echo

    def started(**changed: object) -> AbstractAsyncContextManager[RunningBot]:
        return running_bot(settings_for(**changed), desk, machine=Machine(pause=hardly))

    return started


@pytest.fixture
async def delivery(messenger: Messenger, database: Database, hand: Hand, phone: PhoneInHand) -> Delivery:
    await phone.start()
    machine = hand.machine()
    return Delivery(messenger, Sender(messenger, database, machine), database, machine, "worker")


@pytest.fixture
def row(messenger: Messenger) -> OutRow:
    return OutRow(messenger.platform, 1001, 0, "send", "hello", NOON)
