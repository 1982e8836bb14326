"""What nobody has answered of opening balances is put before officers, once she has had her days."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from domain.ids import OpeningId
from domain.opening import LineState, witnessed_from
from handlers.cards import correction
from handlers.cards.opening import send_witness, witnesses_of
from handlers.turn import Desk, Turn
from storage import corrections, groups, openings

AT_ONCE = 5  # groups a unit: units stay short


def run(desk: Desk, conn: Connection, now: datetime) -> None:
    """Look at some of those that are due; the next tick takes the next ones."""
    for opening_id in openings.openings_due(conn, now, AT_ONCE):
        turn = Turn(desk, conn, now)
        _fall_due(turn, opening_id)
        turn.finish()


def _fall_due(turn: Turn, opening_id: OpeningId) -> None:
    """Who was asked later, because her line was corrected, has her days as well."""
    found = openings.opening_by_id(turn.conn, opening_id)
    if found is None:
        return
    groups.lock_group(turn.conn, found.group_id)
    put_right = corrections.open_correction(turn.conn, opening_id)
    if put_right is not None and put_right.state == "waiting":
        for person in correction.signers_of(turn, put_right):
            correction.send_sign(turn, put_right, person)
    waiting = [
        (witnessed_from(line.asked_at), line)
        for line in openings.lines_of(turn.conn, opening_id)
        if line.state is LineState.WAITING and line.asked_at is not None
    ]
    for at, line in waiting:
        if at <= turn.now:
            for person in witnesses_of(turn, line):
                send_witness(turn, line, person)
    later = [at for at, _ in waiting if at > turn.now]
    openings.look_again(turn.conn, opening_id, min(later) if later else None)
