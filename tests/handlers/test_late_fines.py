"""Who saved late owes what the bylaws ask for, once for each round; she and the board see it, nobody else."""

from __future__ import annotations

from domain.bylaws import Bylaws
from domain.ledger import Account
from domain.money import Rial
from domain.offices import Office
from storage.fines import fines_in
from tests.lending import lending
from tests.phone import Heard, Phone
from tests.stage import Group, Stage
from tests.steps import report, reversal_asked
from tests.years import balances

BOARD = (Office.CHAIR, Office.SECRETARY, Office.TREASURER)
TWENTY = Rial.from_toman(20_000)
FINE = Bylaws(late_saving_fine=TWENTY)


async def late(stage: Stage) -> Group:
    """A group with a fine, whose second round was closed: all but the first member paid it in time."""
    group = await stage.group(offices=BOARD, members=2)
    await lending(stage, group, FINE)
    for phone in group.everybody[:-2] + group.members[1:]:
        await report(phone, "یک میلیون تومان")
        await (group.chair if phone is group.treasurer else group.treasurer).tap("confirm_deposit")
    await stage.pass_days(31)
    await stage.pass_days(31)
    return group


def round_button(officer: Phone, number: int) -> str:
    """The button that shows a round, on the page she looks at."""
    return next(data for data in officer.last.buttons.values() if data.split(".")[1] == str(number))


async def owed(stage: Stage, group: Group) -> list[tuple[int, int]]:
    """Who owes for which round."""
    found = await stage.read(lambda conn: fines_in(conn, group.id))
    return [(one.membership, one.round_number) for one in found]


async def seen(phone: Phone) -> object:
    """The fines in her passbook."""
    await phone.press("menu_passbook")
    return phone.newest("passbook.page").facts["fines"]


async def paid(her: Phone, way: str = "cash") -> list[str]:
    """She says that she has paid the one she owes."""
    await seen(her)
    assert await her.tap("pay") == ["saving.way"]
    await her.tap(way)
    if way == "transfer":
        await her.tap("later")
    return await her.tap("confirm")


async def taken(group: Group, her: Phone) -> None:
    """The treasurer writes down that she has paid, but for the last yes."""
    await group.treasurer.press("menu_money")
    await group.treasurer.tap("money_move")
    await group.treasurer.tap("movekind_late_fine")
    await group.treasurer.tap(f"{her.membership}_2")
    await group.treasurer.tap("cash")


async def test_a_round_that_opened_before_the_fine_was_adopted_costs_nothing(stage: Stage) -> None:
    group = await late(stage)
    assert await owed(stage, group) == [(group.members[0].membership, 2)]


async def test_she_and_the_board_see_it_and_nobody_else(stage: Stage) -> None:
    group = await late(stage)
    her, other = group.members
    assert await seen(her) == [(2, TWENTY)]
    assert await seen(other) == []
    assert other.newest("passbook.page").data("pay") is None
    await group.secretary.press("menu_rounds")
    assert group.secretary.last.facts["fines"] == []
    await group.secretary.tap_data(round_button(group.secretary, 2))
    ((_, amount),) = group.secretary.last.fact("fines", list)
    assert amount == TWENTY


async def test_she_is_told_once_when_the_round_closes_and_pays_by_the_button(stage: Stage) -> None:
    group = await late(stage)
    her = group.members[0]
    told = her.newest("pay_fine.owed")
    assert (told.facts["number"], told.facts["amount"]) == (2, TWENTY)
    assert all("pay_fine.owed" not in phone.names for phone in group.everybody if phone is not her)
    await stage.tick()
    await stage.pass_days(3)
    assert her.names.count("pay_fine.owed") == 1
    assert await her.tap("pay", told) == ["saving.way"]
    await her.tap("cash")
    assert await her.tap("confirm") == ["pay_fine.written_down"]


async def undecided(stage: Stage) -> tuple[Group, Heard]:
    """A group with a fine, whose second round was closed while what its last but one reported still waits."""
    group = await stage.group(offices=BOARD, members=2)
    await lending(stage, group, FINE)
    for phone in group.everybody[:-2]:
        await report(phone, "یک میلیون تومان")
    await stage.pass_days(31)
    await stage.pass_days(1)
    await report(group.members[0], round_number="2")
    waiting = group.treasurer.newest("deposit.waiting")
    await stage.pass_days(30)
    return group, waiting


async def test_what_was_reported_in_time_is_awaited_before_a_fine_is_asked(stage: Stage) -> None:
    group, waiting = await undecided(stage)
    her = group.members[0]
    assert "pay_fine.owed" not in her.names
    assert await owed(stage, group) == [(group.members[1].membership, 2)]
    await group.treasurer.tap("not_received", waiting)
    await group.treasurer.say("پولی نیامد")
    await group.treasurer.tap("confirm")
    assert (her.membership, 2) in await owed(stage, group)
    assert her.names[-2:] == ["deposit.not_received", "pay_fine.owed"]
    assert (her.last.facts["number"], her.last.facts["amount"]) == (2, TWENTY)
    assert await her.tap("pay") == ["saving.way"]


async def test_what_she_takes_back_costs_her_the_fine_it_kept_away(stage: Stage) -> None:
    group, _ = await undecided(stage)
    her = group.members[0]
    await her.tap("withdraw_deposit", her.newest("saving.written_down"))
    assert her.names[-2:] == ["saving.withdrawn", "pay_fine.owed"]


async def test_what_turns_out_less_than_was_asked_costs_the_fine(stage: Stage) -> None:
    group, waiting = await undecided(stage)
    her = group.members[0]
    await group.treasurer.tap("other_amount", waiting)
    await group.treasurer.say("۱۰۰ هزار تومان")
    await group.treasurer.tap("confirm")
    assert await her.tap("agree_amount") == ["saving.receipt_slip", "pay_fine.owed"]


async def test_what_is_confirmed_late_costs_nothing(stage: Stage) -> None:
    group, waiting = await undecided(stage)
    await group.treasurer.tap("confirm_deposit", waiting)
    assert "pay_fine.owed" not in group.members[0].names


async def test_each_fine_is_told_once_whatever_is_refused_afterwards(stage: Stage) -> None:
    group = await late(stage)
    her = group.members[0]
    assert her.names.count("pay_fine.owed") == 1
    await report(her, round_number="2")
    await stage.pass_days(1)
    await her.tap("withdraw_deposit", her.newest("saving.written_down"))
    assert her.names.count("pay_fine.owed") == 1


async def test_she_says_that_she_paid_and_the_treasurer_confirms_it(stage: Stage) -> None:
    group = await late(stage)
    her = group.members[0]
    assert await paid(her) == ["pay_fine.written_down"]
    assert await owed(stage, group) == []
    assert await her.tap("pay") == ["refusals.fine_is_settled"]
    assert group.treasurer.last.name == "move.waiting"
    assert group.treasurer.last.facts["number"] == 2
    assert "move.waiting" not in group.chair.names
    await group.treasurer.tap("agree_move")
    assert her.last.name == "pay_fine.receipt"
    assert await balances(stage, group, Account.FINES) == [TWENTY.rials]
    assert await seen(her) == []


async def test_what_she_takes_back_and_what_is_declined_is_owed_again(stage: Stage) -> None:
    group = await late(stage)
    her = group.members[0]
    await paid(her, "transfer")
    await her.tap("withdraw_move")
    assert await owed(stage, group) == [(her.membership, 2)]
    await paid(her)
    assert await owed(stage, group) == []
    await group.treasurer.tap("decline_move")
    assert await owed(stage, group) == [(her.membership, 2)]
    assert await balances(stage, group, Account.FINES) == [0]


async def test_the_treasurer_writes_it_down_and_she_confirms_it(stage: Stage) -> None:
    group = await late(stage)
    her, treasurer = group.members[0], group.treasurer
    await taken(group, her)
    assert await treasurer.tap("confirm") == ["money_move.written_down"]
    await her.tap("agree_move")
    assert treasurer.last.name == "move.told_confirmed"
    assert await balances(stage, group, Account.FINES) == [TWENTY.rials]
    await treasurer.press("menu_money")
    await treasurer.tap("money_move")
    assert "movekind_late_fine" not in treasurer.last.choices


async def test_a_fine_that_she_reported_meanwhile_is_not_taken_twice(stage: Stage) -> None:
    group = await late(stage)
    await taken(group, group.members[0])
    await paid(group.members[0])
    asked = group.treasurer.newest("money_move.confirm")
    assert await group.treasurer.tap("confirm", asked) == ["refusals.terms_changed", "money_move.kind"]


async def test_a_fine_taken_by_mistake_is_reversed_and_owed_again(stage: Stage) -> None:
    group = await late(stage)
    her = group.members[0]
    await paid(her)
    await group.treasurer.tap("agree_move")
    await reversal_asked(group.chair, "move")
    await group.secretary.tap("agree_reversal")
    assert her.last.name == "reversal.told_payer"
    assert await owed(stage, group) == [(her.membership, 2)]


async def test_each_late_round_costs_once_by_the_bylaws_of_its_opening(stage: Stage) -> None:
    group = await late(stage)
    her = group.members[0]
    await lending(stage, group, Bylaws(late_saving_fine=TWENTY + TWENTY))
    await stage.pass_days(31)
    await stage.pass_days(31)
    fines = await stage.read(lambda conn: fines_in(conn, group.id))
    hers = [(one.round_number, one.amount) for one in fines if one.membership == her.membership]
    assert hers == [(2, TWENTY), (3, TWENTY), (4, TWENTY + TWENTY)]
    await seen(her)
    await her.tap("pay")
    assert her.last.name == "pay_fine.round"
