"""Which function takes a tap on which kind of card; what it returns is the conversation to begin, if any."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from handlers.cards import deposit
from handlers.turn import Turn

PRESSES: Mapping[str, Callable[[Turn, int, str, int], str | None]] = {
    deposit.KIND: deposit.press,
}
