"""Who floods is slowed down, and nobody else: a chat is not asked more of than it can be answered.

What counts is the answers that still wait to be sent to the chat. They leave at the platform's pace, so
whoever waits for an answer before writing on never comes near the limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

MOST_UNSENT = 30


@dataclass(frozen=True, slots=True)
class Backlog:
    """Answers that wait to be sent to a chat, and whether the last of them asks for patience."""

    unsent: int = 0
    asked_to_wait: bool = False


NOTHING_WAITS = Backlog()


class Heed(Enum):
    """What becomes of an update."""

    ANSWERED = auto()
    ASKED_TO_WAIT = auto()
    PASSED_OVER = auto()


def heed(backlog: Backlog) -> Heed:
    """Answer while there is room, then say so once, and take nothing in until that word has been sent."""
    if backlog.asked_to_wait:
        return Heed.PASSED_OVER
    return Heed.ANSWERED if backlog.unsent < MOST_UNSENT else Heed.ASKED_TO_WAIT
