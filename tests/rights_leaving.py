"""Who may have a membership end that is not their own."""

from __future__ import annotations

from domain.commands import Command
from domain.ids import DeathId
from domain.parting import AnswerDeath, Expulsion, ProposeExpulsion, SayDeath
from storage import schema
from tests.rights import Prepare, Village


async def expulsion(here: Village) -> Command:
    return ProposeExpulsion(here.group.id, Expulsion(here["member"].membership), "نیامده است")


async def death(here: Village) -> Command:
    return SayDeath(here["member"].membership, "احمد شریفی")


async def answer_to_death(here: Village) -> Command:
    secretary = here["secretary"]
    await secretary.press("menu_members")
    await secretary.tap("say_death")
    await secretary.tap(str(here["member"].membership))
    await secretary.say("احمد شریفی")
    await secretary.tap("confirm")
    return AnswerDeath(DeathId(await here.newest(schema.death)), 1, confirmed=True)


LEAVING: list[tuple[Prepare, set[str]]] = [
    (expulsion, {"neighbour", "helper", "chair", "secretary", "treasurer"}),
    (death, {"chair", "secretary", "treasurer"}),
    (answer_to_death, {"chair", "treasurer"}),
]
