"""Who may do what with the rules of a group, tried once it has adopted its bylaws."""

from __future__ import annotations

from functools import partial

from sqlalchemy import Connection

from domain.agreements import Accept, Document, reminds_at
from domain.bylaws import Bylaws, SavingsAgreement
from domain.calendar import Rhythm
from domain.commands import Command
from domain.ids import AcceptanceId
from domain.meetings import HOUR, Weekday, weekly
from domain.money import Rial
from domain.proposals import ProposeRules
from storage import agreements, schema
from tests.lending import lending
from tests.rights import Prepare, Village

BOARD = {"chair", "secretary", "treasurer"}


async def savings(here: Village) -> Command:
    agreed = SavingsAgreement(Rial.from_toman(600_000), Rhythm.MONTHLY)
    return ProposeRules(here.group.id, agreed)


async def meetings(here: Village) -> Command:
    return ProposeRules(here.group.id, weekly(Weekday.SATURDAY, 17 * HOUR, "خانهٔ بهداشت"))


async def acceptance(here: Village) -> Command:
    await lending(here.stage, here.group, Bylaws())
    await here.stage.write(partial(_asked, here=here))
    return Accept(AcceptanceId(await here.newest(schema.acceptance) - 1))


async def acceptance_of_a_served_member(here: Village) -> Command:
    return Accept(AcceptanceId(await here.newest(schema.acceptance)))


def _asked(conn: Connection, here: Village) -> None:
    members, now = (here["member"].membership, here.served), here.stage.now
    agreements.ask(conn, members, Document.BYLAWS, 1, asked_at=now, due_at=reminds_at(now))


RULES: list[tuple[Prepare, set[str]]] = [
    (savings, BOARD | {"member", "helper"}),  # the neighbour has a proposal open already
    (meetings, BOARD | {"member", "helper"}),
    (acceptance, {"member"}),
    (acceptance_of_a_served_member, {"helper"}),
]
