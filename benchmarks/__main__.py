"""`python -m benchmarks`: every contender in turn, several rounds, medians in tables."""

from __future__ import annotations

import asyncio
import platform
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from benchmarks.figures import Measured, table
from benchmarks.filled import Copies, on_postgresql, on_sqlite
from benchmarks.rounds import ROOT, Contender, Course, run

ELSEWHERE = str(ROOT / ".venv-bench" / "bin" / "python")
MEASURE = "aiogram, the same calls"
DISTANCE = 0.05
FEW_GROUPS, THINK = 4, 3.0  # people who are answered at the platform's pace, and how long they think

THIS = Contender("this bot, whole saving, durable", "this_bot", saves=True)
AIOGRAM = Contender(MEASURE, "aiogram_saving", python=ELSEWHERE, saves=True)
AIOGRAM_ECHO = Contender("aiogram, echo", "aiogram_echo", python=ELSEWHERE)
STOCK = Contender("python-telegram-bot, echo", "ptb_echo", ("sequential",))
CONCURRENT = Contender("python-telegram-bot, echo, concurrent", "ptb_echo", ("concurrent",))
OVER_AIOHTTP = Contender("python-telegram-bot, echo, our aiohttp", "ptb_echo", ("aiohttp",))
RAW = Contender("raw aiohttp, echo", "raw_echo")
TWO = Contender("this bot, two workers", "this_bot", saves=True, workers=2)

POLLING = (THIS, AIOGRAM, AIOGRAM_ECHO, STOCK, CONCURRENT, OVER_AIOHTTP, RAW)
Given: TypeAlias = tuple[Sequence[Contender], bool, float]  # who, by webhook, seconds away
COURSES: dict[str, Given] = {
    "polling": (POLLING, False, 0.0),
    "webhook": ((THIS, AIOGRAM, AIOGRAM_ECHO), True, 0.0),
    "polling-50ms": (POLLING, False, DISTANCE),
    "webhook-50ms": ((THIS, AIOGRAM, AIOGRAM_ECHO), True, DISTANCE),
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
    parser.add_argument(
        "--reminders", type=int, default=0, help="how soon four groups are answered while so many wait"
    )
    parser.add_argument("--postgres", default="", metavar="URL", help="an empty database: one worker and two")
    parser.add_argument("--only", default="", help="only contenders whose name contains this")
    return parser.parse_args()


async def _all(args: Namespace, folder: Path) -> None:
    print(f"{platform.platform()}, Python {platform.python_version()}, {args.groups} groups")
    if args.postgres:
        copies = await on_postgresql(args.postgres, args.groups)
        await _course("workers on PostgreSQL", ((THIS, TWO), True, 0.0), args, copies)
        return
    if args.reminders:
        await _reminded(args, folder)
        return
    copies = await on_sqlite(folder, args.groups)
    for name in args.course or COURSES:
        await _course(name, COURSES[name], args, copies)


async def _reminded(args: Namespace, folder: Path) -> None:
    copies = await on_sqlite(folder, FEW_GROUPS, args.reminders)
    course = Course(False, 0.0, FEW_GROUPS, args.warm_up, args.seconds, think=THINK, paced=True)
    found = await run(THIS, course, copies)
    print(f"\n{args.reminders:,} reminders wait, {args.seconds:.0f} s at the platform's pace: ", end="")
    print(f"{found.a_second:.1f} answers/s, p50 {found.p50:.0f} ms, p99 {found.p99:.0f} ms; ", end="")
    print(f"{found.elsewhere:.1f} reminders/s")


async def _course(name: str, given: Given, args: Namespace, copies: Copies) -> None:
    contenders, webhook, away = given
    course = Course(webhook, away, args.groups, args.warm_up, args.seconds)
    rows: dict[str, list[Measured]] = {one.name: [] for one in contenders if args.only in one.name}
    for _ in range(args.rounds):
        for one in contenders:
            if one.name in rows:
                rows[one.name].append(await run(one, course, copies))
    print(f"\n{name}\n\n{table(rows, MEASURE if MEASURE in rows else next(iter(rows)))}", flush=True)


if __name__ == "__main__":
    main()
