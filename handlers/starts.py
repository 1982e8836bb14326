"""/start and what its code opens: a group, a role in the programme, or the bot itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from domain.rights import Standing
from handlers import by_code, talking
from handlers.invitations import digest_of, offer_of
from handlers.standing import position
from handlers.turn import Turn
from handlers.views import about, general


def _role(turn: Turn, code: str) -> None:
    """A one-time link into a role of the programme, or the claim of a new installation."""
    talking.begin(turn, "accept_role", offer_of(turn, digest_of(code)).subject)


# What stands before the code, and who takes it from there.
CODES: Mapping[str, Callable[[Turn, str], None]] = {
    "g": by_code.open_group,
    "j": by_code.open_joining,
    "r": _role,
    "claim": _role,
}


def start(turn: Turn, payload: str) -> None:
    """Open what the code names; without one, say who we are or show the menu."""
    prefix, _, code = payload.partition("_")
    if prefix in CODES:
        CODES[prefix](turn, code)
    elif Standing.STRANGER in position(turn).standings:
        about.introduce(turn)
    else:
        general.show_menu(turn)
