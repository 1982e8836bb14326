"""Watches how fast the bot sends; going too fast is a warning, not yet a violation."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from simulator.flavours import Flavour

OVERALL = {Flavour.TELEGRAM: 30, Flavour.BALE: 10}
# Short bursts in one chat are tolerated; what counts is the pace over some seconds.
CHAT_SECONDS = 10
CHAT_MOST = 13
KEPT = 200


@dataclass(frozen=True, slots=True)
class PaceWarning:
    """More messages than the platform asks for: in one chat, or in all (`chat` is None)."""

    flavour: Flavour
    chat: int | None
    count: int
    seconds: int


class Pace:
    """The sending times of the last seconds."""

    def __init__(self) -> None:
        """Begin without any."""
        self._sent: deque[tuple[float, Flavour, int]] = deque()
        self.warnings: deque[PaceWarning] = deque(maxlen=KEPT)

    def sent(self, now: float, flavour: Flavour, chat: int) -> None:
        """Count one message sent at `now` (seconds of the loop)."""
        self._sent.append((now, flavour, chat))
        while self._sent and self._sent[0][0] <= now - CHAT_SECONDS:
            self._sent.popleft()
        overall = sum(1 for at, where, _ in self._sent if where is flavour and at > now - 1)
        if overall > OVERALL[flavour]:
            self.warnings.append(PaceWarning(flavour, None, overall, 1))
        here = sum(1 for _, where, whom in self._sent if where is flavour and whom == chat)
        if here > CHAT_MOST:
            self.warnings.append(PaceWarning(flavour, chat, here, CHAT_SECONDS))
