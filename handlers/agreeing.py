"""Whoever has not accepted the rules that hold is reminded, once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from domain.ids import AcceptanceId
from handlers.cards import acceptance as card
from handlers.turn import Desk, Turn
from storage import agreements

AT_ONCE = 20  # reminders a unit: units stay short


def run(desk: Desk, conn: Connection, now: datetime) -> None:
    """Remind of some; the next tick takes the next ones."""
    turn = Turn(desk, conn, now)
    for acceptance_id in agreements.acceptances_due(conn, now, AT_ONCE):
        _remind(turn, acceptance_id)
    turn.finish()


def _remind(turn: Turn, acceptance_id: AcceptanceId) -> None:
    """Look again: she may have left, and a newer version may hold."""
    agreements.note_reminded(turn.conn, acceptance_id)
    found = agreements.acceptance_by_id(turn.conn, acceptance_id)
    if found is None or found.version != agreements.version_of(turn.conn, found.group_id, found.document):
        return
    member = turn.member(found.membership_id)
    if member.state == "admitted":
        facts, key = card.facts_of(turn, found, member), f"acceptance_reminder:{found.id}"
        turn.remind(
            member.helper_id or member.person_id, "acceptance.reminder", card.rows_of(found), key, **facts
        )
