"""What waits for this person, oldest first, each as a card with its buttons."""

from __future__ import annotations

from handlers.cards import deposit
from handlers.menu import menu_of
from handlers.standing import position
from handlers.turn import Turn
from storage import deposits, groups
from storage.deposits import DepositRow

MOST_SHOWN = 10


def everything(turn: Turn) -> None:
    """Show the oldest of what waits; the rest is counted."""
    waiting = _deposits(turn)
    if not waiting:
        turn.say("waiting.nothing", menu_of(turn))
        return
    turn.say("waiting.count", menu_of(turn), count=len(waiting), shown=min(len(waiting), MOST_SHOWN))
    for found in waiting[:MOST_SHOWN]:
        deposit.send_card(turn, found, turn.me)


def _deposits(turn: Turn) -> list[DepositRow]:
    """Return the deposits this person may decide on now, in all her groups."""
    here = position(turn)
    mine = {m.group_id for m in here.memberships} | {g.id for g in groups.groups_of_facilitator(turn.conn, turn.me)}
    found = [d for group_id in sorted(mine) for d in deposits.open_deposits(turn.conn, group_id)]
    return sorted((d for d in found if d.state == "waiting" and turn.me in deposit.confirmers_of(turn, d)), key=lambda d: d.id)
