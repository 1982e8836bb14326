"""Who may do what with opening balances, tried in the other group, whose books are empty."""

from __future__ import annotations

from domain.commands import Command
from domain.correcting import AgreeToCorrection, CorrectOpening, DeclineCorrection
from domain.ids import CorrectionId
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
from storage import schema
from tests.installation import BEGINNING
from tests.lending import FREE
from tests.opening import HERS, WHY, begun, confirmed, corrected, line, lines_entered, opening
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


async def correction(here: Village) -> Command:
    for name in ("other secretary", "other chair"):
        await here[name].tap("sign")
    return CorrectOpening(EnterOpeningLine(here["other member"].membership, Rial(10), ()), WHY)


async def money_correction(here: Village) -> Command:
    return CorrectOpening(EnterOpening(here.other.id, BEGINNING.date(), HERS * 9, HERS, Rial(0), None), WHY)


async def her_word_again(here: Village) -> Command:
    await corrected(here.other, 3, "۹۰۰ هزار تومان")
    return AgreeToCorrection(CorrectionId(await here.newest(schema.opening_correction)), 1)


async def her_no(here: Village) -> Command:
    return DeclineCorrection(CorrectionId(await here.newest(schema.opening_correction)), 1)


async def signature_again(here: Village) -> Command:
    await here["other member"].tap("fix_yes")
    return AgreeToCorrection(CorrectionId(await here.newest(schema.opening_correction)), 2)


async def no_of_the_board(here: Village) -> Command:
    return DeclineCorrection(CorrectionId(await here.newest(schema.opening_correction)), 2)


OPENING: list[tuple[Prepare, set[str]]] = [
    (money, {"other treasurer"}),
    (member_line, {"other treasurer"}),
    (asking, {"other treasurer"}),
    (her_word, {"other member"}),
    (other_sum, {"other member"}),
    (signature, {"other chair", "other secretary"}),
    (correction, {"other treasurer"}),
    (money_correction, {"other treasurer"}),
    (her_word_again, {"other member"}),
    (her_no, {"other member", "other treasurer"}),
    (signature_again, {"other chair", "other secretary"}),
    (no_of_the_board, {"other chair", "other secretary", "other treasurer"}),
]
