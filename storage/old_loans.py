"""Loans of a paper book: entered with the opening balances, and running once these are signed."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

from domain.ids import EntryId, GroupId, LoanId, MembershipId
from domain.loan_terms import LoanTerms
from storage.fixed import holds
from storage.loans import COLUMNS, LoanRow
from storage.prepared import Prepared
from storage.schema import loan, opening

_BROUGHT = holds(loan.c.state, "brought")
_BOOKED_BY = select(opening.c.entry_id).where(opening.c.group_id == loan.c.group_id).scalar_subquery()
_OLD = select(*COLUMNS).where(or_(_BROUGHT, loan.c.entry_id == _BOOKED_BY)).order_by(loan.c.id)
_OF_MEMBER = Prepared(_OLD.where(loan.c.membership_id == bindparam("membership_id")), LoanRow)
_OF_GROUP = Prepared(_OLD.where(loan.c.group_id == bindparam("group_id")), LoanRow)


def old_loans_of(conn: Connection, membership_id: MembershipId) -> tuple[LoanRow, ...]:
    """Return what a member brought along, signed or not, as it was entered."""
    return tuple(_OF_MEMBER.all(conn, membership_id=membership_id))


def old_loans_in(conn: Connection, group_id: GroupId) -> tuple[LoanRow, ...]:
    """Return what all members of a group brought along."""
    return tuple(_OF_GROUP.all(conn, group_id=group_id))


def enter_old_loans(
    conn: Connection, membership_id: MembershipId, loans: Iterable[LoanTerms], **entered: object
) -> None:
    """Put these in the place of what was entered for a member before; none of it is signed."""
    conn.execute(delete(loan).where(loan.c.membership_id == membership_id, _BROUGHT))
    for terms in loans:
        add_old_loan(conn, membership_id, terms, **entered)


def add_old_loan(conn: Connection, membership_id: MembershipId, terms: LoanTerms, **entered: object) -> None:
    """Enter one more; it is not signed."""
    of = {"membership_id": membership_id, "state": "brought"}
    conn.execute(insert(loan).values(**of, **_as_columns(terms), **entered))


def correct_old_loan(conn: Connection, loan_id: LoanId, terms: LoanTerms) -> None:
    """Let a signed loan have other terms, from its beginning on."""
    _change(conn, loan_id, **_as_columns(terms))


def strike_old_loan(conn: Connection, loan_id: LoanId) -> None:
    """A signed loan was none."""
    _change(conn, loan_id, state="withdrawn", entry_id=None)


def run_old_loans(conn: Connection, group_id: GroupId, entry_id: EntryId) -> None:
    """They run from the entry of the opening balances on."""
    signed = update(loan).where(loan.c.group_id == group_id, _BROUGHT)
    conn.execute(signed.values(state="running", entry_id=entry_id, revision=loan.c.revision + 1))


def follow(conn: Connection, before: EntryId, now: EntryId) -> None:
    """Let loans stand on the entry that was booked in the place of another."""
    conn.execute(update(loan).where(loan.c.entry_id == before).values(entry_id=now))


def _change(conn: Connection, loan_id: LoanId, **values: object) -> None:
    of_it = update(loan).where(loan.c.id == loan_id)
    conn.execute(of_it.values(revision=loan.c.revision + 1, **values))


def _as_columns(terms: LoanTerms) -> dict[str, object]:
    price = {"method": terms.method.value, "rate": terms.rate, "rounding": terms.rounding}
    return {"principal": terms.principal, "months": terms.months, "first_due": terms.first_due, **price}
