"""`seed`: a made-up group for a demonstration (`--cast FILE`), or thousands of them (`--groups N`).

The same commands and rules carry it out as in real life, only earlier; nothing of it is sent.
"""

from __future__ import annotations

import asyncio
import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import Connection

from bot.installation import prepare
from bot.machine import utc_now
from bot.made_up.growing import NotEmpty, Size, grow
from bot.run import tools_of
from bot.settings import Settings
from bot.wiring import open_migrated
from domain.calendar import Rhythm, add_months, jalali, local_day, period_start
from domain.commands import ConfirmDeposit, CreateGroup, ReportSaving, Role
from domain.ids import DepositId, GroupId, MembershipId, PersonId, Platform
from domain.money import Rial
from domain.offices import BOARD
from domain.places import Place
from domain.posting import Way
from handlers.cards.deposit import confirmers_of
from handlers.carry_out import carry_out
from handlers.ticks import open_due_rounds
from handlers.turn import Desk, Turn
from storage import deposits, groups, people, roles, rounds
from storage.people import AccountRow

OFFICES = {office.value: office for office in BOARD}
WAITING, UNPAID = 2, 4  # of the running round: reported and not yet confirmed, not yet reported
CONFIRMED_AFTER = timedelta(hours=6)
ROOM = 4  # places still free, so that a newcomer is nothing unusual


@dataclass(frozen=True, slots=True)
class Someone:
    """One made-up person of the cast."""

    key: str
    role: str
    name: str
    phone: str
    platform: str
    user_id: int


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays, and the group they are in."""

    facilitator: str
    group: Mapping[str, str | int]
    people: tuple[Someone, ...]

    @property
    def members(self) -> tuple[Someone, ...]:
        return tuple(one for one in self.people if one.role == "member" or one.role in OFFICES)


def add_arguments(parser: ArgumentParser) -> None:
    """Ask for the cast, or for how much is to be made up."""
    parser.add_argument("--cast", type=Path, help="a JSON file that names the people and their one group")
    parser.add_argument("--groups", type=int, default=0, help="make up so many groups of 16 with their books")
    parser.add_argument("--years", type=int, default=1, help="how many years of books each group has")
    parser.add_argument("--reminders", type=int, default=0, help="have so many reminders wait to be sent")


def main(args: Namespace, settings: Settings) -> int:
    """Fill an empty database; one that has groups already is left alone."""
    if args.cast is not None:
        return asyncio.run(_seed(read_cast(args.cast), settings))
    return asyncio.run(_grow(Size(args.groups, args.years, args.reminders), settings))


async def _grow(size: Size, settings: Settings) -> int:
    database = await open_migrated(settings.database_url)
    try:
        await database.write(prepare)
        await grow(database, Path(settings.places), size, utc_now())
    except NotEmpty:
        sys.stderr.write("seed: this database has groups already; it was left alone\n")
        return 1
    finally:
        await database.close()
    return 0


def read_cast(path: Path) -> Cast:
    """Read the cast's file."""
    raw = json.loads(path.read_text("utf-8"))
    named = ("key", "role", "name", "phone", "platform", "user_id")
    return Cast(
        raw["facilitator"],
        raw["group"],
        tuple(Someone(**{name: one[name] for name in named}) for one in raw["people"]),
    )


async def _seed(cast: Cast, settings: Settings) -> int:
    database = await open_migrated(settings.database_url)
    try:
        installation = await database.write(prepare)
        tools = tools_of(settings, installation)
        await database.write(lambda conn: Play(tools, conn, cast, utc_now()).perform())
    finally:
        await database.close()
    return 0


class Play:
    """One seeding: people, group, then month after month."""

    def __init__(self, tools: Desk, conn: Connection, cast: Cast, now: datetime) -> None:
        self._tools, self._conn, self._cast, self._now = tools, conn, cast, now
        self._accounts: dict[str, AccountRow] = {}
        self._memberships: dict[str, MembershipId] = {}

    def perform(self) -> None:
        """Do everything in one unit."""
        began = self._first_day() - timedelta(days=7)
        for someone in self._cast.people:
            if someone.role != "newcomer":
                self._arrive(someone, began)
        group_id = self._found_group(began)
        for someone in self._cast.members:
            self._admit(group_id, someone, began)
        for moment in self._openings():
            open_due_rounds(self._turn(self._cast.facilitator, moment), group_id)
            self._collect(group_id, moment)

    def _arrive(self, someone: Someone, moment: datetime) -> None:
        account = people.account_for(
            self._conn, Platform(someone.platform), someone.user_id, someone.user_id, moment
        )
        person_id = people.add_person(self._conn, someone.name, someone.phone, moment, proven=True)
        people.update_person(self._conn, person_id, consent_at=moment)
        people.attach(self._conn, account.id, person_id)
        self._accounts[someone.key] = people.account_by_id(self._conn, account.id)

    def _found_group(self, moment: datetime) -> GroupId:
        county = self._county()
        facilitator = self._turn(self._cast.facilitator, moment)
        row = roles.RoleRow(facilitator.me, Role.FACILITATOR, county.province, county.code)
        roles.grant(self._conn, row, None, moment)
        carry_out(
            facilitator,
            CreateGroup(
                name=str(self._cast.group["name"]),
                county=county.code,
                village=str(self._cast.group["village"]),
                expected_size=len(self._cast.members) + ROOM,
                saving=Rial.from_toman(int(self._cast.group["equal_saving_toman"])),
                rhythm=Rhythm(str(self._cast.group["rhythm"])),
                first_saving_on=local_day(self._first_day()),
            ),
        )
        return groups.groups_of_facilitator(self._conn, facilitator.me)[0].id

    def _admit(self, group_id: GroupId, someone: Someone, moment: datetime) -> None:
        person_id = self._person(someone.key)
        facilitator = self._person(self._cast.facilitator)
        membership_id = groups.add_membership(
            self._conn,
            group_id=group_id,
            person_id=person_id,
            state="admitted",
            applied_at=moment,
            decided_by=facilitator,
            decided_at=moment,
        )
        people.look_at(self._conn, self._accounts[someone.key].id, membership_id)
        self._memberships[someone.key] = membership_id
        if someone.role in OFFICES:
            groups.appoint(self._conn, group_id, OFFICES[someone.role], membership_id, moment)

    def _collect(self, group_id: GroupId, moment: datetime) -> None:
        """Let everybody save; in the running round some still wait, and some have yet to come."""
        latest = rounds.latest_round(self._conn, group_id)
        running = latest is not None and latest.closes_on > local_day(self._now)
        members = self._cast.members
        paying = [one for one in members if not (running and one in members[:UNPAID])]
        for index, someone in enumerate(paying):
            said = min(moment + timedelta(hours=1, minutes=7 * index), self._now)
            deposit_id = self._report(someone, said, Way.TRANSFER if index % 4 == 1 else Way.CASH)
            if not running or index < len(paying) - WAITING:
                self._confirm(deposit_id, min(said + CONFIRMED_AFTER, self._now))

    def _report(self, someone: Someone, moment: datetime, way: Way) -> DepositId:
        membership_id = self._memberships[someone.key]
        turn = self._turn(someone.key, moment)
        unpaid = rounds.unpaid_lines(self._conn, membership_id)
        usual = turn.group(turn.member(membership_id).group_id).saving
        carry_out(turn, ReportSaving(membership_id, unpaid[0].number, usual, way, None, None))
        return deposits.open_deposits_of(self._conn, membership_id)[-1].id

    def _confirm(self, deposit_id: DepositId, moment: datetime) -> None:
        found = deposits.deposit_by_id(self._conn, deposit_id)
        if found is None:
            raise LookupError(deposit_id)
        confirmer = confirmers_of(self._turn(self._cast.facilitator, moment), found)[0]
        key = next(key for key, account in self._accounts.items() if account.person_id == confirmer)
        carry_out(self._turn(key, moment), ConfirmDeposit(found.id, found.revision))

    def _turn(self, key: str, moment: datetime) -> Turn:
        """A turn of somebody's whose words are never sent."""
        account = self._accounts[key]
        person = people.person_by_id(self._conn, self._person(key))
        return Turn(self._tools, self._conn, moment, account, person=person)

    def _person(self, key: str) -> PersonId:
        person_id = self._accounts[key].person_id
        if person_id is None:
            raise LookupError(key)
        return person_id

    def _county(self) -> Place:
        province, county = str(self._cast.group["province"]), str(self._cast.group["county"])
        return next(one for one in self._tools.places.counties(province) if one.county == county)

    def _first_day(self) -> datetime:
        """The first day of saving: the first of a Jalali month, so many months ago."""
        today = local_day(self._now)
        _, _, day = jalali(today)
        start = add_months(today - timedelta(days=day - 1), -int(self._cast.group["months_of_history"]), 1)
        return datetime.combine(start, time(6, 0), UTC)

    def _openings(self) -> Iterator[datetime]:
        """The morning on which each round opened, up to now."""
        first, k = local_day(self._first_day()), 1
        rhythm = Rhythm(str(self._cast.group["rhythm"]))
        while (day := period_start(first, rhythm, k)) <= local_day(self._now):
            yield min(datetime.combine(day, time(5, 0), UTC), self._now)
            k += 1
