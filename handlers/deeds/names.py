"""The assembly gave its group another name."""

from __future__ import annotations

from domain.votes import Outcome
from handlers.turn import Turn
from storage import groups, notes
from storage.assembly import ProposalRow


def call_group(turn: Turn, closed: ProposalRow, outcome: Outcome) -> None:
    """Call the group what was voted on, unless the words were erased meanwhile."""
    name = notes.note_text(turn.conn, closed.note_id)
    if outcome is Outcome.ACCEPTED and name:
        groups.call_group(turn.conn, closed.group_id, name)
        turn.groups.pop(closed.group_id, None)
