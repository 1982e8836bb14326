"""Who may do what at the year's end, and with what is paid to a member; a year goes by meanwhile."""

from __future__ import annotations

from sqlalchemy import update

from domain.bylaws import Bylaws
from domain.commands import AnswerReversal, AskReversal, Command
from domain.ids import EntryId, PayoutId, ReversalId, YearClosingId
from domain.ledger import Account
from domain.money import Rial
from domain.moves import LateFinesWaived, PayFine
from domain.payouts import AnswerPayout, PayOut
from domain.posting import Owed, Way
from domain.repaying import WaiveFine
from domain.surplus import AnswerYearClosing, CloseYear, ShareSurplus, Sharing
from storage import payouts, schema
from storage.deposits import OPEN
from storage.fines import fines_of
from tests.lending import lending
from tests.rights import Prepare, Village
from tests.steps import reversal_asked
from tests.years import asked, booked, owed, year_over

SUM = Rial(50_000)


async def late_fine(here: Village) -> Command:
    await lending(here.stage, here.group, Bylaws(late_saving_fine=Rial(10_000)))
    taken_back = update(schema.deposit).where(schema.deposit.c.state.in_(OPEN)).values(state="withdrawn")
    await here.stage.write(lambda conn: conn.execute(taken_back))  # what was reported in time is no fine
    await here.stage.pass_days(62)
    owed = await here.stage.read(lambda conn: fines_of(conn, here.group.id, here["member"].membership))
    return PayFine(owed[0], Way.CASH, None)


async def waiver_of_late_fines(here: Village) -> Command:
    hers = here["member"].membership
    owed = await here.stage.read(lambda conn: fines_of(conn, here.group.id, hers))
    total = sum((one.amount for one in owed), Rial(0))
    waived = LateFinesWaived(hers, tuple(one.round_number for one in owed), total)
    return WaiveFine(here.group.id, waived, "بیمارستان بود")


async def closing(here: Village) -> Command:
    await booked(here.stage, here.group, (Account.FINES, Rial(9_000_000)))
    await year_over(here.stage, 1405)
    await here.stage.pass_days(4)  # votes are called a second time, and end
    return CloseYear(here.group.id, 1405)


async def answer_to_closing(here: Village) -> Command:
    await asked(here.group)
    return AnswerYearClosing(YearClosingId(await here.newest(schema.year_closing)), 1, agreed=True)


async def sharing(here: Village) -> Command:
    await here["chair"].tap("agree")
    return ShareSurplus(here.group.id, Sharing(1405, Rial(8_000_000), to_savings=False))


async def payout(here: Village) -> Command:
    await owed(here.stage, here.group, here["member"], SUM)
    of = {"group_id": here.group.id, "membership_id": here["member"].membership, "kind": Owed.SURPLUS}
    await here.stage.write(lambda conn: payouts.add_payout(conn, **of, amount=SUM, due_at=here.stage.now))
    return PayOut(PayoutId(await here.newest(schema.payout)), 1, Way.CASH)


async def receipt(here: Village) -> Command:
    await here["treasurer"].press("menu_waiting")
    await here["treasurer"].tap("paid_cash")
    return AnswerPayout(PayoutId(await here.newest(schema.payout)), 2, received=True)


async def reversal_of_a_payout(here: Village) -> Command:
    await here["member"].tap("received_it")
    return AskReversal(EntryId(await here.newest(schema.entry)), "نگرفته است")


async def answer_to_its_reversal(here: Village) -> Command:
    await reversal_asked(here["chair"], "payout")
    return AnswerReversal(ReversalId(await here.newest(schema.reversal)), 1, agreed=True)


YEAR: list[tuple[Prepare, set[str]]] = [
    (closing, {"treasurer"}),
    (answer_to_closing, {"chair"}),
    (sharing, {"member", "neighbour", "helper", "chair", "secretary", "treasurer"}),
    (payout, {"treasurer"}),
    (receipt, {"member"}),
    (reversal_of_a_payout, {"chair", "secretary", "treasurer", "facilitator"}),
    (answer_to_its_reversal, {"secretary"}),
]
# At the end of all: rounds go by.
FINES: list[tuple[Prepare, set[str]]] = [
    (late_fine, {"member"}),
    (waiver_of_late_fines, {"chair", "secretary", "treasurer"}),
]
