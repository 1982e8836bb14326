"""The year as an accountant reads it: journal, trial balance, passbooks, loans, resolutions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection, select

from domain.calendar import jalali, local_day
from domain.ids import GroupId, MembershipId
from domain.ledger import Account
from storage import assembly, own_entries, passbooks
from storage.loans import LoanRow
from storage.loans import loan_by_id as known_loan
from storage.schema import balance, loan, membership, person, resolution

DAY = re.compile(r"\d{4}-\d\d-\d\d")
HOLDER = re.compile(r"^  (201|203|204|205)/(\d+)", re.MULTILINE)
EVERYTHING = 1_000


def year_as_text(conn: Connection, group: GroupId) -> str:
    """Write the books of the group, members by their names and days by the Jalali calendar."""
    names = _names(conn, group)
    parts = {
        "journal": _journal(conn, group, names),
        "trial balance": "\n".join(_trial_balance(conn, group)),
        "passbooks": "\n".join(line for one in names for line in _passbook(conn, one, names[one])),
        "loans": "\n".join(_loans(conn, group, names)),
        "resolutions": "\n".join(_resolutions(conn, group)),
    }
    return "\n\n".join(f"{title}\n{'=' * len(title)}\n{text}" for title, text in parts.items()) + "\n"


def _names(conn: Connection, group: GroupId) -> dict[MembershipId, str]:
    rows = select(membership.c.id, person.c.name).join_from(
        membership, person, membership.c.person_id == person.c.id
    )
    found = conn.execute(rows.where(membership.c.group_id == group).order_by(membership.c.id))
    return {MembershipId(number): name for number, name in found}


def _journal(conn: Connection, group: GroupId, names: dict[MembershipId, str]) -> str:
    entries, _, _ = passbooks.books_as_text(conn, group).partition("\n\nbalances")
    named = HOLDER.sub(lambda found: f"  {found[1]}/{names[MembershipId(int(found[2]))]}", entries)
    return DAY.sub(lambda found: _day(date.fromisoformat(found[0])), named)


def _trial_balance(conn: Connection, group: GroupId) -> Iterator[str]:
    sums = dict.fromkeys(Account, 0)
    for account, amount in conn.execute(
        select(balance.c.account, balance.c.amount).where(balance.c.group_id == group)
    ):
        sums[Account(account)] += amount.rials
    for account, amount in sums.items():
        if amount:
            yield f"{account:d} {account.name.lower():20}{max(amount, 0):>15,}{max(-amount, 0):>15,}"
    total = sum(max(amount, 0) for amount in sums.values())
    assert sum(sums.values()) == 0
    yield f"{'':24}{total:>15,}{total:>15,}"


def _passbook(conn: Connection, member: MembershipId, name: str) -> Iterator[str]:
    saved, ahead = passbooks.member_balance(conn, member), passbooks.member_advance(conn, member)
    yield f"{name}: saved {saved.rials:,}" + (f", paid in advance {ahead.rials:,}" if ahead else "")
    for line in reversed(own_entries.member_entries(conn, member, EVERYTHING)):
        rounds = "".join(f" round {number}" for number in line.rounds)
        yield f"  {line.sequence:>3} {_day(line.booked_on)} {line.kind}{rounds} {line.amount.rials:+,}"


def _loans(conn: Connection, group: GroupId, names: dict[MembershipId, str]) -> Iterator[str]:
    numbers = select(loan.c.id).where(loan.c.group_id == group).order_by(loan.c.id)
    for number in conn.execute(numbers).scalars():
        found = known_loan(conn, number)
        assert found is not None
        yield _loan(conn, found, names[found.membership_id])
        yield from (
            f"  due {_day(one.due)}: {one.principal.rials:,} + {one.fee.rials:,}" for one in found.plan()
        )


def _loan(conn: Connection, found: LoanRow, name: str) -> str:
    left = passbooks.balance_of(conn, found.group_id, Account.INTERNAL_LOANS, found.id)
    price = f"{found.method} {found.rate.per_cent} per cent a {found.rate.period}"
    return f"{found.id} {name}: {found.principal.rials:,}, {price}, {found.state}, left {left.rials:,}"


def _resolutions(conn: Connection, group: GroupId) -> Iterator[str]:
    figures = {
        row.number: f"{row.yes} yes, {row.no} no, {row.abstained} abstained, of {row.electors}"
        for row in conn.execute(select(resolution).where(resolution.c.group_id == group))
    }
    for one in reversed(assembly.latest_resolutions(conn, group, EVERYTHING)):
        yield f"{one.number} {_day(local_day(one.resolved_at))} {one.kind}: {figures[one.number]}"
        yield f"  {one.words}"


def _day(day: date) -> str:
    return "{:04}/{:02}/{:02}".format(*jalali(day))
