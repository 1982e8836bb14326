"""The demo: simulator and bot as two processes, a group with some history, one address to open."""

from __future__ import annotations

import asyncio
import os
import secrets
import shutil
import signal
import socket
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from simulator.cast import CAST, Person, read_cast
from simulator.flavours import Flavour
from simulator.phones import PhoneInHand
from simulator.simulator import Simulator

ROOT = Path(__file__).parents[1]
BOT = (sys.executable, "-m", "bot")
LOOK_EVERY_SECONDS = 0.1
STOP_WITHIN_SECONDS = 10.0
LOG_LINES = 25


class BotFailed(Exception):
    """The bot could not be prepared or did not stay alive; the message says which."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a demo is played: its folder and the port of the bot's health page."""

    folder: Path
    health_port: int
    ballot_key: str

    @property
    def log(self) -> Path:
        """Say where the bot's own words go."""
        return self.folder / "bot.log"


async def demo(
    host: str, port: int, folder: Path, bot: Sequence[str] = BOT, say: Callable[[str], None] = print
) -> None:
    """Play until cancelled; the address is said once all is ready.

    OSError when the port is taken, BotFailed when the bot dies.
    """
    async with Simulator.running(host, port) as sim:
        stage = _prepare(folder)
        phones = [(person, _phone(sim, person)) for person in read_cast()]
        await _seed(sim, stage, bot)
        async with _bot(sim, stage, [*bot, "run"]) as process:
            await _healthy(process, stage)
            for person, phone in phones:
                if person.phone.shown:
                    await phone.start()
            say(f"{sim.address}/")
            await process.wait()
            raise _failure(f"The bot stopped by itself (exit code {process.returncode})", stage)


def _prepare(folder: Path) -> Stage:
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return Stage(folder.resolve(), _free_port(), secrets.token_hex(32))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _phone(sim: Simulator, person: Person) -> PhoneInHand:
    phone = sim.adopt(person.phone)
    if person.known_to_bot:
        phone.let_bot_write()
    return phone


def environment(sim: Simulator, stage: Stage) -> dict[str, str]:
    """Give the bot nothing of its owner's own settings: a demo must never meet a real token."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    return kept | {
        "BOT_ENV_FILE": "",
        "BOT_DATABASE_URL": f"sqlite:///{stage.folder / 'demo.sqlite'}",
        "BOT_TELEGRAM_TOKEN": sim.token(Flavour.TELEGRAM),
        "BOT_TELEGRAM_API_URL": sim.url(Flavour.TELEGRAM),
        "BOT_BALLOT_KEY": stage.ballot_key,
        "BOT_BALE_TOKEN": sim.token(Flavour.BALE),
        "BOT_BALE_API_URL": sim.url(Flavour.BALE),
        "BOT_MODE": "polling",
        "BOT_LISTEN": f"127.0.0.1:{stage.health_port}",
    }


@asynccontextmanager
async def _bot(sim: Simulator, stage: Stage, command: Sequence[str]) -> AsyncIterator[Process]:
    with stage.log.open("ab") as log:
        # Its own session: Ctrl-C reaches the demo only, which then stops the bot in order.
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=ROOT,
            env=environment(sim, stage),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        await _stop(process)


async def _stop(process: Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        async with asyncio.timeout(STOP_WITHIN_SECONDS):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


async def _seed(sim: Simulator, stage: Stage, bot: Sequence[str]) -> None:
    async with _bot(sim, stage, [*bot, "seed", "--cast", str(CAST)]) as process:
        if await process.wait() != 0:
            raise _failure("The demo's group could not be made", stage)


async def _healthy(process: Process, stage: Stage) -> None:
    ended = asyncio.ensure_future(process.wait())
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session:
        while not await _answers(session, stage):
            if ended.done():
                raise _failure("The bot did not start", stage)
            await asyncio.wait({ended}, timeout=LOOK_EVERY_SECONDS)
    ended.cancel()


async def _answers(session: aiohttp.ClientSession, stage: Stage) -> bool:
    try:
        async with session.get(f"http://127.0.0.1:{stage.health_port}/healthz") as answer:
            return answer.status == 200  # noqa: PLR2004 HTTP's "all is well"
    except (aiohttp.ClientError, TimeoutError):
        return False


def _failure(what: str, stage: Stage) -> BotFailed:
    last = stage.log.read_text(encoding="utf-8", errors="replace").splitlines()[-LOG_LINES:]
    return BotFailed("\n".join([f"{what}; the end of {stage.log}:", *last]))


async def until_told_to_stop(play: asyncio.Task[None]) -> None:
    """Run until Ctrl-C or SIGTERM; a task that fails by itself raises here."""
    loop = asyncio.get_running_loop()
    for told in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(told, play.cancel)
    try:
        await play
    except asyncio.CancelledError:
        return
