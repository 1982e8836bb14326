"""Whether what Python holds grows with the updates that were worked off."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager

WARM_UP = 2_500  # updates after which every cache is filled
ALLOWANCE = 64 << 10  # bytes: what happens to be under way at the end
A_THOUSAND = 4 << 10  # and for every thousand updates: pages and lists that only find their final size
NOT_COUNTED = (tracemalloc.Filter(False, tracemalloc.__file__),)


class Memory:
    """What is held after the warm-up; a run no longer than that measures nothing, and costs nothing."""

    def __init__(self) -> None:
        self._before: tracemalloc.Snapshot | None = None

    @contextmanager
    def watched(self, updates: int) -> Iterator[None]:
        """Trace a run of so many updates; fail where more is held in the end than after the warm-up."""
        if updates <= WARM_UP:
            yield
            return
        tracemalloc.start()
        try:
            yield
            self._compare(ALLOWANCE + A_THOUSAND * updates // 1000)
        finally:
            tracemalloc.stop()

    def after(self, updates: int) -> None:
        """So many updates are worked off."""
        if updates == WARM_UP and tracemalloc.is_tracing():
            self._before = _held()

    def _compare(self, allowed: int) -> None:
        assert self._before is not None
        grown = _held().compare_to(self._before, "lineno")
        assert sum(line.size_diff for line in grown) <= allowed, "\n".join(map(str, grown[:10]))


def _held() -> tracemalloc.Snapshot:
    gc.collect()
    return tracemalloc.take_snapshot().filter_traces(NOT_COUNTED)
