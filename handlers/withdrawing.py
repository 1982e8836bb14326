"""A loan nobody waits for any more: the vote on it ends, and the money is free for the next."""

from __future__ import annotations

from domain.ids import GroupId, ProposalId
from domain.proposals import Ballots
from handlers import lending
from handlers.cards import loan as card
from handlers.cards import vote
from handlers.counting import empty_box
from handlers.turn import Turn
from storage import assembly, loans
from storage.loans import LoanRow


def withdraw_loan(turn: Turn, found: LoanRow) -> LoanRow:
    """End a loan before its money was handed over."""
    changed = loans.update_loan(turn.conn, found, state="withdrawn", decided_at=turn.now, due_at=None)
    if found.state == "voting" and found.proposal_id is not None:
        _withdraw_vote(turn, found.group_id, found.proposal_id)
    card.redraw(turn, changed)
    lending.serve(turn, found.group_id)
    return changed


def _withdraw_vote(turn: Turn, group_id: GroupId, first: ProposalId) -> None:
    """End the vote that is open on what was put first in that call: nobody wants it decided any more."""
    for found in assembly.open_proposals(turn.conn, group_id):
        if first in (found.id, found.follows):
            closed = assembly.update_proposal(turn.conn, found, state="withdrawn", closed_at=turn.now)
            if closed.ballots is Ballots.SECRET:
                empty_box(turn, closed.id)
            vote.redraw(turn, closed)
