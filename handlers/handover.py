"""An office changes hands: what waits for whoever holds it goes to whoever holds it now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from domain.ids import PersonId
from domain.offices import Offices
from domain.posting import MoveKind
from handlers import keeping
from handlers.cards import applicant, deposit, move
from handlers.turn import Turn
from storage import deposits, groups, moves
from storage.groups import GroupRow


@contextmanager
def handing_over(turn: Turn, group: GroupRow) -> Iterator[None]:
    """Enclose a change of offices; afterwards the cards of what waits are sent to those who decide now."""
    before = {d.id: deposit.confirmers_of(turn, d) for d in deposits.open_deposits(turn.conn, group.id)}
    offices = groups.offices_of(turn.conn, group)
    yield
    for found in deposits.open_deposits(turn.conn, group.id):
        if found.state == "waiting" and deposit.confirmers_of(turn, found) != before[found.id]:
            deposit.send_cards(turn, found)
    now = groups.offices_of(turn.conn, group)
    if now.chair is not None and now.chair != offices.chair:
        for waiting in applicant.waiting_in(turn, group):
            applicant.send_card(turn, waiting, now.chair)
    if now.treasurer is not None and now.treasurer != offices.treasurer:
        _tell_of_kept_cash(turn, group, now, now.treasurer)


def _tell_of_kept_cash(turn: Turn, group: GroupRow, offices: Offices, treasurer: PersonId) -> None:
    """Tell a new treasurer and whoever keeps cash for her; what was said to be handed over is shown her."""
    kept = keeping.kept_in(turn, group.id)
    names = turn.names([treasurer, *(one.keeper for one in kept)])
    facts = {"group": group.name, "treasurer": names.get(treasurer, "")}
    for one in kept:
        if one.keeper != treasurer and keeping.is_here(turn, one.keeper, group.id, offices):
            rows = keeping.rows_for(one.keeper, group, kept, offices)
            turn.tell(one.keeper, "hand_over.you_keep", rows, None, amount=one.amount, **facts)
    if kept:
        in_hands = [(names.get(one.keeper, ""), one.amount) for one in kept]
        rows = keeping.rows_for(treasurer, group, kept, offices)
        turn.tell(treasurer, "hand_over.others_keep", rows, None, group=group.name, kept=in_hands)
    for found in moves.waiting_moves(turn.conn, group.id):
        if found.kind is MoveKind.HANDED_OVER:
            move.send_cards(turn, found)
