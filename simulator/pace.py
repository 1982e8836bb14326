"""Watches how fast the bot sends; going too fast is a warning, not yet a violation."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from simulator.flavours import Flavour

# More than so many messages within so many seconds; short bursts in one chat are tolerated.
OVERALL = {Flavour.TELEGRAM: (30, 1), Flavour.BALE: (10, 1)}
IN_A_CHAT = (13, 10)
KEPT = 200


@dataclass(frozen=True, slots=True)
class PaceWarning:
    """More messages than the platform asks for: in one chat, or in all (`chat` is None)."""

    flavour: Flavour
    chat: int | None
    count: int
    seconds: int


class Pace:
    """The sending times of the last seconds, of each chat and of each platform."""

    def __init__(self) -> None:
        """Begin without any."""
        self._sent: dict[tuple[Flavour, int | None], deque[float]] = {}
        self.warnings: deque[PaceWarning] = deque(maxlen=KEPT)

    def sent(self, now: float, flavour: Flavour, chat: int) -> None:
        """Count one message sent at `now` (seconds of the loop)."""
        self._count(now, flavour, None, *OVERALL[flavour])
        self._count(now, flavour, chat, *IN_A_CHAT)

    def _count(self, now: float, flavour: Flavour, chat: int | None, most: int, seconds: int) -> None:
        times = self._sent.setdefault((flavour, chat), deque())
        times.append(now)
        while times[0] <= now - seconds:
            times.popleft()
        if len(times) > most:
            self.warnings.append(PaceWarning(flavour, chat, len(times), seconds))
