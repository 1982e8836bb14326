"""What the programme is, in four short messages; the last says what can be done now."""

from __future__ import annotations

from handlers.menu import menu_of
from handlers.turn import Press, Turn

KIND = "go"


def introduce(turn: Turn) -> None:
    """Say what it is, who may join, what it costs, and where to go on."""
    turn.say("about.what", menu_of(turn))
    turn.say("about.who")
    turn.say("about.money")
    turn.say_with(
        "about.next",
        [
            [_go("interest", "menu_interested")],
            [_go("where", "menu_offices")],
            [_go("code", "menu_have_code")],
        ],
    )


def have_code(turn: Turn) -> None:
    """Say how a group's code is typed."""
    turn.say("about.have_code", menu_of(turn))


def _go(choice: str, word: str) -> Press:
    return Press(KIND, 0, choice, 0, word)
