"""Who may have a membership end that is not their own."""

from __future__ import annotations

from domain.commands import Command
from domain.parting import Expulsion, ProposeExpulsion
from tests.rights import Prepare, Village


async def expulsion(here: Village) -> Command:
    return ProposeExpulsion(here.group.id, Expulsion(here["member"].membership), "نیامده است")


LEAVING: list[tuple[Prepare, set[str]]] = [
    (expulsion, {"neighbour", "helper", "chair", "secretary", "treasurer"}),
]
