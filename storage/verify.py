"""Checks every invariant of books, resolutions and loans, and names what is wrong; memory stays flat."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from domain.ids import GroupId
from storage.assembly_checks import check_assembly
from storage.bank_loan_checks import check_bank_loans
from storage.crosschecks import cross_check
from storage.death_checks import check_deaths
from storage.flaws import Flaw
from storage.loan_checks import check_loans
from storage.money_checks import check_money
from storage.month_checks import check_months
from storage.opening_checks import check_openings
from storage.payout_checks import check_payouts
from storage.repayment_checks import check_repayments
from storage.replay import replay
from storage.rules_checks import check_rules
from storage.schema import group
from storage.year_checks import check_years

__all__ = ["Flaw", "verify"]


def verify(conn: Connection) -> Iterator[Flaw]:
    """Replay every group from its first entry, then compare the books with what led to them."""
    for group_id in conn.scalars(select(group.c.id).order_by(group.c.id)).all():
        yield from replay(conn, GroupId(group_id))
    yield from cross_check(conn)
    yield from check_assembly(conn)
    yield from check_rules(conn)
    yield from check_bank_loans(conn)
    yield from check_loans(conn)
    yield from check_repayments(conn)
    yield from check_money(conn)
    yield from check_months(conn)
    yield from check_years(conn)
    yield from check_openings(conn)
    yield from check_payouts(conn)
    yield from check_deaths(conn)
