"""What is measured of a contender, and how it is put into a table."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from statistics import median, quantiles

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Measured:
    """One run of one contender."""

    a_second: float
    p50: float  # milliseconds
    p99: float
    cpu: float  # milliseconds an update
    calls: float  # an update
    elsewhere: float  # messages a second to those who do not play
    withheld: float  # processors that a virtual machine's host gave to others meanwhile


def processor_seconds(pid: int) -> float:
    """Return what a process has spent of the processor so far, its children left out."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def withheld_seconds() -> float:
    """Return for how long the machine's processors together had to wait for their host so far."""
    return int(Path("/proc/stat").read_text("ascii").split(maxsplit=9)[8]) / TICKS


def measured(
    latencies: Sequence[float], calls: int, seconds: float, cpu: float, elsewhere: int, withheld: float
) -> Measured:
    """Make figures of what was counted. ValueError where nothing was answered."""
    count = len(latencies)
    if count < 2:  # noqa: PLR2004 fewer have no quantiles
        raise ValueError("nothing was answered")
    cuts = quantiles(latencies, n=100)
    each = (cpu * 1000 / count, calls / count, elsewhere / seconds)
    return Measured(count / seconds, cuts[49] * 1000, cuts[98] * 1000, *each, withheld / seconds)


def table(rows: Mapping[str, Sequence[Measured]], measure: str) -> str:
    """Return a table of medians in Markdown, with ratios to the contender of this name."""
    least = _middle(rows[measure])
    columns = ("updates/s", "p50 ms", "p99 ms", "CPU ms/update", "calls/update", "speed ratio", "CPU ratio")
    head = " | ".join(["|", *columns, "withheld |"])
    lines = [_line(name, _middle(found), least) for name, found in rows.items()]
    return "\n".join([head, "|---|" + "---:|" * (len(columns) + 1), *lines])


def _line(name: str, one: Measured, least: Measured) -> str:
    figures = f"{one.a_second:,.0f} | {one.p50:.1f} | {one.p99:.1f} | {one.cpu:.3f} | {one.calls:.2f}"
    ratios = f"{one.a_second / least.a_second:.2f} | {one.cpu / least.cpu:.2f}"
    return f"| {name} | {figures} | {ratios} | {one.withheld:.2f} |"


def _middle(found: Sequence[Measured]) -> Measured:
    return Measured(*map(median, zip(*map(astuple, found), strict=True)))
