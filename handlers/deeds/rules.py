"""The assembly gave its group other rules."""

from __future__ import annotations

from domain import matters
from domain.bylaws import amended
from domain.votes import Outcome
from handlers.turn import Turn
from storage import bylaws
from storage.assembly import ProposalRow


def adopt(turn: Turn, closed: ProposalRow, outcome: Outcome) -> None:
    """Enter the next version of the bylaws: all rules as voted on, or those in force with some changed."""
    if outcome is not Outcome.ACCEPTED or closed.matter is None:
        return
    now = bylaws.bylaws_of(turn.conn, closed.group_id).rules
    rules = amended(now, matters.read(closed.matter))
    bylaws.adopt(turn.conn, closed.group_id, rules, closed.id, turn.now)
