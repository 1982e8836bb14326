"""The assembly decided on a loan: to grant, pay first or write it off, schedule it anew, waive its fines."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from domain import matters
from domain.ids import LoanId
from domain.ledger import Booking
from domain.lending import NOTHING, LoanAsked, LoanFirst
from domain.loan_account import LoanAccount
from domain.posting import loan_written_off
from domain.repaying import FineWaived, LoanLost, LoanRescheduled
from domain.votes import Outcome
from handlers import lending, repaying
from handlers.deeds.booking import book_resolved, resolved
from handlers.turn import Turn
from storage import loan_changes, loans, repayments
from storage.assembly import ProposalRow
from storage.groups import MemberRow
from storage.loans import LoanRow


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
    found = loans.locked_loan(turn.conn, matters.carried(closed.matter, LoanFirst).loan)
    if outcome is Outcome.ACCEPTED and found is not None and found.state == "approved":
        before_all = loans.places_of(turn.conn, closed.group_id).first - 1
        loans.move_to(turn.conn, found.id, before_all, turn.now)
        lending.serve(turn, closed.group_id)


def write_off(turn: Turn, closed: ProposalRow, outcome: Outcome) -> None:
    """Book what is owed as lost and tell the borrower; nothing where it runs no more, or more is owed now."""
    if outcome is not Outcome.ACCEPTED:
        return
    lost = matters.carried(closed.matter, LoanLost)
    found = _as_voted(turn, closed, lost.loan, "write_off.nothing_done", lambda left: _owes(left, lost))
    if found is None:
        return
    member, left = turn.member(found.membership_id), repaying.account_of(turn, found).principal
    booking = Booking("loan_written_off", turn.today, loan_written_off(found.id, left))
    (booked,) = book_resolved(turn, closed, "CarryOutWriteOff", [member.person_id], [booking])
    loans.update_loan(turn.conn, found, state="written_off", loss_entry_id=booked.id)
    about = {"amount": left, **_about(turn, member)}
    turn.tell_member(member, "write_off.told_borrower", (), f"written_off:{found.id}", **about)


def reschedule(turn: Turn, closed: ProposalRow, outcome: Outcome) -> None:
    """Give what is left a new schedule; nothing where it runs no more, or more is owed now."""
    if outcome is not Outcome.ACCEPTED:
        return
    new = matters.carried(closed.matter, LoanRescheduled)
    found = _as_voted(turn, closed, new.loan, "reschedule.nothing_done", lambda left: _owes(left, new))
    if found is None:
        return
    _change(turn, closed, found)
    member, account = turn.member(found.membership_id), repaying.account_of(turn, found)
    shown = {"left": account.principal, "plan": account.plan, "standing": account.standing}
    about = {**shown, **_about(turn, member), **resolved(turn, closed)}
    turn.tell_member(member, "reschedule.told_borrower", (), f"rescheduled:{closed.id}", **about)


def waive(turn: Turn, closed: ProposalRow) -> None:
    """Take the fines of a loan away that are open now; nothing where there are none."""
    waived = matters.carried(closed.matter, FineWaived)
    text = "waive_fine.nothing_done"
    found = _as_voted(turn, closed, waived.loan, text, lambda left: bool(left.fines(turn.today)))
    if found is None:
        return
    member, before = turn.member(found.membership_id), repaying.account_of(turn, found)
    _change(turn, closed, found)
    left = repaying.left_facts(turn, repaying.account_of(turn, found))
    about = {"amount": before.fines(turn.today), **left, **_about(turn, member), **resolved(turn, closed)}
    turn.tell_member(member, "waive_fine.told_borrower", (), f"waived:{closed.id}", **about)


def _change(turn: Turn, closed: ProposalRow, found: LoanRow) -> None:
    """Let what was decided hold from now on."""
    loan_changes.add_change(turn.conn, found.id, closed.id, turn.today)
    state = repayments.paid_on(turn.conn, found).state
    if state != found.state:
        loans.update_loan(turn.conn, found, state=state)


def _as_voted(
    turn: Turn, closed: ProposalRow, loan_id: LoanId, nothing_done: str, fits: Callable[[LoanAccount], bool]
) -> LoanRow | None:
    """Return the loan of a vote if it runs and fits what was voted; else say that nothing is done."""
    found = loans.locked_loan(turn.conn, loan_id)
    if found is None:
        raise LookupError(f"proposal {closed.id} is about loan {loan_id}, which there is not")
    if found.state == "running" and fits(repaying.account_of(turn, found)):
        return found
    turn.tell(closed.proposed_by, nothing_done, (), None, **_about(turn, turn.member(found.membership_id)))
    return None


def _owes(account: LoanAccount, seen: LoanLost | LoanRescheduled) -> bool:
    """Something, and no more than was seen when the vote was opened."""
    return NOTHING < account.principal <= seen.principal


def _about(turn: Turn, member: MemberRow) -> Mapping[str, object]:
    return {"group": turn.group(member.group_id).name, "name": member.name or ""}
