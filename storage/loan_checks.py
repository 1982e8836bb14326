"""Compares loans with the votes that granted them and the entries by which they began to run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import Connection, Row, func, or_, select

from domain import matters
from domain.bylaws import LoanPrice
from domain.calendar import local_day
from domain.ids import LoanId
from domain.ledger import Account
from domain.lending import LoanAsked
from domain.loan_terms import Method
from storage import loan_changes
from storage.flaws import Flaw
from storage.schema import deposit, entry, loan, loan_change, posting, proposal
from storage.types import Money

AT_ONCE = 500
IN_THE_BOOKS = ("running", "settled", "written_off")
_OPPOSITE = entry.alias("opposite")
_LENT = Account.INTERNAL_LOANS.value
_PAID = func.sum(posting.c.amount, type_=Money)
_LOANS = (
    select(loan.c.id, loan.c.group_id, loan.c.state, loan.c.principal, loan.c.first_due, entry.c.sequence)
    .add_columns(entry.c.id.label("entry_id"), entry.c.group_id.label("booked_in"), _PAID.label("paid"))
    .add_columns(loan.c.paid_by, loan.c.received_by, entry.c.entered_by, entry.c.confirmed_by, entry.c.kind)
    .outerjoin_from(loan, entry, entry.c.id == loan.c.entry_id)
    .outerjoin(
        posting,
        (posting.c.entry_id == entry.c.id) & (posting.c.account == _LENT) & (posting.c.holder == loan.c.id),
    )
    .group_by(loan.c.id, *(column for column in loan.c if column is not loan.c.id), *entry.c)
    .order_by(loan.c.id)
    .execution_options(yield_per=AT_ONCE)
)


_GRANTED = (
    select(*loan.c, proposal.c.state.label("vote"), proposal.c.matter)
    .join(proposal, proposal.c.id == loan.c.proposal_id)
    .where(loan.c.state.in_(("approved", "paid_out", *IN_THE_BOOKS)))
    .order_by(loan.c.id)
    .execution_options(yield_per=AT_ONCE)
)


_CHANGES = (
    select(loan_change.c.loan_id, loan_change.c.changed_on, loan_change.c.deposit_id, proposal.c.group_id)
    .add_columns(proposal.c.id, proposal.c.state, proposal.c.matter, proposal.c.closed_at)
    .add_columns(deposit.c.loan_id.label("paid_on"))
    .join(proposal, proposal.c.id == loan_change.c.proposal_id)
    .outerjoin(deposit, deposit.c.id == loan_change.c.deposit_id)
    .order_by(loan_change.c.id)
    .execution_options(yield_per=AT_ONCE)
)


def check_loans(conn: Connection) -> Iterator[Flaw]:
    """Every comparison of loans with the votes on them and with the books."""
    yield from _granted(conn)
    yield from _paid_out(conn)
    yield from _without_loan(conn)
    yield from _changed(conn)


def _granted(conn: Connection) -> Iterator[Flaw]:
    """A loan that was voted on is what the vote accepted, to the rial."""
    for row in conn.execute(_GRANTED):
        price = LoanPrice(Method(row.method), row.rate)
        asked = LoanAsked(row.id, row.principal, price, row.months, row.rounding)
        if row.vote != "accepted":
            yield Flaw(f"loan {row.id} is {row.state}, the vote on it was {row.vote}", row.group_id)
        elif row.matter != matters.write(asked):
            yield Flaw(f"loan {row.id} is not what proposal {row.proposal_id} was about", row.group_id)


def _paid_out(conn: Connection) -> Iterator[Flaw]:
    """A loan that was received has its entry, of its principal, entered and confirmed by two people.

    Nobody paid out, or received, what was brought along: its entry was signed.
    """
    for row in conn.execute(_LOANS):
        booked, received = row.entry_id is not None, row.state in IN_THE_BOOKS
        wrong = {
            f"is {row.state} and has no entry": received and not booked,
            f"is {row.state} and has an entry": booked and not received,
            "is of another group": booked and row.booked_in != row.group_id,
            "is of another amount than its entry": booked and row.paid != row.principal,
            "is in the books and has no first due day": booked and row.first_due is None,
            "was entered or confirmed by others than its entry": booked
            and (row.paid_by, row.received_by) != _hands(row),
        }
        for sentence in (sentence for sentence, so in wrong.items() if so):
            yield Flaw(f"loan {row.id} {sentence}", row.group_id, row.sequence, row.entry_id)


def _hands(row: Row[tuple[object, ...]]) -> tuple[object, object]:
    return (None, None) if row.kind == "opening" else (row.entered_by, row.confirmed_by)


def _without_loan(conn: Connection) -> Iterator[Flaw]:
    """What stands on the account of loans is held by a loan of the group; what began one led to it.

    A loan whose paying out was reversed may be paid out again.
    """
    rows = (
        select(entry.c.group_id, entry.c.sequence, entry.c.id, posting.c.holder)
        .join_from(posting, entry, entry.c.id == posting.c.entry_id)
        .outerjoin(loan, (loan.c.id == posting.c.holder) & (loan.c.group_id == entry.c.group_id))
        .outerjoin(_OPPOSITE, _OPPOSITE.c.reverses == entry.c.id)
        .where(posting.c.account == _LENT)
        .where(
            or_(
                loan.c.id.is_(None),
                entry.c.kind.in_(("loan_paid_out", "opening"))
                & _OPPOSITE.c.id.is_(None)
                & loan.c.entry_id.is_distinct_from(entry.c.id),
            )
        )
        .order_by(entry.c.id)
    )
    for group, sequence, entry_id, holder in conn.execute(rows):
        yield Flaw(f"no loan {holder} of this group led to it", group, sequence, entry_id)


def _changed(conn: Connection) -> Iterator[Flaw]:
    """What changed a loan that runs is what a vote on it accepted, from the day on which the vote ended."""
    for row in conn.execute(_CHANGES):
        wrong = {
            f"the vote on it was {row.state}": row.state != "accepted",
            f"it was about loan {_about(row.matter)}": _about(row.matter) != row.loan_id,
            "behind a payment that is not on it": row.deposit_id is not None and row.paid_on != row.loan_id,
            "and not from its end on": not _from_its_end(row.changed_on, row.closed_at),
        }
        for sentence in (sentence for sentence, so in wrong.items() if so):
            yield Flaw(f"loan {row.loan_id} was changed by proposal {row.id}, {sentence}", row.group_id)


def _from_its_end(day: date, closed_at: datetime | None) -> bool:
    return closed_at is not None and day == local_day(closed_at)


def _about(matter: str | None) -> LoanId | None:
    """The loan that a vote would change; None where it is about something else, or cannot be read."""
    try:
        return loan_changes.loan_of(matter)
    except (TypeError, ValueError):
        return None
