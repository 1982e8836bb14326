"""A board's term ends: the board and the facilitator are told once, a month before."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from domain.calendar import local_day
from domain.ids import GroupId
from handlers.concerned import leaders_of
from handlers.turn import Desk, Turn
from storage import groups

AT_ONCE = 20  # groups a unit: units stay short


def run(desk: Desk, conn: Connection, now: datetime) -> None:
    """Tell some groups of terms that end; the next tick takes the next ones."""
    for group_id in groups.groups_to_tell(conn, local_day(now), AT_ONCE):
        turn = Turn(desk, conn, now)
        _tell(turn, group_id)
        turn.finish()


def _tell(turn: Turn, group_id: GroupId) -> None:
    groups.lock_group(turn.conn, group_id)
    group, running = turn.group(group_id), groups.terms_of(turn.conn, group_id)
    terms = [term for term in running if term.told_on is not None and term.told_on <= turn.today]
    ends = max(term.ends_on for term in terms)
    facts = {"group": group.name, "terms": [(term.office, term.name or "", term.ends_on) for term in terms]}
    leaving = (term.person_id for term in terms)
    for person in dict.fromkeys((*leaders_of(turn, group), *leaving)):
        turn.tell(person, "election.term_ends", (), f"term_ends:{group_id}:{ends}:{person}", **facts)
    groups.note_told(turn.conn, group_id, turn.today)
