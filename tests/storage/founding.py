"""A group in the database, with members and an opened round, for tests of what is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, insert, select

from domain.ids import CommandId, EntryId, GroupId, MembershipId, PersonId, ProposalId
from domain.ledger import Booking
from domain.money import Rial
from domain.posting import OpenLine, Way, allocate, saving_confirmed
from domain.votes import Vote, count
from storage.assembly import ProposalRow, add_proposal, add_resolution, ballots_of, cast, update_proposal
from storage.books import book, record_command
from storage.bylaws import PROPOSED
from storage.notes import add_note
from storage.schema import deposit, group, membership, person, round_line, saving_round

START = datetime(2026, 4, 4, 8, 0, tzinfo=UTC)
TODAY = date(2026, 4, 4)
DUE = Rial.from_toman(500_000)
SALT = bytes(range(16))


@dataclass(frozen=True, slots=True)
class Founded:
    """Who is who in the group of a test."""

    group: GroupId
    treasurer: PersonId
    facilitator: PersonId
    persons: tuple[PersonId, ...]
    members: tuple[MembershipId, ...]


def found(conn: Connection, members: int = 2, rounds: int = 2) -> Founded:
    """Found a group with that many members and opened rounds."""
    persons = [_person(conn, f"person {n}") for n in range(members + 2)]
    facilitator, treasurer, *others = persons
    group_id = _group(conn, facilitator)
    memberships = [_membership(conn, group_id, one) for one in others]
    for number in range(1, rounds + 1):
        _round(conn, group_id, number, memberships)
    return Founded(group_id, treasurer, facilitator, tuple(others), tuple(memberships))


def decide(conn: Connection, here: Founded, at: datetime = START) -> CommandId:
    return record_command(
        conn,
        "ConfirmDeposit",
        group_id=here.group,
        actor=here.treasurer,
        parties=here.persons[:1],
        received_at=at,
    )


def save(
    conn: Connection, here: Founded, toman: int = 500_000, way: Way = Way.CASH, at: datetime = START
) -> EntryId:
    """The first member saves into round 1 and the treasurer confirms it."""
    member, payer = here.members[0], here.persons[0]
    shared = allocate(Rial.from_toman(toman), 1, _open_lines(conn, member))
    booking = Booking("saving", TODAY, saving_confirmed(way, member, shared))
    (booked,) = book(
        conn,
        here.group,
        decide(conn, here, at),
        [booking],
        booked_at=at,
        booked_on=TODAY,
        entered_by=payer,
        confirmed_by=here.treasurer,
    )
    values = {
        "group_id": here.group,
        "membership_id": member,
        "round_number": 1,
        "way": way.value,
        "state": "confirmed",
    }
    amounts = {"amount": Rial.from_toman(toman), "value_on": TODAY, "reported_by": payer, "reported_at": at}
    conn.execute(insert(deposit), {**values, **amounts, "decided_by": here.treasurer, "entry_id": booked.id})
    return booked.id


def vote(
    conn: Connection,
    here: Founded,
    said: str,
    follows: ProposalId | None = None,
    matter: str | None = None,
) -> ProposalRow:
    """The members vote, a word for each, on the first's proposal; more yes than no is resolved."""
    note = add_note(conn, f"words of {said}", SALT)
    days = {"opened_at": START, "due_at": START + timedelta(days=2), "closes_at": START + timedelta(days=3)}
    about = {"group_id": here.group, "kind": "resolution", "note_id": note.id, "proposed_by": here.persons[0]}
    about |= {"bylaws": PROPOSED, "ballots": "open", "matter": matter}
    made = add_proposal(conn, about | days | {"call": 1 if follows is None else 2, "follows": follows})
    for member, word in zip(here.members, said.split(), strict=True):
        cast(conn, made.id, member, Vote(word), START, None)
    tally = count(one.vote for one in ballots_of(conn, made.id))
    accepted = tally.yes > tally.no
    state = "accepted" if accepted else "rejected"
    closed = update_proposal(conn, made, state=state, closed_at=START)
    if accepted:
        add_resolution(conn, closed, tally, note.hash, START)
    return closed


def _open_lines(conn: Connection, member: MembershipId) -> list[OpenLine]:
    lines = select(saving_round.c.number, round_line.c.due, round_line.c.paid).where(
        round_line.c.round_id == saving_round.c.id, round_line.c.membership_id == member
    )
    return [OpenLine(number, due - paid) for number, due, paid in conn.execute(lines) if due > paid]


def _person(conn: Connection, name: str) -> PersonId:
    values = {"name": name, "created_at": START}
    return PersonId(conn.execute(insert(person).returning(person.c.id), values).scalar_one())


def _group(conn: Connection, facilitator: PersonId) -> GroupId:
    values = {
        "name": "group",
        "county": "08-12",
        "village": "village",
        "expected_size": 10,
        "saving": DUE,
        "rhythm": "monthly",
        "first_saving_on": TODAY,
        "grace_days": 7,
        "code": f"code {facilitator}",
        "facilitator_id": facilitator,
        "created_at": START,
    }
    return GroupId(conn.execute(insert(group).returning(group.c.id), values).scalar_one())


def _membership(conn: Connection, group_id: GroupId, person_id: PersonId) -> MembershipId:
    values = {"group_id": group_id, "person_id": person_id, "state": "admitted", "applied_at": START}
    return MembershipId(conn.execute(insert(membership).returning(membership.c.id), values).scalar_one())


def _round(conn: Connection, group_id: GroupId, number: int, members: list[MembershipId]) -> None:
    opens = TODAY + timedelta(days=30 * (number - 1))
    days = {"opens_on": opens, "due_on": opens + timedelta(days=7), "closes_on": opens + timedelta(days=30)}
    values = {"group_id": group_id, "number": number, "amount": DUE, **days}
    round_id = conn.execute(insert(saving_round).returning(saving_round.c.id), values).scalar_one()
    lines = [{"round_id": round_id, "membership_id": member, "due": DUE} for member in members]
    conn.execute(insert(round_line), lines)
