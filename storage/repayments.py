"""What was paid on a loan, as replaying it by value date says; the books are to say the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter

from sqlalchemy import Connection

from domain.ledger import Booking
from domain.loan_account import Agreed, Event, LoanAccount, Payment, Split, replay
from domain.posting import Way, instalment_paid
from storage import bylaws, deposits, loan_changes
from storage.deposits import DepositRow
from storage.loan_changes import Change
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
        if self.account.owed:
            return "running"
        return "written_off" if self.account.lost else "settled"

    def _booking(self, row: DepositRow, split: Split) -> Booking:
        lines = instalment_paid(row.way, self.loan.id, row.membership_id, split, row.keeper_id)
        return Booking("set_off" if row.way is Way.SAVINGS else "instalment", row.value_on, lines)


def by_value(row: DepositRow) -> tuple[object, ...]:
    """In which order payments count."""
    return row.value_on, row.id


def paid_on(conn: Connection, loan: LoanRow) -> Paid:
    """Return what was paid on a loan that was received, and stands in the books."""
    return replayed(conn, loan, deposits.repayments_of(conn, loan.id))


def replayed(conn: Connection, loan: LoanRow, rows: Iterable[DepositRow]) -> Paid:
    """Return what these payments come to on a loan that was received; LookupError before that."""
    rules = bylaws.bylaws_at(conn, loan.group_id, loan.bylaws).rules
    agreed = Agreed(loan.fixed, rules.payment_order, rules.instalment_fine)
    paid = sorted(rows, key=by_value)
    later = [row for row in paid if recovers(row, loan)]
    before = [row for row in paid if row not in later]
    account, splits = replay(agreed, _in_order(before, loan_changes.changes_of(conn, loan.id)))
    if loan.loss_entry_id is not None:
        account, more = account.written_off().after(map(_payment, later))
        splits += more
    return Paid(loan, (*before, *later), splits, account)


def recovers(row: DepositRow, loan: LoanRow) -> bool:
    """Tell whether a payment came to the books after its loan was written off, or is about to."""
    return loan.loss_entry_id is not None and (row.entry_id is None or row.entry_id > loan.loss_entry_id)


def _in_order(paid: Iterable[DepositRow], decided: Iterable[Change]) -> Iterable[Event]:
    """What was decided stands behind all that had been reported by then, confirmed or not."""
    events: list[tuple[object, int, Event]] = [(by_value(row), 0, _payment(row)) for row in paid]
    events += (((event.day, last or 0), 1, event) for event, last in decided)
    return (event for *_, event in sorted(events, key=itemgetter(0, 1)))


def _payment(row: DepositRow) -> Payment:
    return Payment(row.value_on, row.amount)
