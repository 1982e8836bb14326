"""What was paid on a loan, as replaying it by value date says; the books are to say the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from domain.ledger import Booking
from domain.loan_account import Agreed, LoanAccount, Payment, Split, replay
from domain.posting import instalment_paid
from storage import bylaws, deposits
from storage.deposits import DepositRow
from storage.loans import LoanRow


@dataclass(frozen=True, slots=True)
class Paid:
    """A loan's payments by value date, what each was for, and what is left."""

    loan: LoanRow
    rows: tuple[DepositRow, ...]
    splits: tuple[Split, ...]
    account: LoanAccount

    @property
    def bookings(self) -> Mapping[DepositRow, Booking]:
        """The entry each payment should have."""
        return {row: self._booking(row, split) for row, split in zip(self.rows, self.splits, strict=True)}

    @property
    def state(self) -> str:
        """How the loan stands after them."""
        return "running" if self.account.owed else "settled"

    def _booking(self, row: DepositRow, split: Split) -> Booking:
        lines = instalment_paid(row.way, self.loan.id, row.membership_id, split)
        return Booking("instalment", row.value_on, lines)


def by_value(row: DepositRow) -> tuple[object, ...]:
    """In which order payments count."""
    return row.value_on, row.id


def paid_on(conn: Connection, loan: LoanRow) -> Paid:
    """Return what was paid on a loan that was received, and stands in the books."""
    return replayed(conn, loan, deposits.repayments_of(conn, loan.id))


def replayed(conn: Connection, loan: LoanRow, rows: Iterable[DepositRow]) -> Paid:
    """Return what these payments come to on a loan that was received; LookupError before that."""
    if loan.first_due is None:
        raise LookupError("nothing is paid on a loan before it was received")
    rules = bylaws.bylaws_at(conn, loan.group_id, loan.bylaws)
    agreed = Agreed(loan.terms(loan.first_due), rules.payment_order, rules.instalment_fine)
    paid = tuple(sorted(rows, key=by_value))
    account, splits = replay(agreed, (Payment(row.value_on, row.amount) for row in paid))
    return Paid(loan, paid, splits, account)
