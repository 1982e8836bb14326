"""What becomes of an objection by itself: without an answer in time it goes to the facilitator."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from domain.ids import ObjectionId
from domain.objections import Act, State, moved
from handlers.cards.objection import redraw, send_card
from handlers.concerned import hand_of
from handlers.turn import Desk, Turn
from storage import assembly, objections
from storage.objections import ObjectionRow

AT_ONCE = 20  # objections a unit: units stay short


def run(desk: Desk, conn: Connection, now: datetime) -> None:
    """Carry over what the board has left without an answer; the next tick takes the next ones."""
    for objection_id in objections.objections_due(conn, now, AT_ONCE):
        turn = Turn(desk, conn, now)
        _fall_due(turn, objection_id)
        turn.finish()


def carry_over(turn: Turn, found: ObjectionRow, act: Act) -> None:
    """Put it before the facilitator, and show everybody concerned that it is there."""
    changed = objections.change_objection(turn.conn, found, state=moved(found.state, act).value)
    redraw(turn, changed)
    send_card(turn, changed, turn.group(changed.group_id).facilitator_id)
    if act is Act.LAPSE:
        send_card(turn, changed, hand_of(turn.member(changed.membership_id)))


def _fall_due(turn: Turn, objection_id: ObjectionId) -> None:
    """An answer that reached us in time and waits to be worked off is waited for."""
    found = objections.locked_objection(turn.conn, objection_id)
    if found is None or found.state is not State.OPEN:
        return
    if assembly.all_read_before(turn.conn, found.due_at):
        carry_over(turn, found, Act.LAPSE)
