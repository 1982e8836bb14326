"""The menu: who sees which large button. What a button does stands in `handlers.actions`."""

from __future__ import annotations

from domain.outgoing import Menu
from domain.rights import BOARD, IN_A_GROUP, Standing
from handlers.standing import position
from handlers.turn import Turn

FACILITATOR = frozenset({Standing.FACILITATOR})
CONFIRMERS = BOARD | FACILITATOR

# Each row is a line of buttons; a button is shown to whoever has one of the standings.
ROWS: tuple[tuple[tuple[str, frozenset[Standing]], ...], ...] = (
    (("menu_save", IN_A_GROUP),),
    (("menu_waiting", CONFIRMERS),),
    (("menu_loans", IN_A_GROUP),),
    (("menu_passbook", IN_A_GROUP), ("menu_fund", IN_A_GROUP)),
    (("menu_money", BOARD),),
    (("menu_assembly", IN_A_GROUP), ("menu_objection", IN_A_GROUP)),
    (("menu_rounds", BOARD), ("menu_reverse", BOARD)),
    (("menu_members", BOARD),),
    (("menu_groups", FACILITATOR), ("menu_new_group", FACILITATOR)),
    (("menu_leads", frozenset({Standing.LEADS})), ("menu_invite", frozenset({Standing.INVITER}))),
    (("menu_about", frozenset({Standing.STRANGER})), ("menu_offices", frozenset({Standing.STRANGER}))),
    (("menu_interested", frozenset({Standing.STRANGER})), ("menu_have_code", frozenset({Standing.STRANGER}))),
    (("menu_me", frozenset(Standing) - {Standing.STRANGER}), ("menu_help", frozenset(Standing))),
)


def words_for(standings: frozenset[Standing]) -> tuple[tuple[str, ...], ...]:
    """Return the menu's words, row by row, for these standings."""
    rows = (tuple(word for word, who in row if who & standings) for row in ROWS)
    return tuple(row for row in rows if row)


def menu_of(turn: Turn) -> Menu:
    """Return the menu of whoever this turn answers."""
    rows = words_for(position(turn).standings)
    return Menu(tuple(tuple(turn.desk.texts.label(word) for word in row) for row in rows))
