"""A village in which every right can be tried: each kind of person once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Table, func, select

from domain.commands import Command, Role
from domain.ids import MembershipId, PictureId
from domain.offices import Office
from domain.refusals import Refused
from handlers.carry_out import carry_out
from handlers.terms import terms_print
from handlers.turn import Turn
from storage import people, pictures
from tests.phone import Phone
from tests.programme import FARS, SHIRAZ
from tests.stage import Group, Stage

DONE = "done"
ALL_OFFICES = (Office.CHAIR, Office.SECRETARY, Office.TREASURER)


class Undone(Exception):
    """Takes an attempt back, with what came of it."""


@dataclass(frozen=True, slots=True)
class Village:
    """Two groups and the people of the programme; `people` names each who tries."""

    stage: Stage
    group: Group
    other: Group
    served: MembershipId  # without a phone, helped by `helper`
    people: Mapping[str, Phone]

    def __getitem__(self, name: str) -> Phone:
        return self.people[name]

    async def outcomes(self, command: Command) -> dict[str, str]:
        """What comes of a command for each person who tries it; every attempt is taken back."""
        return {name: await self._tried(phone, command) for name, phone in self.people.items()}

    async def _tried(self, phone: Phone, command: Command) -> str:
        def attempt(conn: Connection) -> None:
            account = people.account_for(conn, phone.platform, phone.user_id, phone.user_id, self.stage.now)
            person = people.person_by_id(conn, account.person_id) if account.person_id else None
            turn = Turn(self.stage.tools, conn, self.stage.now, account, person=person)
            try:
                carry_out(turn, command)
            except Refused as refused:
                raise Undone(refused.name) from refused
            raise Undone(DONE)

        try:
            await self.stage.write(attempt)
        except Undone as undone:
            return str(undone)
        raise AssertionError("an attempt is always taken back")

    async def newest(self, table: Table) -> int:
        """The id given last."""
        found = await self.stage.read(lambda conn: conn.scalar(select(func.max(table.c.id))))
        assert isinstance(found, int)
        return found

    async def picture(self) -> PictureId:
        """A picture somebody sent."""
        return await self.stage.write(lambda conn: pictures.add_made_picture(conn, b"slip", self.stage.now))

    async def terms(self) -> str:
        """The print of what newcomers of the group consent to."""

        def printed(conn: Connection) -> str:
            turn = Turn(self.stage.tools, conn, self.stage.now)
            return terms_print(turn, turn.group(self.group.id))

        return await self.stage.read(printed)


Prepare = Callable[[Village], Awaitable[Command]]


async def village(stage: Stage) -> Village:
    """Everybody who may try: of a group, of another, of the programme, and of neither."""
    group = await stage.group(members=3, offices=ALL_OFFICES, facilitator=await stage.facilitator(SHIRAZ))
    other = await stage.group(members=1, offices=ALL_OFFICES, facilitator=await stage.facilitator(SHIRAZ))
    member, neighbour, helper = group.members
    found = {
        "member": member,
        "neighbour": neighbour,
        "helper": helper,
        "chair": group.chair,
        "secretary": group.secretary,
        "treasurer": group.treasurer,
        "facilitator": group.facilitator,
        "other member": other.members[0],
        "other chair": other.chair,
        "other secretary": other.secretary,
        "other treasurer": other.treasurer,
        "other facilitator": other.facilitator,
        "executor": await stage.role(Role.LOCAL_EXECUTOR, FARS, SHIRAZ),
        "welfare officer": await stage.role(Role.WELFARE_OFFICER, FARS),
        "institute": await stage.role(Role.INSTITUTE),
        "mother adviser": await stage.role(Role.MOTHER_ADVISER),
        "bank officer": await stage.role(Role.BANK_OFFICER, FARS, SHIRAZ),
        "adviser": await stage.role(Role.ADVISER, FARS, SHIRAZ),
        "administrator": await stage.role(Role.ADMINISTRATOR),
        "known": await stage.person(),
        "stranger": stage.phone(),
    }
    served = await stage.phoneless(group.id, helper)
    return Village(stage, group, other, served, found)
