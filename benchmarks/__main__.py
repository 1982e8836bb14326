"""`python -m benchmarks`: every contender in turn, several rounds, medians in tables."""

from __future__ import annotations

import asyncio
import platform
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from benchmarks.figures import Measured, table
from benchmarks.rounds import ROOT, Contender, Course, run
from benchmarks.village import fill
from bot.settings import Settings

ELSEWHERE = str(ROOT / ".venv-bench" / "bin" / "python")
MEASURE = "aiogram, echo"
DISTANCE = 0.05

THIS = Contender("this bot, whole saving, durable", "this_bot", saves=True)
AIOGRAM = Contender(MEASURE, "aiogram_echo", python=ELSEWHERE)
STOCK = Contender("python-telegram-bot, echo", "ptb_echo", ("sequential",))
CONCURRENT = Contender("python-telegram-bot, echo, concurrent", "ptb_echo", ("concurrent",))
OVER_AIOHTTP = Contender("python-telegram-bot, echo, our aiohttp", "ptb_echo", ("aiohttp",))
RAW = Contender("raw aiohttp, echo", "raw_echo")

POLLING = (THIS, AIOGRAM, STOCK, CONCURRENT, OVER_AIOHTTP, RAW)
COURSES: dict[str, tuple[Sequence[Contender], bool, float]] = {
    "polling": (POLLING, False, 0.0),
    "webhook": ((THIS, AIOGRAM), True, 0.0),
    "polling-50ms": (POLLING, False, DISTANCE),
    "webhook-50ms": ((THIS, AIOGRAM), True, DISTANCE),
}


def main() -> None:
    """Measure what the command line asks for and print it."""
    args = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_all(args, Path(folder)))


def _arguments() -> Namespace:
    parser = ArgumentParser(prog="python -m benchmarks", description="Measure this bot beside others.")
    parser.add_argument("--rounds", type=int, default=3, help="how often each contender is run")
    parser.add_argument("--seconds", type=float, default=5.0, help="how long each run is measured")
    parser.add_argument("--warm-up", type=float, default=2.0, help="seconds before measuring")
    parser.add_argument("--groups", type=int, default=40, help="groups of four who save and a treasurer")
    parser.add_argument("--course", choices=COURSES, action="append", help="only these; all by default")
    parser.add_argument("--only", default="", help="only contenders whose name contains this")
    return parser.parse_args()


async def _all(args: Namespace, folder: Path) -> None:
    filled = folder / "filled.sqlite"
    settings = Settings(_env_file=None, database_url=f"sqlite:///{filled}")
    await fill(settings, args.groups)
    print(f"{platform.platform()}, Python {platform.python_version()}, {args.groups} groups")
    for name in args.course or COURSES:
        rows = await _course(name, args, filled, folder)
        print(f"\n{name}\n\n{table(rows, MEASURE if MEASURE in rows else next(iter(rows)))}", flush=True)


async def _course(name: str, args: Namespace, filled: Path, folder: Path) -> dict[str, list[Measured]]:
    contenders, webhook, away = COURSES[name]
    course = Course(webhook, away, args.groups, args.warm_up, args.seconds)
    rows: dict[str, list[Measured]] = {one.name: [] for one in contenders if args.only in one.name}
    for _ in range(args.rounds):
        for one in contenders:
            if one.name in rows:
                rows[one.name].append(await run(one, course, filled, folder))
    return rows


if __name__ == "__main__":
    main()
