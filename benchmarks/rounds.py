"""One round: a platform in this process, a contender in another, some seconds of warming up and measuring."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import aiohttp

from benchmarks.figures import Measured, measured, processor_seconds, withheld_seconds
from benchmarks.filled import Copies
from benchmarks.messenger import MOST_AT_ONCE, Messenger, Seen, serve
from benchmarks.people import Echoing, Person
from benchmarks.village import people_of

ROOT = Path(__file__).parents[1]
TOKEN = "123456789:made-up-for-measuring-and-nothing-else"  # noqa: S105
START_WITHIN = 120.0


@dataclass(frozen=True, slots=True)
class Contender:
    """What is run: a module of `benchmarks.contenders` with its arguments, in which environment."""

    name: str
    module: str
    arguments: tuple[str, ...] = ()
    python: str = sys.executable
    saves: bool = False  # people go through a whole saving, not an echo
    workers: int = 1  # processes behind one platform


@dataclass(frozen=True, slots=True)
class Course:
    """How it is run."""

    webhook: bool
    away: float
    groups: int
    warm_up: float
    seconds: float
    think: float = 0.0
    paced: bool = False  # as the platform asks for


async def run(contender: Contender, course: Course, copies: Copies) -> Measured:
    """Run a contender once; the bot of this project on a copy of the filled database."""
    messenger = Messenger(_people(contender, course), course.away, contender.workers, course.think)
    runner, url = await serve(messenger)
    try:
        with copies() as database:
            async with AsyncExitStack() as stack:
                pids = [
                    (await stack.enter_async_context(_started(contender, _told(url, database, course)))).pid
                    for _ in range(contender.workers)
                ]
                await stack.enter_async_context(_bringing(messenger, course))
                async with asyncio.timeout(START_WITHIN):
                    await messenger.began.wait()
                return await _measure(messenger, course, pids)
    finally:
        await runner.cleanup()


async def _measure(messenger: Messenger, course: Course, pids: Sequence[int]) -> Measured:
    await _pass(course.warm_up)
    messenger.seen = Seen()
    before, withheld, start = sum(map(processor_seconds, pids)), withheld_seconds(), perf_counter()
    await _pass(course.seconds)
    seen, spent = messenger.seen, sum(map(processor_seconds, pids)) - before
    seconds, withheld = perf_counter() - start, withheld_seconds() - withheld
    return measured(seen.latencies, seen.calls, seconds, spent, seen.elsewhere, withheld)


def _people(contender: Contender, course: Course) -> Mapping[int, Person]:
    people = people_of(course.groups)
    return people if contender.saves else {chat: Echoing("hello") for chat in people}


def _told(url: str, database: str, course: Course) -> dict[str, str]:
    port, mode = str(_free_port()), "webhook" if course.webhook else "polling"
    mine = {"BENCH_API": url, "BENCH_TOKEN": TOKEN, "BENCH_MODE": mode, "BENCH_PORT": port}
    bot = {"BOT_TELEGRAM_API_URL": url, "BOT_TELEGRAM_TOKEN": TOKEN, "BOT_MODE": mode, "BOT_ENV_FILE": ""}
    place = {"BOT_LISTEN": f"127.0.0.1:{port}", "BOT_WEBHOOK_URL": f"http://127.0.0.1:{port}"}
    paced = {"BENCH_PACED": "yes"} if course.paced else {}
    return mine | bot | place | paced | {"BOT_DATABASE_URL": database}


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@asynccontextmanager
async def _started(contender: Contender, told: Mapping[str, str]) -> AsyncIterator[Process]:
    module = f"benchmarks.contenders.{contender.module}"
    process = await asyncio.create_subprocess_exec(
        contender.python,
        "-m",
        module,
        *contender.arguments,
        cwd=ROOT,
        env=dict(os.environ) | dict(told),
        stdin=DEVNULL,
        stdout=DEVNULL,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


@asynccontextmanager
async def _bringing(messenger: Messenger, course: Course) -> AsyncIterator[None]:
    """Call the webhook over as many connections as a platform opens."""
    if not course.webhook:
        yield
        return
    connector = aiohttp.TCPConnector(limit=MOST_AT_ONCE)
    async with aiohttp.ClientSession(connector=connector) as session:
        tasks = [asyncio.create_task(messenger.bring(session)) for _ in range(MOST_AT_ONCE)]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def _pass(seconds: float) -> None:
    done = asyncio.Event()
    asyncio.get_running_loop().call_later(seconds, done.set)
    await done.wait()
