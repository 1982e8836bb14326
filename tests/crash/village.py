"""Hundreds of people in a database that nobody has used yet: groups, members, treasurers, an open round."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from domain.calendar import Rhythm, local_day
from domain.codes import make_code
from domain.ids import GroupId, MembershipId, PersonId, Platform
from domain.money import Rial
from domain.offices import Office
from storage import groups, people, rounds

USUAL = Rial.from_toman(500_000)
FIRST_USER = 10_000
ON_BALE = 4  # every so many-th member is on Bale, and every so many-th treasurer


@dataclass(frozen=True, slots=True)
class Villager:
    """One person with one account."""

    platform: Platform
    user_id: int
    membership: MembershipId
    is_treasurer: bool


def populate(conn: Connection, group_count: int, members: int, now: datetime) -> list[Villager]:
    """Found that many groups with that many members each, beside the treasurer and the facilitator."""
    people_made: list[Villager] = []
    for index in range(group_count):
        first = FIRST_USER + index * (members + 2)
        people_made += _group(conn, index, range(first, first + members + 2), now)
    return people_made


def _group(conn: Connection, index: int, users: range, now: datetime) -> Iterator[Villager]:
    facilitator = _person(conn, Platform.TELEGRAM, users[0], now)
    group_id = _found(conn, index, facilitator, now)
    admitted = [_admit(conn, group_id, user, number, now) for number, user in enumerate(users[1:], index)]
    groups.appoint(conn, group_id, Office.TREASURER, admitted[0].membership, now)
    today = local_day(now)
    days = (today, today + timedelta(days=7), today + timedelta(days=30))
    round_id = rounds.open_round(conn, group_id, 1, days, USUAL)
    rounds.add_lines(conn, round_id, [one.membership for one in admitted], USUAL)
    yield Villager(admitted[0].platform, admitted[0].user_id, admitted[0].membership, is_treasurer=True)
    yield from admitted[1:]


def _found(conn: Connection, index: int, facilitator: PersonId, now: datetime) -> GroupId:
    today = local_day(now)
    return groups.add_group(
        conn,
        name=f"group {index}",
        county="03-01",
        village="village",
        expected_size=16,
        grace_days=7,
        created_at=now,
        saving=USUAL,
        rhythm=Rhythm.MONTHLY.value,
        first_saving_on=today,
        next_round_on=today + timedelta(days=30),
        code=make_code(index.to_bytes(8)),
        facilitator_id=facilitator,
    )


def _admit(conn: Connection, group_id: GroupId, user: int, number: int, now: datetime) -> Villager:
    platform = Platform.TELEGRAM if number % ON_BALE else Platform.BALE
    person = _person(conn, platform, user, now)
    membership = groups.add_membership(
        conn, group_id=group_id, person_id=person, state="admitted", applied_at=now, decided_at=now
    )
    return Villager(platform, user, membership, is_treasurer=False)


def _person(conn: Connection, platform: Platform, user: int, now: datetime) -> PersonId:
    person = people.add_person(conn, f"person {user}", None, now, proven=False)
    people.attach(conn, people.account_for(conn, platform, user, user, now).id, person)
    return person
