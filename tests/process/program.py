"""`python -m bot` as a process of its own, talking with a simulator in the test's process."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from simulator import Simulator

ROOT = Path(__file__).parents[2]
READY_WITHIN = 60.0  # seconds; machines that run tests are slow
READY = b"The bot is running"


@dataclass(frozen=True, slots=True)
class Finished:
    """What a command left behind."""

    code: int
    out: str
    err: str


def settings_for(sim: Simulator, database_url: str) -> dict[str, str]:
    """The settings of a bot that talks with the simulator on both platforms."""
    return {
        "BOT_DATABASE_URL": database_url,
        "BOT_TELEGRAM_TOKEN": sim.token("telegram"),
        "BOT_TELEGRAM_API_URL": sim.url("telegram"),
        "BOT_BALE_TOKEN": sim.token("bale"),
        "BOT_BALE_API_URL": sim.url("bale"),
        "BOT_LISTEN": "127.0.0.1:0",
    }


async def bot(settings: Mapping[str, str], *arguments: str) -> Finished:
    """Run a command to its end."""
    process = await _start(settings, arguments, keep_errors=True)
    out, err = await asyncio.wait_for(process.communicate(), READY_WITHIN)
    assert process.returncode is not None
    return Finished(process.returncode, out.decode(), err.decode())


@asynccontextmanager
async def running(settings: Mapping[str, str]) -> AsyncIterator[Process]:
    """Run the bot; it answers when the block begins, and is killed at its end if it still runs."""
    process = await _start(settings, ("run",), keep_errors=False)
    reading = asyncio.create_task(_until_ready(process))
    try:
        await asyncio.wait_for(asyncio.shield(reading), READY_WITHIN)
        yield process
    finally:
        reading.cancel()
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def kill(process: Process) -> None:
    """End it at whichever instruction it is."""
    process.kill()
    await process.wait()


async def _until_ready(process: Process) -> None:
    assert process.stdout is not None
    said: list[bytes] = []
    while not any(line.startswith(READY) for line in said):
        line = await process.stdout.readline()
        assert line, f"it did not start: {said}"
        said.append(line)


async def _start(settings: Mapping[str, str], arguments: tuple[str, ...], *, keep_errors: bool) -> Process:
    # What a running bot logs goes where pytest shows it when the test fails.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *arguments,
        cwd=ROOT,
        env=kept | {"BOT_ENV_FILE": "", "PYTHONUNBUFFERED": "1"} | dict(settings),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=PIPE,
        stderr=PIPE if keep_errors else None,
    )
