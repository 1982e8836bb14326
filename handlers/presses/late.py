"""A button that comes too late: it says so, and shows how its matter stands."""

from __future__ import annotations

from collections.abc import Callable

from domain.commands import Command
from domain.refusals import Refused
from handlers.carry_out import carry_out
from handlers.turn import Turn


def carry_out_or_show(turn: Turn, command: Command, show: Callable[[], None]) -> None:
    """Do what a button says; where that was decided already, say so and show how it stands."""
    try:
        carry_out(turn, command)
    except Refused as refused:
        if refused.name != "already_decided":
            raise
        turn.say("common.already_answered")
        show()
