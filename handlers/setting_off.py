"""A loan is paid out of what its borrower has saved: no money moves, she owes less and has less saved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from domain.ids import PersonId
from domain.ledger import Booking
from domain.money import Rial
from domain.posting import Way
from handlers import repaying
from handlers.turn import Turn
from storage import deposits, loans, repayments
from storage.deposits import DepositRow
from storage.entries import Booked
from storage.groups import MemberRow
from storage.loans import LoanRow
from storage.repayments import Paid

NOTHING = Rial(0)


@dataclass(frozen=True, slots=True)
class SetOff:
    """What is paid on one loan out of savings, with all that was paid on it."""

    row: DepositRow
    paid: Paid

    @property
    def booking(self) -> Booking:
        return self.paid.bookings[self.row]


def debts_of(turn: Turn, member: MemberRow) -> tuple[tuple[LoanRow, Rial], ...]:
    """Return each loan of hers that is not paid back, oldest first, with what settling it costs today."""
    rows = loans.open_loans_of(turn.conn, member.id)
    unpaid = (row for row in rows if row.state in loans.UNPAID)
    return tuple((row, repaying.account_for_today(turn, row).settling(turn.today).total) for row in unpaid)


def prepared(turn: Turn, member: MemberRow, savings: Rial, said_by: PersonId) -> tuple[SetOff, ...]:
    """Return what savings pay of her loans, the oldest first; `noted` once it is booked."""
    made = []
    for loan, debt in debts_of(turn, member):
        amount = min(debt, savings)
        savings -= amount
        if amount > NOTHING:
            made.append(_paid(turn, member, loan, amount, said_by))
    return tuple(made)


def noted(turn: Turn, member: MemberRow, made: Iterable[tuple[SetOff, Booked]], by: PersonId | None) -> None:
    """Note what was booked, and tell her."""
    for one, booked in made:
        repaying.receipt(turn, member, one.paid, one.row, booked)
        done = {"state": "confirmed", "decided_by": by, "decided_at": turn.now, "entry_id": booked.id}
        deposits.update_deposit(turn.conn, one.row, **done)
        if one.paid.loan.state != one.paid.state:
            loans.update_loan(turn.conn, one.paid.loan, state=one.paid.state)


def _paid(turn: Turn, member: MemberRow, loan: LoanRow, amount: Rial, said_by: PersonId) -> SetOff:
    row = deposits.add_deposit(
        turn.conn,
        group_id=member.group_id,
        membership_id=member.id,
        loan_id=loan.id,
        round_number=0,
        amount=amount,
        way=Way.SAVINGS,
        picture_id=None,
        value_on=turn.today,
        reported_by=said_by,
        reported_at=turn.now,
    )
    before = deposits.repayments_of(turn.conn, loan.id)
    return SetOff(row, repayments.replayed(turn.conn, loan, (*before, row)))
