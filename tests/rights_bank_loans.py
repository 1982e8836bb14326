"""Who may do what with the sharing out of a bank loan."""

from __future__ import annotations

from domain.bank_loans import AnswerBankShare, BankShare, BankSharing, FeeBearer, ShareBankLoan
from domain.commands import Command
from domain.ids import ProposalId
from domain.money import Rial
from storage import schema
from tests.rights import Prepare, Village


async def sharing(here: Village) -> Command:
    half = Rial.from_toman(10_000_000)
    shares = tuple(BankShare(here[name].membership, half) for name in ("member", "neighbour"))
    return ShareBankLoan(here.group.id, BankSharing(half * 2, Rial(0), FeeBearer.FUND, shares))


async def share_of_a_served_member(here: Village) -> Command:
    treasurer = here["treasurer"]
    await treasurer.press("menu_assembly")
    await treasurer.tap("share_bank_loan")
    await treasurer.say("۲۰ میلیون تومان")
    for choice in ("nothing", "everybody_receives", "equal_shares", "confirm"):
        await treasurer.tap(choice)
    return await _answer(here, served=True)


async def share(here: Village) -> Command:
    return await _answer(here, served=False)


async def _answer(here: Village, *, served: bool) -> Command:
    whose = here.served if served else here["member"].membership
    return AnswerBankShare(ProposalId(await here.newest(schema.proposal)), whose, agreed=True)


BANK_LOANS: list[tuple[Prepare, set[str]]] = [
    (sharing, {"chair", "treasurer"}),
    (share_of_a_served_member, {"helper"}),
    (share, {"member"}),
]
