"""What stands in the database at one moment, read without the program's own readers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Table, select

from domain import bylaws as rulebook
from domain.bylaws import Bylaws
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
from tests.model.rows import (
    Change,
    Closing,
    Death,
    Deposit,
    Entry,
    Lines,
    Loan,
    Member,
    Move,
    Payout,
    Place,
    Post,
    Proposal,
    Reversal,
    Round,
    YearClosing,
)

COUNTED = ("proposal_id", "electors", "yes", "no", "abstained")


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything the model compares; unless it says otherwise, by id and in rials."""

    now: datetime
    names: Mapping[int, str]
    groups: Mapping[int, tuple[str, int]]  # name and facilitator
    closed_on: Mapping[int, date | None]  # by group: nothing is booked on this day or before
    rules: Mapping[int, Mapping[int, Bylaws]]  # by group and version
    adopted: Mapping[tuple[int, int], datetime]  # since when each version holds
    members: Mapping[int, Member]
    offices: Mapping[tuple[int, str], int]  # who holds which
    deposits: Mapping[int, Deposit]
    reversals: Mapping[int, Reversal]
    loans: Mapping[int, Loan]
    changes: Mapping[int, Change]
    agreed: Mapping[tuple[int, int], bool]  # by loan and who of the board said it
    moves: Mapping[int, Move]
    months: Mapping[int, Closing]
    frozen: frozenset[tuple[object, ...]]  # closed months
    years: Mapping[int, YearClosing]
    payouts: Mapping[int, Payout]
    deaths: Mapping[int, Death]
    proposals: Mapping[int, Proposal]
    ballots: Mapping[tuple[int, int], tuple[str | None, int | None]]  # by vote and elector: what, entered by
    voted: frozenset[tuple[int, int]]  # by vote and elector: whose ballot was cast, also secretly
    counted: Mapping[
        int, tuple[int, int, int, int]
    ]  # by vote that was accepted: electors, yes, no, abstained
    entries: Mapping[int, Entry]
    lines: Mapping[int, Lines]  # by entry
    rounds: Mapping[int, Round]
    dues: Mapping[tuple[int, int], tuple[int, int]]  # by membership and round: due and paid
    on_time: Mapping[tuple[int, int], bool | None]  # by membership and round
    balances: Mapping[Place, int]

    def rules_of(self, group: int) -> Bylaws:
        """The rules that hold in a group."""
        versions = self.rules.get(group, {})
        return versions[max(versions)] if versions else Bylaws()

    def said_by(self, person: int) -> set[tuple[object, object]]:
        """For whom this person reported a payment or asked for a loan, as her helper then, and the sum."""
        paid = [(d.membership_id, d.amount) for d in self.deposits.values() if d.reported_by == person]
        asked = [(one.membership_id, one.principal) for one in self.loans.values() if one.asked_by == person]
        return {(self.names[self.members[whose].person_id], Rial(sum_)) for whose, sum_ in (*paid, *asked)}


ROWS: Mapping[str, tuple[Table, type[tuple[Any, ...]]]] = {
    "members": (membership, Member),
    "deposits": (schema.deposit, Deposit),
    "reversals": (schema.reversal, Reversal),
    "loans": (schema.loan, Loan),
    "changes": (schema.loan_change, Change),
    "moves": (schema.cash_move, Move),
    "months": (schema.month_closing, Closing),
    "years": (schema.year_closing, YearClosing),
    "payouts": (schema.payout, Payout),
    "deaths": (schema.death, Death),
    "proposals": (schema.proposal, Proposal),
    "entries": (entry, Entry),
    "rounds": (saving_round, Round),
}


def look(conn: Connection, now: datetime) -> Seen:
    """Read everything."""
    s, lines, votes = schema, _round_lines(conn), _votes(conn)
    led = {row[0]: row[1:] for row in _all(conn, groups, "id", "name", "facilitator_id", "books_closed_on")}
    rows: dict[str, Any] = {name: _by_id(conn, *of) for name, of in ROWS.items()}
    return Seen(
        now=now,
        names={row[0]: str(row[1] or "") for row in _all(conn, s.person, "id", "name")},
        groups={number: (name, facilitator) for number, (name, facilitator, _) in led.items()},
        closed_on={number: day for number, (*_, day) in led.items()},
        rules=_rules(conn),
        adopted={row[:2]: row[2] for row in _all(conn, s.bylaws, "group_id", "version", "adopted_at")},
        offices=_offices(conn),
        agreed={row[:2]: row[2] for row in _all(conn, s.board_answer, "loan_id", "person_id", "agreed")},
        frozen=frozenset(tuple(row) for row in conn.execute(select(closed_month))),
        ballots={vote[:2]: vote[2:4] for vote in votes},
        voted=frozenset(vote[:2] for vote in votes if vote[4]),
        counted={row[0]: row[1:] for row in _all(conn, s.resolution, *COUNTED)},
        lines=_lines(conn),
        dues={line: found[:2] for line, found in lines.items()},
        on_time={line: found[2] for line, found in lines.items()},
        balances={tuple(row[:4]): row[4].rials for row in conn.execute(select(balance)) if row[4].rials},
        **rows,
    )


def _votes(conn: Connection) -> list[tuple[Any, ...]]:
    return _all(conn, ballot, "proposal_id", "membership_id", "vote", "entered_by", "cast_at")


def _all(conn: Connection, table: Table, *columns: str) -> list[tuple[Any, ...]]:
    rows = conn.execute(select(*(table.c[column] for column in columns)))
    return [tuple(_plain(value) for value in row) for row in rows]


def _by_id(conn: Connection, table: Table, kind: type[tuple[Any, ...]]) -> dict[int, Any]:
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


def _round_lines(conn: Connection) -> dict[tuple[int, int], tuple[int, int, bool | None]]:
    line = round_line.c
    rows = select(line.membership_id, saving_round.c.number, line.due, line.paid, line.on_time).join(
        saving_round, line.round_id == saving_round.c.id
    )
    return {(row[0], row[1]): (row[2].rials, row[3].rials, row[4]) for row in conn.execute(rows)}
