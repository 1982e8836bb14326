"""Who may do what with internal loans: of a member, of one without a phone, of the treasurer himself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection

from domain.bylaws import Decider
from domain.calendar import local_day
from domain.commands import Command
from domain.ids import MembershipId
from domain.lending import (
    WITNESSED_AFTER,
    AnswerLoan,
    AskLoan,
    ConfirmReceipt,
    DenyReceipt,
    PayLoan,
    PutFirst,
    WithdrawLoan,
    first_due,
)
from domain.money import Rial
from domain.posting import Way
from domain.repaying import (
    FineWaived,
    LoanLost,
    LoanRescheduled,
    RepayLoan,
    Reschedule,
    WaiveFine,
    WriteOff,
)
from storage import bylaws, loans, repayments
from storage.loans import LoanRow
from tests.lending import RULES, SHEEP, asked, funded, lending, served
from tests.rights import Prepare, Village

TOMAN = 400_000
BOARD = {"chair", "secretary", "treasurer"}


async def asking(here: Village) -> Command:
    await here["member"].press("menu_me")  # who wished to leave stays: else she borrows nothing
    await here["member"].tap("leave")
    await here["member"].tap("confirm")
    await lending(
        here.stage, here.group, replace(RULES, loans_decided_by=Decider.BOARD, instalment_fine=Rial(20))
    )
    await funded(here.stage, here.group)
    return await _asking(here, here["member"].membership)


async def asking_for_a_served_member(here: Village) -> Command:
    return await _asking(here, await served(here.stage, here.group, here["helper"]))


async def decision(here: Village) -> Command:
    await asked(here["member"], TOMAN)
    return await _decision(here, "member")


async def decision_on_the_treasurer(here: Village) -> Command:
    await _agreed(here)
    await asked(here["treasurer"], TOMAN)
    return await _decision(here, "treasurer")


async def order(here: Village) -> Command:
    await _agreed(here)
    return PutFirst(here.group.id, (await _loan(here, "treasurer")).id)


async def taken_back(here: Village) -> Command:
    found = await _loan(here, "member")
    return WithdrawLoan(found.id, found.revision)


async def payout(here: Village) -> Command:
    return await _payout(here, "member")


async def payout_to_the_treasurer(here: Village) -> Command:
    return await _payout(here, "treasurer")


async def receipt(here: Village) -> Command:
    await here["treasurer"].tap("cash")
    return await _receipt(here, "member")


async def receipt_of_the_treasurer(here: Village) -> Command:
    await here["chair"].tap("cash")
    return await _receipt(here, "treasurer")


async def no_receipt(here: Village) -> Command:
    found = await _loan(here, "member")
    return DenyReceipt(found.id, found.revision)


async def receipt_after_days(here: Village) -> Command:
    await here.stage.pass_days(WITNESSED_AFTER)
    return await _receipt(here, "member")


async def repayment(here: Village) -> Command:
    return await _repayment(here, "member")


async def repayment_of_the_treasurer(here: Village) -> Command:
    return await _repayment(here, "treasurer")


async def write_off(here: Village) -> Command:
    return await _write_off(here, "member")


async def write_off_of_the_treasurer(here: Village) -> Command:
    return await _write_off(here, "treasurer")


async def rescheduling(here: Village) -> Command:
    found = await _loan(here, "member")
    day = first_due(local_day(here.stage.now))
    return Reschedule(LoanRescheduled(found.id, found.principal, 6, day), "گوسفندها مریض شدند")


async def waiver(here: Village) -> Command:
    """Of an instalment that is late."""
    found, today = await _loan(here, "member"), local_day(here.stage.now)

    def fined(conn: Connection) -> Rial:
        late = loans.update_loan(conn, found, first_due=today - timedelta(days=9))
        return repayments.paid_on(conn, late).account.fines(today)

    waived = FineWaived(found.id, await here.stage.write(fined))
    return WaiveFine(here.group.id, waived, "بیمارستان بود")


async def _asking(here: Village, borrower: MembershipId) -> Command:
    adopted = await here.stage.read(lambda conn: bylaws.bylaws_of(conn, here.group.id))
    return AskLoan(borrower, SHEEP, Rial.from_toman(TOMAN), 3, adopted.version)


async def _decision(here: Village, borrower: str) -> Command:
    found = await _loan(here, borrower)
    return AnswerLoan(found.id, found.revision, agreed=True)


async def _payout(here: Village, borrower: str) -> Command:
    found = await _loan(here, borrower)
    return PayLoan(found.id, found.revision, Way.CASH)


async def _receipt(here: Village, borrower: str) -> Command:
    found = await _loan(here, borrower)
    return ConfirmReceipt(found.id, found.revision)


async def _repayment(here: Village, borrower: str) -> Command:
    await here[borrower].tap("receive")
    return RepayLoan((await _loan(here, borrower)).id, Rial(10), Way.CASH, None)


async def _write_off(here: Village, borrower: str) -> Command:
    found = await _loan(here, borrower)
    return WriteOff(here.group.id, LoanLost(found.id, found.principal), "خانه‌اش سوخت")


async def _agreed(here: Village) -> None:
    for name in ("chair", "secretary"):
        await here[name].tap("agree")


async def _loan(here: Village, borrower: str) -> LoanRow:
    """The one loan of somebody."""
    (found,) = await here.stage.read(lambda conn: loans.open_loans_of(conn, here[borrower].membership))
    return found


LOANS: list[tuple[Prepare, set[str]]] = [
    (asking, {"member"}),
    (asking_for_a_served_member, {"helper"}),
    (decision, BOARD),
    (decision_on_the_treasurer, {"chair", "secretary"}),
    (order, BOARD),
    (taken_back, {"member"}),
    (payout, {"treasurer"}),
    (payout_to_the_treasurer, {"chair"}),
    (receipt, {"member"}),
    (receipt_of_the_treasurer, {"treasurer"}),
    (no_receipt, {"member", "treasurer"}),
    (receipt_after_days, {"member", "chair", "secretary"}),
    (repayment, {"member", "treasurer"}),
    (repayment_of_the_treasurer, {"treasurer", "chair"}),
    (write_off, BOARD),
    (write_off_of_the_treasurer, {"chair", "secretary"}),
    (rescheduling, {"member"}),
    (waiver, BOARD),
]
