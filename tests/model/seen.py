"""What stands in the database at one moment, read without the program's own readers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, select

from storage.schema import (
    balance,
    deposit,
    entry,
    membership,
    office_term,
    person,
    posting,
    reversal,
    round_line,
    saving_round,
)
from storage.schema import group as groups


class Member(NamedTuple):
    """A membership in any state."""

    group: int
    person: int
    helper: int | None
    state: str
    leaving: bool


class Deposit(NamedTuple):
    """A report and what became of it."""

    group: int
    member: int
    round_number: int
    rials: int
    offered: int | None
    way: str
    reporter: int
    state: str
    decider: int | None
    entry: int | None
    revision: int


class Reversal(NamedTuple):
    """A wish to take an entry back."""

    group: int
    entry: int
    asker: int
    state: str
    decider: int | None
    revision: int


class Entry(NamedTuple):
    """A booking, without its lines."""

    group: int
    sequence: int
    kind: str
    reverses: int | None
    entered_by: int | None
    confirmed_by: int | None
    command: int


Place = tuple[int, int, int, str]  # group, account, holder, purpose


@dataclass(frozen=True, slots=True)
class Seen:
    """One consistent view of everything the model speaks of, by ids."""

    names: Mapping[int, str]
    groups: Mapping[int, tuple[str, int]]  # name and facilitator
    members: Mapping[int, Member]
    offices: Mapping[tuple[int, str], int]  # the person who holds one
    deposits: Mapping[int, Deposit]
    reversals: Mapping[int, Reversal]
    entries: Mapping[int, Entry]
    lines: Mapping[int, tuple[tuple[int, int, int | None, int], ...]]  # account, holder, round, rials
    dues: Mapping[tuple[int, int], tuple[int, int]]  # by membership and round: due and paid
    balances: Mapping[Place, int]


def look(conn: Connection) -> Seen:
    """Read everything."""
    return Seen(
        names={row.id: row.name or "" for row in conn.execute(select(person.c.id, person.c.name))},
        groups={
            row[0]: (row[1], row[2])
            for row in conn.execute(select(groups.c.id, groups.c.name, groups.c.facilitator_id))
        },
        members=_members(conn),
        offices=_offices(conn),
        deposits=_deposits(conn),
        reversals=_reversals(conn),
        entries=_entries(conn),
        lines=_lines(conn),
        dues=_dues(conn),
        balances={tuple(row[:4]): row[4].rials for row in conn.execute(select(balance)) if row[4].rials},
    )


def _members(conn: Connection) -> dict[int, Member]:
    m = membership.c
    rows = conn.execute(select(m.id, m.group_id, m.person_id, m.helper_id, m.state, m.leave_wished_at))
    return {row[0]: Member(row[1], row[2], row[3], row[4], row[5] is not None) for row in rows}


def _offices(conn: Connection) -> dict[tuple[int, str], int]:
    held = (
        select(office_term.c.group_id, office_term.c.office, membership.c.person_id)
        .join(membership, office_term.c.membership_id == membership.c.id)
        .where(office_term.c.until.is_(None))
    )
    return {(row[0], row[1]): row[2] for row in conn.execute(held)}


def _deposits(conn: Connection) -> dict[int, Deposit]:
    return {
        row.id: Deposit(
            row.group_id,
            row.membership_id,
            row.round_number,
            row.amount.rials,
            row.offered.rials if row.offered else None,
            row.way,
            row.reported_by,
            row.state,
            row.decided_by,
            row.entry_id,
            row.revision,
        )
        for row in conn.execute(select(deposit).order_by(deposit.c.id))
    }


def _reversals(conn: Connection) -> dict[int, Reversal]:
    r = reversal.c
    rows = select(r.id, r.group_id, r.entry_id, r.asked_by, r.state, r.decided_by, r.revision).order_by(r.id)
    return {row[0]: Reversal(*row[1:]) for row in conn.execute(rows)}


def _entries(conn: Connection) -> dict[int, Entry]:
    e = entry.c
    rows = select(
        e.id, e.group_id, e.sequence, e.kind, e.reverses, e.entered_by, e.confirmed_by, e.command_id
    )
    return {row[0]: Entry(*row[1:]) for row in conn.execute(rows.order_by(e.id))}


def _lines(conn: Connection) -> dict[int, tuple[tuple[int, int, int | None, int], ...]]:
    p = posting.c
    found: dict[int, tuple[tuple[int, int, int | None, int], ...]] = {}
    rows = select(p.entry_id, p.account, p.holder, p.round_number, p.amount).order_by(p.entry_id, p.line)
    for row in conn.execute(rows):
        found[row[0]] = (*found.get(row[0], ()), (row[1], row[2], row[3], row[4].rials))
    return found


def _dues(conn: Connection) -> dict[tuple[int, int], tuple[int, int]]:
    rows = select(
        round_line.c.membership_id, saving_round.c.number, round_line.c.due, round_line.c.paid
    ).join(saving_round, round_line.c.round_id == saving_round.c.id)
    return {(row[0], row[1]): (row[2].rials, row[3].rials) for row in conn.execute(rows)}
