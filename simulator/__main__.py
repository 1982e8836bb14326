"""`python -m simulator demo` plays with the bot, `python -m simulator serve` without one."""

from __future__ import annotations

import argparse
import asyncio
import errno
import sys
from collections.abc import Coroutine, Sequence
from pathlib import Path

from simulator.demo import ROOT, BotFailed, demo, until_told_to_stop
from simulator.flavours import Flavour
from simulator.simulator import Simulator
from simulator.world import TOKENS, USERNAME

DEFAULT_PORT = 8100


def arguments(given: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m simulator", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, purpose in (("demo", "phones with the bot behind them"), ("serve", "phones without a bot")):
        command = commands.add_parser(name, help=purpose)
        command.add_argument(
            "--host", default="127.0.0.1", help="0.0.0.0 lets phones in the room open the page"
        )
        command.add_argument("--port", type=int, default=DEFAULT_PORT, help="0 takes a free one")
        if name == "demo":
            command.add_argument("--folder", type=Path, default=ROOT / ".demo", help="emptied at every start")
        else:
            command.add_argument("--telegram-token", default=TOKENS[Flavour.TELEGRAM])
            command.add_argument("--bale-token", default=TOKENS[Flavour.BALE])
            command.add_argument("--username", default=USERNAME, help="the bot's name in links")
    return parser.parse_args(given)


async def serve(asked: argparse.Namespace) -> None:
    """Serve phones for a bot that is started elsewhere, until cancelled."""
    tokens = {Flavour.TELEGRAM: asked.telegram_token, Flavour.BALE: asked.bale_token}
    async with Simulator.running(asked.host, asked.port, tokens=tokens, username=asked.username) as sim:
        say(f"{sim.address}/")
        await sim.world.closing.wait()


def play(asked: argparse.Namespace) -> Coroutine[None, None, None]:
    """Choose what was asked for."""
    if asked.command == "demo":
        return demo(asked.host, asked.port, asked.folder, say=say)
    return serve(asked)


def say(line: str) -> None:
    """Print at once, also into a pipe."""
    print(line, flush=True)


async def main(asked: argparse.Namespace) -> int:
    """Run until told to stop; the exit code is 2 for an address that cannot be used, 1 for a dead bot."""
    try:
        await until_told_to_stop(asyncio.create_task(play(asked)))
    except BotFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    except (OSError, OverflowError) as error:
        print(_unusable(error, asked), file=sys.stderr)
        return 2
    return 0


def _unusable(error: OSError | OverflowError, asked: argparse.Namespace) -> str:
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return f"Port {asked.port} is taken; choose another, for example: make demo PORT={asked.port + 23}"
    return f"Cannot listen on {asked.host}:{asked.port}: {error}"


if __name__ == "__main__":
    sys.exit(asyncio.run(main(arguments(sys.argv[1:]))))
