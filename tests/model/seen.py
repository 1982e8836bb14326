"""What stands in the database at one moment, read without the program's own readers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, Table, select

from domain import bylaws as rulebook
from domain.bylaws import Bylaws
from domain.loan_terms import Rate
from domain.money import Rial
from storage import schema
from storage.schema import (
    balance,
    ballot,
    closed_month,
    entry,
    membership,
    office_term,
    posting,
    round_line,
    saving_round,
)
from storage.schema import group as groups

Place = tuple[int, int, int, str]  # group, account, holder, purpose
Post = tuple[int, int, str, int | None]  # account, holder, purpose, round
Lines = Mapping[Post, int]  # rials, debit positive
R = TypeVar("R", bound=tuple[object, ...])


class Member(NamedTuple):
    """A membership in any state. Each field here and below is a column."""

    group_id: int
    person_id: int
    helper_id: int | None
    state: str
    leave_wished_at: datetime | None
    decided_at: datetime | None


class Deposit(NamedTuple):
    """A report of a saving or an instalment, and what became of it."""

    group_id: int
    membership_id: int
    round_number: int
    loan_id: int | None
    value_on: date
    way: str
    reported_by: int
    amount: int
    offered: int | None
    state: str
    decided_by: int | None
    entry_id: int | None
    revision: int


class Reversal(NamedTuple):
    """A wish to take an entry back."""

    group_id: int
    entry_id: int
    asked_by: int
    state: str
    decided_by: int | None
    revision: int


class Loan(NamedTuple):
    """A loan from the request on."""

    group_id: int
    membership_id: int
    principal: int
    method: str
    rate: Rate
    months: int
    rounding: int
    bylaws: int
    asked_by: int
    proposal_id: int | None
    state: str
    place: int | None
    paid_by: int | None
    paid_at: datetime | None
    way: str | None
    received_by: int | None
    first_due: date | None
    entry_id: int | None
    loss_entry_id: int | None
    revision: int


class Move(NamedTuple):
    """What the treasurer entered about the group's own money."""

    group_id: int
    kind: str
    amount: int
    way: str | None
    membership_id: int | None
    entered_by: int
    picture_id: int | None
    state: str
    decided_by: int | None
    entry_id: int | None
    revision: int


class Closing(NamedTuple):
    """The wish to close a month."""

    group_id: int
    last_day: date
    asked_by: int
    state: str
    decided_by: int | None
    revision: int


class YearClosing(NamedTuple):
    """The wish to close a year."""

    group_id: int
    year: int
    reserve_per_cent: int
    asked_by: int
    state: str
    decided_by: int | None
    command_id: int | None
    revision: int


class Payout(NamedTuple):
    """What the group owes a member and pays her."""

    group_id: int
    membership_id: int
    kind: str
    amount: int
    state: str
    way: str | None
    paid_by: int | None
    paid_at: datetime | None
    received_by: int | None
    entry_id: int | None
    revision: int


class Proposal(NamedTuple):
    """A vote of the assembly."""

    group_id: int
    kind: str
    matter: str | None
    concerns: int | None
    bylaws: int
    call: int
    proposed_by: int
    state: str


class Entry(NamedTuple):
    """An entry; its lines are kept apart."""

    group_id: int
    sequence: int
    kind: str
    reverses: int | None
    entered_by: int | None
    confirmed_by: int | None
    command_id: int
    booked_on: date
    value_on: date


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything the model compares; unless it says otherwise, by id and in rials."""

    now: datetime
    names: Mapping[int, str]
    groups: Mapping[int, tuple[str, int]]  # name and facilitator
    closed_on: Mapping[int, date | None]  # by group: nothing is booked on this day or before
    rules: Mapping[int, Mapping[int, Bylaws]]  # by group and version
    members: Mapping[int, Member]
    offices: Mapping[tuple[int, str], int]  # who holds which
    deposits: Mapping[int, Deposit]
    reversals: Mapping[int, Reversal]
    loans: Mapping[int, Loan]
    agreed: Mapping[tuple[int, int], bool]  # by loan and who of the board said it
    moves: Mapping[int, Move]
    months: Mapping[int, Closing]
    frozen: frozenset[tuple[object, ...]]  # closed months
    years: Mapping[int, YearClosing]
    payouts: Mapping[int, Payout]
    proposals: Mapping[int, Proposal]
    ballots: Mapping[tuple[int, int], tuple[str | None, int | None]]  # by vote and elector: what, entered by
    entries: Mapping[int, Entry]
    lines: Mapping[int, Lines]  # by entry
    dues: Mapping[tuple[int, int], tuple[int, int]]  # by membership and round: due and paid
    balances: Mapping[Place, int]

    def rules_of(self, group: int) -> Bylaws:
        """The rules that hold in a group."""
        versions = self.rules.get(group, {})
        return versions[max(versions)] if versions else Bylaws()


def look(conn: Connection, now: datetime) -> Seen:
    """Read everything."""
    s = schema
    led = {row[0]: row[1:] for row in _all(conn, groups, "id", "name", "facilitator_id", "books_closed_on")}
    return Seen(
        now=now,
        names={row[0]: str(row[1] or "") for row in _all(conn, s.person, "id", "name")},
        groups={number: (name, facilitator) for number, (name, facilitator, _) in led.items()},
        closed_on={number: day for number, (*_, day) in led.items()},
        rules=_rules(conn),
        members=_by_id(conn, membership, Member),
        offices=_offices(conn),
        deposits=_by_id(conn, s.deposit, Deposit),
        reversals=_by_id(conn, s.reversal, Reversal),
        loans=_by_id(conn, s.loan, Loan),
        agreed={row[:2]: row[2] for row in _all(conn, s.board_answer, "loan_id", "person_id", "agreed")},
        moves=_by_id(conn, s.cash_move, Move),
        months=_by_id(conn, s.month_closing, Closing),
        frozen=frozenset(tuple(row) for row in conn.execute(select(closed_month))),
        years=_by_id(conn, s.year_closing, YearClosing),
        payouts=_by_id(conn, s.payout, Payout),
        proposals=_by_id(conn, s.proposal, Proposal),
        ballots={
            row[:2]: row[2:]
            for row in _all(conn, ballot, "proposal_id", "membership_id", "vote", "entered_by")
        },
        entries=_by_id(conn, entry, Entry),
        lines=_lines(conn),
        dues=_dues(conn),
        balances={tuple(row[:4]): row[4].rials for row in conn.execute(select(balance)) if row[4].rials},
    )


def _all(conn: Connection, table: Table, *columns: str) -> list[tuple[Any, ...]]:
    rows = conn.execute(select(*(table.c[column] for column in columns)))
    return [tuple(_plain(value) for value in row) for row in rows]


def _by_id(conn: Connection, table: Table, kind: type[R]) -> dict[int, R]:
    made: Any = kind
    return {row[0]: made(*row[1:]) for row in _all(conn, table, "id", *made._fields)}


def _plain(value: object) -> object:
    return value.rials if isinstance(value, Rial) else value


def _rules(conn: Connection) -> dict[int, dict[int, Bylaws]]:
    found: dict[int, dict[int, Bylaws]] = {}
    b = schema.bylaws.c
    for group, version, written in conn.execute(select(b.group_id, b.version, b.rules)):
        found.setdefault(group, {})[version] = rulebook.read(written)
    return found


def _offices(conn: Connection) -> dict[tuple[int, str], int]:
    held = (
        select(office_term.c.group_id, office_term.c.office, membership.c.person_id)
        .join(membership, office_term.c.membership_id == membership.c.id)
        .where(office_term.c.until.is_(None))
    )
    return {(row[0], row[1]): row[2] for row in conn.execute(held)}


def _lines(conn: Connection) -> dict[int, dict[Post, int]]:
    p = posting.c
    found: dict[int, dict[Post, int]] = {}
    rows = select(p.entry_id, p.account, p.holder, p.purpose, p.round_number, p.amount)
    for number, account, holder, purpose, round_number, amount in conn.execute(rows):
        lines = found.setdefault(number, {})
        assert (account, holder, purpose, round_number) not in lines, "two lines of one kind in an entry"
        lines[account, holder, purpose, round_number] = amount.rials
    return found


def _dues(conn: Connection) -> dict[tuple[int, int], tuple[int, int]]:
    rows = select(
        round_line.c.membership_id, saving_round.c.number, round_line.c.due, round_line.c.paid
    ).join(saving_round, round_line.c.round_id == saving_round.c.id)
    return {(row[0], row[1]): (row[2].rials, row[3].rials) for row in conn.execute(rows)}
