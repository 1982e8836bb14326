"""Compares what is booked of payments on loans with what replaying them says."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from domain.ids import LoanId
from domain.ledger import Account
from domain.loan_terms import ImpossibleTerms
from domain.posting import loan_written_off
from storage import loans, passbooks, repayments
from storage.flaws import Flaw
from storage.loan_checks import IN_THE_BOOKS
from storage.loans import LoanRow
from storage.repayments import Paid, recovers
from storage.schema import loan


def check_repayments(conn: Connection) -> Iterator[Flaw]:
    """Loan by loan: each payment's entry, what was written off, what is left, and whether it runs."""
    received = select(loan.c.id).where(loan.c.state.in_(IN_THE_BOOKS)).order_by(loan.c.id)
    for loan_id in conn.scalars(received).all():
        found = loans.loan_by_id(conn, LoanId(loan_id))
        if found is not None and found.first_due is not None:
            yield from _replayed(conn, found)


def _replayed(conn: Connection, found: LoanRow) -> Iterator[Flaw]:
    try:
        paid = repayments.paid_on(conn, found)
    except ImpossibleTerms as flaw:
        yield Flaw(f"loan {found.id} has terms no loan can have ({flaw})", found.group_id)
        return
    except (TypeError, ValueError):
        return  # said where what was decided about it is compared with the votes
    yield from _entries(conn, paid)
    yield from _lost(conn, found, paid)
    yield from _left(conn, found, paid)


def _entries(conn: Connection, paid: Paid) -> Iterator[Flaw]:
    for row, wanted in paid.bookings.items():
        if row.entry_id is None:
            continue  # said where deposits are compared with their entries
        booked = passbooks.entry_of(conn, row.entry_id)
        if booked.lines != wanted.lines:
            yield Flaw(
                f"payment {row.id} on loan {row.loan_id} is not booked as replaying the loan says",
                row.group_id,
                booked.sequence,
                booked.id,
            )


def _lost(conn: Connection, found: LoanRow, paid: Paid) -> Iterator[Flaw]:
    """What was written off is what was owed after the payments before."""
    if found.loss_entry_id is None:
        return
    before = repayments.replayed(
        conn, found._replace(loss_entry_id=None), [row for row in paid.rows if not recovers(row, found)]
    )
    booked = passbooks.entry_of(conn, found.loss_entry_id)
    if booked.lines != loan_written_off(found.id, before.account.principal):
        yield Flaw(
            f"loan {found.id} is not written off as replaying it says",
            found.group_id,
            booked.sequence,
            booked.id,
        )


def _left(conn: Connection, found: LoanRow, paid: Paid) -> Iterator[Flaw]:
    owed = passbooks.balance_of(conn, found.group_id, Account.INTERNAL_LOANS, found.id)
    if owed != paid.account.principal:
        yield Flaw(f"what is owed on loan {found.id} is not what replaying it leaves", found.group_id)
    if found.state != paid.state:
        yield Flaw(f"loan {found.id} is {found.state}, by replay {paid.state}", found.group_id)
