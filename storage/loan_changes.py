"""What the assembly decided about loans that run: kept with the vote, replayed among the payments."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, insert, select

from domain import matters
from domain.ids import DepositId, LoanId, ProposalId
from domain.loan_account import Rescheduling, Waiver
from domain.repaying import FineWaived, LoanRescheduled
from storage.prepared import Prepared
from storage.schema import deposit, loan_change, proposal


class Change(NamedTuple):
    """What was decided about a loan, and the last payment on it that had been reported by then."""

    event: Rescheduling | Waiver
    deposit_id: DepositId | None


def changes_of(conn: Connection, loan_id: LoanId) -> tuple[Change, ...]:
    """Return what was decided about a loan, in the order of deciding."""
    return tuple(_OF_LOAN.all(conn, loan_id=loan_id))


def add_change(conn: Connection, loan_id: LoanId, proposal_id: ProposalId, day: date) -> None:
    """Let what a vote decided about a loan hold for all that is paid from now on."""
    last = select(func.max(deposit.c.id)).where(deposit.c.loan_id == loan_id).scalar_subquery()
    new = {"loan_id": loan_id, "proposal_id": proposal_id, "changed_on": day, "deposit_id": last}
    conn.execute(insert(loan_change).values(new))


def loan_of(matter: str | None) -> LoanId:
    """Return the loan that a vote would change; TypeError or ValueError where it would change none."""
    return _read(matter).loan


def _read(matter: str | None) -> LoanRescheduled | FineWaived:
    found = matters.read(matter or "")
    if not isinstance(found, LoanRescheduled | FineWaived):
        raise TypeError("that proposal changes no loan")
    return found


def _change(day: date, deposit_id: DepositId | None, matter: str) -> Change:
    new = _read(matter)
    if isinstance(new, FineWaived):
        return Change(Waiver(day), deposit_id)
    return Change(Rescheduling(day, new.months, new.first_due), deposit_id)


_OF_LOAN = Prepared(
    select(loan_change.c.changed_on, loan_change.c.deposit_id, proposal.c.matter)
    .join(proposal, proposal.c.id == loan_change.c.proposal_id)
    .where(loan_change.c.loan_id == bindparam("loan_id"))
    .order_by(loan_change.c.id),
    _change,
)
