"""/start and what its code opens: a group, a role in the programme, or the bot itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from domain.rights import Standing
from handlers.menu import menu_of
from handlers.standing import position
from handlers.turn import Turn
from handlers.views import general

# What stands before the code, and who takes it from there.
CODES: Mapping[str, Callable[[Turn, str], None]] = {}


def start(turn: Turn, payload: str) -> None:
    """Open what the code names; without one, say who we are or show the menu."""
    prefix, _, code = payload.partition("_")
    if prefix in CODES:
        CODES[prefix](turn, code)
    elif Standing.STRANGER in position(turn).standings:
        turn.say("about.what", menu_of(turn))
    else:
        general.show_menu(turn)
