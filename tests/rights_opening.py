"""Who may do what with opening balances, tried in the other group, whose books are empty."""

from __future__ import annotations

from domain.commands import Command
from domain.loan_terms import LoanTerms
from domain.money import Rial
from domain.opening import (
    ConfirmOpeningLine,
    DisputeOpeningLine,
    EnterOpening,
    EnterOpeningLine,
    SendOpening,
    SignOpening,
)
from tests.installation import BEGINNING
from tests.lending import FREE
from tests.opening import HERS, begun, confirmed, line, lines_entered, opening
from tests.rights import Prepare, Village

OWED = LoanTerms(HERS, FREE.method, FREE.rate, 3, BEGINNING.date(), Rial(1_000))


async def money(here: Village) -> Command:
    return EnterOpening(here.other.id, BEGINNING.date(), HERS, HERS, Rial(0), None)


async def member_line(here: Village) -> Command:
    treasurer = here["other treasurer"]
    await treasurer.press("menu_members")
    await begun(treasurer)
    await lines_entered(treasurer)
    return EnterOpeningLine(here["other member"].membership, HERS, (OWED,))


async def asking(here: Village) -> Command:
    found = await opening(here.stage, here.other)
    return SendOpening(found.id, found.revision)


async def her_word(here: Village) -> Command:
    await here["other treasurer"].tap("send")
    found = await line(here.stage, here["other member"])
    return ConfirmOpeningLine(found.id, found.revision)


async def other_sum(here: Village) -> Command:
    found = await line(here.stage, here["other member"])
    return DisputeOpeningLine(found.id, found.revision, Rial(10))


async def signature(here: Village) -> Command:
    await confirmed(here.other)
    found = await opening(here.stage, here.other)
    return SignOpening(found.id, found.revision)


OPENING: list[tuple[Prepare, set[str]]] = [
    (money, {"other treasurer"}),
    (member_line, {"other treasurer"}),
    (asking, {"other treasurer"}),
    (her_word, {"other member"}),
    (other_sum, {"other member"}),
    (signature, {"other chair", "other secretary"}),
]
