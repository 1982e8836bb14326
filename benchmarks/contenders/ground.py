"""What every contender is told by the environment, and the word its buttons carry."""

from __future__ import annotations

import os
from dataclasses import dataclass

BUTTON, DATA = "again", "echo"


@dataclass(frozen=True, slots=True)
class Ground:
    """Where the platform is, and for a webhook where to listen."""

    api: str
    token: str
    webhook: bool
    port: int

    @property
    def methods(self) -> str:
        return f"{self.api}/bot{self.token}"

    @property
    def webhook_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"


def ground() -> Ground:
    """Read what the benchmark set."""
    told = os.environ
    return Ground(
        told["BENCH_API"], told["BENCH_TOKEN"], told["BENCH_MODE"] == "webhook", int(told["BENCH_PORT"])
    )
