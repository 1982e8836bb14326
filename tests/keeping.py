"""Short ways through cash that is kept while there is no treasurer."""

from __future__ import annotations

from domain.ledger import Account
from domain.offices import Office
from storage import groups
from tests.phone import Phone
from tests.repaying import balance
from tests.stage import Group, Stage
from tests.steps import report


async def vacated(stage: Stage, group: Group, office: Office = Office.TREASURER) -> None:
    """Let nobody hold the office from now on."""
    await stage.write(lambda conn: groups.end_terms(conn, stage.now, group_id=group.id, office=office.value))


async def kept(group: Group, taker: Phone, amount: str = "5000000") -> None:
    """A member saves in cash, and who stands in for the treasurer takes it."""
    await report(group.members[0], amount)
    await taker.tap("confirm_deposit")


async def held(stage: Stage, group: Group, *keepers: Phone) -> list[int]:
    """What is in the box, and under the name of each keeper, in rials."""
    under = [await balance(stage, group, Account.IN_TRANSIT, one.person) for one in keepers]
    return [await balance(stage, group, Account.CASH), *under]


async def handed(who: Phone, *answers: str) -> list[str]:
    """Press the button on the last message and answer; the last answer is a yes."""
    await who.tap("hand_over")
    for answer in answers:
        await (who.tap(answer) if who.last.data(answer) else who.say(answer))
    return await who.tap("confirm")
