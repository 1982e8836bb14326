"""What the assembly decided about loans that run: kept with the vote, replayed among the payments."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, bindparam, insert, select

from domain import matters
from domain.ids import LoanId, ProposalId
from domain.loan_account import Rescheduling, Waiver
from domain.repaying import FineWaived, LoanRescheduled
from storage.prepared import Prepared
from storage.schema import loan_change, proposal


def changes_of(conn: Connection, loan_id: LoanId) -> tuple[Rescheduling | Waiver, ...]:
    """Return what was decided about a loan, in the order of deciding."""
    return tuple(_OF_LOAN.all(conn, loan_id=loan_id))


def add_change(conn: Connection, loan_id: LoanId, proposal_id: ProposalId, day: date) -> None:
    """Let what a vote decided about a loan hold from a day on."""
    conn.execute(insert(loan_change).values(loan_id=loan_id, proposal_id=proposal_id, changed_on=day))


def loan_of(matter: str | None) -> LoanId:
    """Return the loan that a vote would change; TypeError or ValueError where it would change none."""
    return _read(matter).loan


def _read(matter: str | None) -> LoanRescheduled | FineWaived:
    found = matters.read(matter or "")
    if not isinstance(found, LoanRescheduled | FineWaived):
        raise TypeError("that proposal changes no loan")
    return found


def _change(day: date, matter: str) -> Rescheduling | Waiver:
    new = _read(matter)
    return Waiver(day) if isinstance(new, FineWaived) else Rescheduling(day, new.months, new.first_due)


_OF_LOAN = Prepared(
    select(loan_change.c.changed_on, proposal.c.matter)
    .join(proposal, proposal.c.id == loan_change.c.proposal_id)
    .where(loan_change.c.loan_id == bindparam("loan_id"))
    .order_by(loan_change.c.id),
    _change,
)
