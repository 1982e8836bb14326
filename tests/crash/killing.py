"""Killing at random moments, over and over, and what is seen afterwards."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from random import Random
from time import monotonic

from sqlalchemy import func, select

from storage.schema import entry, outbox
from tests.crash import proofs
from tests.crash.ground import Ground
from tests.crash.letters import PATIENCE
from tests.crash.server import OwnServer
from tests.crash.worker import Worker, moment

KILLS_A_RESTART = 4  # of PostgreSQL, which is taken away as well
EARLY = 0.2  # how many of all kills hit a worker that is only starting
LONGEST_START = 2.5  # seconds
MOST_LETTERS = 120
LONGEST_WAIT = 8.0  # seconds for letters to come, before it is killed anyway
LOOK = 0.25  # seconds


@dataclass(frozen=True, slots=True)
class Stand:
    """What can be killed, and whom it serves."""

    ground: Ground
    workers: list[Worker]
    server: OwnServer | None  # PostgreSQL, where that keeps the books


@dataclass
class Outcome:
    """What a run has come to."""

    kills: int = 0
    early: int = 0
    restarts: int = 0  # of PostgreSQL
    seconds: float = 0.0
    updates: int = 0
    entries: int = 0
    repeated: int = 0  # receipts that were heard again
    reminders: int = 0
    doubtful: int = 0  # reminders of which nobody knows whether they arrived: they are not sent again
    flaws: list[str] = field(default_factory=list)


async def kill_at_random(stand: Stand, kills: int, chance: Random) -> Outcome:
    """Kill one worker or the other, start it again, and at last let everybody finish."""
    ground, workers = stand.ground, stand.workers
    began, outcome = monotonic(), Outcome(kills=kills)
    await ground.remind()
    for worker in workers:
        await worker.start()
    await asyncio.gather(*(worker.answers() for worker in workers))
    for number in range(kills):
        ground.crowd.check()
        await _kill_one(stand, chance, outcome)
        if stand.server is not None and number % KILLS_A_RESTART == 0:
            await asyncio.gather(*(worker.answers() for worker in workers))
            await _restart(ground, stand.server, chance)
            outcome.restarts += 1
    await asyncio.gather(*(worker.answers() for worker in workers))
    await ground.crowd.finish()
    await quiet(ground)
    for worker in workers:
        await worker.kill()
    outcome.seconds = monotonic() - began
    return await _looked_at(ground, outcome)


async def _kill_one(stand: Stand, chance: Random, outcome: Outcome) -> None:
    victim = chance.choice(stand.workers)
    outcome.early += await _moment_to_kill(stand.ground, victim, chance)
    await victim.kill()
    if len(stand.workers) == 1:
        outcome.flaws += await proofs.lost(stand.ground)
    await stand.ground.remind()
    await victim.start()


async def _restart(ground: Ground, server: OwnServer, chance: Random) -> None:
    """Take the database away in the middle of the work."""
    await ground.post.until_brought(chance.randint(1, MOST_LETTERS), LONGEST_WAIT)
    await server.crash()
    await moment(chance.uniform(0, LONGEST_START))
    await server.come_back()


async def _moment_to_kill(ground: Ground, victim: Worker, chance: Random) -> bool:
    """Wait for the moment; tells whether it lies within the worker's start."""
    early = chance.random() < EARLY
    if early:
        await moment(chance.uniform(0, LONGEST_START))
    else:
        await victim.answers()
        await ground.post.until_brought(chance.randint(1, MOST_LETTERS), LONGEST_WAIT)
        await moment(chance.uniform(0, 0.1))
    return early


async def quiet(ground: Ground) -> None:
    """Wait until nothing is left to be done or said."""
    async with asyncio.timeout(PATIENCE):
        while await proofs.waiting(ground):
            await moment(LOOK)


async def _looked_at(ground: Ground, outcome: Outcome) -> Outcome:
    outcome.flaws += await proofs.flaws(ground)
    outcome.updates = sum(len(proofs.acknowledged(one)) for one in ground.sim.world.messengers.values())
    outcome.entries = await ground.read(
        lambda conn: int(conn.execute(select(func.count()).select_from(entry)).scalar_one())
    )
    doubtful = select(func.count()).select_from(outbox).where(outbox.c.state == "uncertain")
    outcome.doubtful = await ground.read(lambda conn: int(conn.execute(doubtful).scalar_one()))
    outcome.reminders = ground.reminders
    heard = sum(sum(saver.receipts.values()) for saver in ground.crowd.savers)
    outcome.repeated = heard - outcome.entries
    return outcome
