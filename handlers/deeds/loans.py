"""The assembly decided on a loan."""

from __future__ import annotations

from domain import matters
from domain.lending import LoanAsked, LoanFirst
from domain.votes import Outcome
from handlers import lending
from handlers.turn import Turn
from storage import loans
from storage.assembly import ProposalRow


def decide(turn: Turn, closed: ProposalRow, outcome: Outcome) -> None:
    """Put the loan into the queue, or end it: without a quorum at the second call it is not granted."""
    matter = matters.read(closed.matter or "")
    if not isinstance(matter, LoanAsked):
        raise TypeError(f"proposal {closed.id} is about a loan and carries a {type(matter).__name__}")
    found = loans.locked_loan(turn.conn, matter.loan)
    if found is None:
        raise LookupError(f"proposal {closed.id} is about loan {matter.loan}, which there is not")
    if outcome is Outcome.ACCEPTED:
        lending.approve(turn, found, closed.id)
    else:
        lending.reject(turn, found, closed.id)


def put_first(turn: Turn, closed: ProposalRow, outcome: Outcome) -> None:
    """Move a loan that still waits to the head of the queue; every other keeps its place behind it."""
    matter = matters.read(closed.matter or "")
    if not isinstance(matter, LoanFirst):
        raise TypeError(f"proposal {closed.id} is about a queue and carries a {type(matter).__name__}")
    found = loans.locked_loan(turn.conn, matter.loan)
    if outcome is Outcome.ACCEPTED and found is not None and found.state == "approved":
        before_all = loans.places_of(turn.conn, closed.group_id).first - 1
        loans.move_to(turn.conn, found.id, before_all, turn.now)
        lending.serve(turn, closed.group_id)
