"""The stage of a scenario: an installation with groups and people that are simply there when the test begins.

They are put beneath the bot without a conversation; from there on everything goes through updates.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial

from sqlalchemy import Connection

from domain.calendar import Rhythm, local_day
from domain.codes import make_code
from domain.commands import Role
from domain.ids import AccountId, GroupId, MembershipId, PersonId
from domain.money import Rial, Unit
from domain.offices import Office
from storage import groups, people, roles
from storage.roles import RoleRow
from storage.verify import verify
from tests.installation import Installation
from tests.phone import Phone

NAMES = (
    "مریم احمدی",
    "فاطمه رضایی",
    "زهرا کریمی",
    "لیلا مرادی",
    "نرگس صادقی",
    "سکینه نوری",
    "حمیده یوسفی",
    "رقیه اکبری",
    "گلنار شریفی",
    "شهین باقری",
    "طاهره قاسمی",
    "معصومه جعفری",
    "پروین حیدری",
    "اعظم موسوی",
)
VILLAGE = "ده بالا"


@dataclass(frozen=True, slots=True)
class Group:
    """A group with the phones of its people; `members` are those without an office."""

    id: GroupId
    code: str
    name: str
    facilitator: Phone
    officers: dict[Office, Phone] = field(default_factory=dict)
    members: list[Phone] = field(default_factory=list)

    @property
    def chair(self) -> Phone:
        return self.officers[Office.CHAIR]

    @property
    def secretary(self) -> Phone:
        return self.officers[Office.SECRETARY]

    @property
    def treasurer(self) -> Phone:
        return self.officers[Office.TREASURER]

    @property
    def everybody(self) -> list[Phone]:
        return [*self.officers.values(), *self.members]


BOARD = (Office.CHAIR, Office.TREASURER)


class Stage(Installation):
    """What scenario tests ask for: phones, a clock, and builders."""

    async def person(
        self, name: str | None = None, platform: str = "telegram", phone: str | None = None
    ) -> Phone:
        """Somebody the bot knows, who belongs nowhere yet."""
        made = self.phone(platform)
        called = name or NAMES[len(self.phones) % len(NAMES)]
        made.person = await self.write(partial(_known, phone=made, name=called, number=phone, now=self.now))
        return made

    async def second_account(self, first: Phone, platform: str) -> Phone:
        """Another messenger of the same person."""
        made = self.phone(platform)
        made.person = first.person
        await self.write(lambda conn: people.attach(conn, _account(conn, made, self.now), made.person))
        return made

    async def role(self, role: Role, province: str | None = None, county: str | None = None) -> Phone:
        """Somebody with a role in the programme."""
        made = await self.person()
        row = RoleRow(made.person, role, province, county)
        await self.write(lambda conn: roles.grant(conn, row, None, self.now))
        return made

    async def facilitator(self, county: str | None = None) -> Phone:
        place = self.tools.places.by_code(county) if county else None
        return await self.role(Role.FACILITATOR, place.province if place else None, county)

    async def group(
        self,
        saving: str = "500000 toman",
        members: int = 3,
        *,
        offices: tuple[Office, ...] = BOARD,
        rhythm: Rhythm = Rhythm.MONTHLY,
        first_saving_on: date | None = None,
        facilitator: Phone | None = None,
    ) -> Group:
        """A group with officers and members, its first round open unless it begins later."""
        leader = facilitator or await self.facilitator()
        first = first_saving_on or local_day(self.now)
        code = make_code(self.random_bytes(8))
        name = f"امید {code[-1]}"
        values = {
            "name": name,
            "saving": rials(saving),
            "rhythm": rhythm.value,
            "first_saving_on": first,
            "next_round_on": first,
            "code": code,
            "facilitator_id": leader.person,
        }
        found = await self.write(partial(_founded, now=self.now, values=values))
        made = Group(found, code, name, leader)
        for office in offices:
            made.officers[office] = await self._officer(found, office)
        made.members.extend([await self.member(found) for _ in range(members)])
        await self.tick()
        return made

    async def member(
        self, group: GroupId, name: str | None = None, platform: str = "telegram", phone: Phone | None = None
    ) -> Phone:
        """An admitted member; rounds that are open already do not ask her."""
        made = phone or await self.person(name, platform)
        made.membership = await self.write(partial(_admitted, group=group, person=made.person, now=self.now))
        return made

    async def phoneless(self, group: GroupId, helper: Phone, name: str = "ننه صغری") -> MembershipId:
        """An admitted member without a phone, served by a helper."""
        person = await self.write(lambda conn: people.add_person(conn, name, None, self.now))
        unit = partial(_admitted, group=group, person=person, now=self.now, helper=helper.person)
        return await self.write(unit)

    async def appoint(self, group: Group, office: Office, phone: Phone) -> None:
        """Put a member into an office, in place of whoever holds it."""
        await self.write(lambda conn: groups.appoint(conn, group.id, office, phone.membership, self.now))

    async def check(self) -> None:
        """Nothing may be wrong in the books."""
        assert await self.read(lambda conn: list(verify(conn))) == []

    async def _officer(self, group: GroupId, office: Office) -> Phone:
        made = await self.member(group)
        await self.write(lambda conn: groups.appoint(conn, group, office, made.membership, self.now))
        return made


def rials(written: str) -> Rial:
    """What "500000 toman" is in the books."""
    figures, unit = written.split()
    return Rial(int(figures) * Unit(unit).rials)


def _known(conn: Connection, phone: Phone, name: str, number: str | None, now: datetime) -> PersonId:
    person = people.add_person(conn, name, number, now, proven=number is not None)
    people.attach(conn, _account(conn, phone, now), person)
    return person


def _account(conn: Connection, phone: Phone, now: datetime) -> AccountId:
    return people.account_for(conn, phone.platform, phone.user_id, phone.user_id, now).id


def _founded(conn: Connection, now: datetime, values: dict[str, object]) -> GroupId:
    fixed = {"county": "03-01", "village": VILLAGE, "expected_size": 16, "grace_days": 7, "created_at": now}
    return groups.add_group(conn, **fixed, **values)


def _admitted(
    conn: Connection, group: GroupId, person: PersonId, now: datetime, helper: PersonId | None = None
) -> MembershipId:
    of = {"group_id": group, "person_id": person, "helper_id": helper}
    return groups.add_membership(conn, state="admitted", applied_at=now, decided_at=now, **of)
