"""`python -m tests.crash`: kills as often as one wants, and prints what was seen."""

from __future__ import annotations

import argparse
import asyncio
import sys
from random import Random

from tests.crash.combinations import COMBINATIONS, alone, side_by_side
from tests.crash.ground import Size
from tests.crash.killing import Outcome, kill_at_random

TWO = "two-workers"
COLUMNS = "kills early restarts seconds updates entries repeated reminders doubtful flaws".split()


def main() -> int:
    """Run every combination that was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.crash")
    parser.add_argument("--kills", type=int, default=8, help="in each combination")
    parser.add_argument("--combination", choices=("all", *COMBINATIONS, TWO), default="all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--groups", type=int, default=20)
    parser.add_argument("--members", type=int, default=10, help="of each group")
    return asyncio.run(_run(parser.parse_args()))


async def _run(asked: argparse.Namespace) -> int:
    names = (*COMBINATIONS, TWO) if asked.combination == "all" else (asked.combination,)
    print(f"seed {asked.seed}, {asked.groups} groups of {asked.members}")
    print(f"{'':20}" + "".join(f"{name:>11}" for name in COLUMNS), flush=True)
    flawless = True
    for name in names:
        outcome = await _combination(name, asked)
        print(f"{name:20}" + "".join(f"{_cell(outcome, column):>11}" for column in COLUMNS), flush=True)
        print("".join(f"    {flaw}\n" for flaw in outcome.flaws), end="", flush=True)
        flawless = flawless and not outcome.flaws
    return 0 if flawless else 1


def _cell(outcome: Outcome, column: str) -> str:
    value: object = getattr(outcome, column)
    return str(len(value)) if isinstance(value, list) else f"{value:.0f}"


async def _combination(name: str, asked: argparse.Namespace) -> Outcome:
    size = Size(asked.groups, asked.members)
    async with side_by_side(2, size) if name == TWO else alone(name, size) as stand:
        return await kill_at_random(stand, asked.kills, Random(f"{asked.seed} {name}"))


if __name__ == "__main__":
    sys.exit(main())
