"""`python -m benchmarks.growth FILE…` shows whether the bot stays as quick when its database has grown.

Each SQLite file was made by `python -m bot seed --groups N`; it is copied, and a process of its own has
members save in it, with everything but the network: intake, the answer, the marking of what was sent.
"""

from __future__ import annotations

import asyncio
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

CONVERSATIONS = 60
WARMING_UP = 10


@dataclass(frozen=True, slots=True)
class Figures:
    """What one process measured: milliseconds an update, megabytes, seconds."""

    members: int
    latency: float
    cpu: float
    memory: float
    start: float
    start_cpu: float


def main() -> None:
    """Measure every file in turn and print a table, the first file being the measure."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--measured", action="store_true", help="measure in this very process")
    args = parser.parse_args()
    if args.measured:
        sys.stdout.write(json.dumps(asdict(asyncio.run(measure(args.files[0])))) + "\n")
    else:
        sys.stdout.write(table([_apart(file) for file in args.files]) + "\n")


def table(all_figures: Sequence[Figures]) -> str:
    """Return the figures with their ratios to the first."""
    first = all_figures[0]
    head = "members   latency ms  ratio   CPU ms  ratio   memory MB   start to first answer s, of it CPU"
    rows = [
        f"{one.members:>7,} {one.latency:>12.2f} {one.latency / first.latency:>6.2f} {one.cpu:>8.2f}"
        f" {one.cpu / first.cpu:>6.2f} {one.memory:>11.0f} {one.start:>25.2f} {one.start_cpu:>11.2f}"
        for one in all_figures
    ]
    return "\n".join([head, *rows])


def _apart(file: Path) -> Figures:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copy(file, Path(folder) / file.name))
        command = [sys.executable, "-m", "benchmarks.growth", "--measured", str(copy)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 our own
    return Figures(**json.loads(done.stdout.splitlines()[-1]))


async def measure(file: Path) -> Figures:
    """Open the database, answer once, then have members save one after another."""
    began = time.perf_counter() - time.process_time()  # what Python itself took is spent already
    from benchmarks.village_of_files import Village  # noqa: PLC0415 its imports belong to the start

    village = await Village.opened(file)
    members = await village.members(CONVERSATIONS + WARMING_UP)
    await village.say(members[0], "/menu")
    start, start_cpu = time.perf_counter() - began, time.process_time()
    for member in members[:WARMING_UP]:
        await village.save(member)
    village.latencies.clear()
    cpu = time.process_time()
    for member in members[WARMING_UP:]:
        await village.save(member)
    spent = (time.process_time() - cpu) * 1000 / len(village.latencies)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    everybody = await village.count()
    await village.close()
    return Figures(everybody, median(village.latencies) * 1000, spent, memory, start, start_cpu)


if __name__ == "__main__":
    main()
