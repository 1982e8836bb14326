"""Which function takes a tap on which kind of card; what it returns is the conversation to begin, if any."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from handlers.cards import deposit, reversal
from handlers.presses import money
from handlers.turn import Turn
from handlers.views import rounds

PRESSES: Mapping[str, Callable[[Turn, int, str, int], str | None]] = {
    deposit.KIND: money.on_deposit,
    reversal.KIND: money.on_reversal,
    rounds.KIND: rounds.press,
}
