"""The machine's own time and chance, for leases, pacing and back-off; rules decide by another clock."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

import structlog

from storage.units import DatabaseUnavailable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sqlalchemy import Connection

    from storage.units import Database

T = TypeVar("T")
LONGEST_BACKOFF = 300.0
LONGEST_PATIENCE = 10.0  # with one's own database


def utc_now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Machine:
    """Where time and chance come from; tests bring their own."""

    now: Callable[[], datetime] = utc_now
    timer: Callable[[], float] = monotonic
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    chance: Callable[[], float] = random.random

    def backoff(self, tries: int) -> float:
        """Return seconds to wait after so many failures: doubled each time, half of it left to chance."""
        return float(min(LONGEST_BACKOFF, 2.0 ** min(tries, 16)) * (0.5 + self.chance() / 2))

    def later(self, seconds: float) -> datetime:
        """Return the moment so many seconds from now."""
        return self.now() + timedelta(seconds=seconds)


async def write_surely(database: Database, machine: Machine, unit: Callable[[Connection], T]) -> T:
    """Run a unit, waiting for as long as the database cannot be had; any other exception passes."""
    return await _surely(machine, partial(database.write, unit))


async def read_surely(database: Database, machine: Machine, unit: Callable[[Connection], T]) -> T:
    """Read, waiting for as long as the database cannot be had; any other exception passes."""
    return await _surely(machine, partial(database.read, unit))


async def _surely(machine: Machine, ask: Callable[[], Awaitable[T]]) -> T:
    tries = 0
    while True:
        try:
            return await ask()
        except DatabaseUnavailable as error:
            structlog.get_logger().warning("database_unavailable", reason=str(error), tries=tries)
            await machine.pause(min(machine.backoff(tries - 3), LONGEST_PATIENCE))
            tries += 1


async def rung(bell: asyncio.Event, seconds: float) -> bool:
    """Wait until the bell rings (True), or so long (False)."""
    try:
        async with asyncio.timeout(seconds):
            await bell.wait()
    except TimeoutError:
        return False
    bell.clear()
    return True
