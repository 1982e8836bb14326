"""The assembly decided on a loan: to grant it, to pay it first, to write it off."""

from __future__ import annotations

from domain import matters
from domain.ledger import Booking
from domain.lending import LoanAsked, LoanFirst
from domain.posting import loan_written_off
from domain.repaying import LoanLost
from domain.votes import Outcome
from handlers import lending, repaying
from handlers.deeds.booking import book_resolved
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


def write_off(turn: Turn, closed: ProposalRow, outcome: Outcome) -> None:
    """Book what is owed as lost and tell the borrower; nothing where it runs no more, or more is owed now."""
    if outcome is not Outcome.ACCEPTED:
        return
    lost = matters.carried(closed.matter, LoanLost)
    found = loans.locked_loan(turn.conn, lost.loan)
    if found is None:
        raise LookupError(f"proposal {closed.id} is about loan {lost.loan}, which there is not")
    member = turn.member(found.membership_id)
    about = {"group": turn.group(closed.group_id).name, "name": member.name or ""}
    left = repaying.account_of(turn, found).principal
    if found.state != "running" or left > lost.principal:
        turn.tell(closed.proposed_by, "write_off.nothing_done", (), None, **about)
        return
    booking = Booking("loan_written_off", turn.today, loan_written_off(found.id, left))
    (booked,) = book_resolved(turn, closed, "CarryOutWriteOff", [member.person_id], [booking])
    loans.update_loan(turn.conn, found, state="written_off", loss_entry_id=booked.id)
    turn.tell_member(member, "write_off.told_borrower", (), f"written_off:{found.id}", amount=left, **about)
