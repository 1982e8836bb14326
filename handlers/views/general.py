"""Help, the menu, and what is said when nothing else fits."""

from __future__ import annotations

from domain.rights import Standing
from handlers.menu import menu_of
from handlers.standing import position
from handlers.turn import Turn


def show_help(turn: Turn) -> None:
    """Say what this person can do here, by her standings."""
    standings = position(turn).standings
    turn.say(
        "help.stranger" if Standing.STRANGER in standings else "help.known",
        menu_of(turn),
        standings=sorted(standing.value for standing in standings),
    )


def show_menu(turn: Turn) -> None:
    """Show the large buttons, and which group is looked at."""
    here = position(turn)
    if here.group is None:
        turn.say("common.menu", menu_of(turn))
    else:
        turn.say("common.menu_of_group", menu_of(turn), group=here.group.name)


def nothing_fits(turn: Turn) -> None:
    """A short answer that says what would work."""
    saves = not position(turn).standings.isdisjoint({Standing.MEMBER, Standing.HELPER})
    turn.say("common.nothing_fits", menu_of(turn), saves=saves)
