"""What the bylaws of a group change in its everyday life."""

from __future__ import annotations

from domain.bylaws import Bylaws
from domain.ledger import Account
from domain.money import Rial
from storage import books, rounds
from tests.lending import lending
from tests.stage import Stage
from tests.steps import save

TWENTY = Rial.from_toman(20_000)


async def test_where_the_bylaws_allow_it_more_than_the_equal_share_is_saved(stage: Stage) -> None:
    group = await stage.group()
    member = group.members[0]
    await lending(stage, group, Bylaws(voluntary_saving=True))
    await save(group, member, "700,000")
    slip = member.newest("saving.receipt_slip")
    assert (slip.facts["voluntary"], slip.facts["advance"]) == (Rial.from_toman(200_000), Rial(0))
    assert slip.facts["balance"] == Rial.from_toman(700_000)
    await stage.pass_days(31)
    (line,) = await stage.read(lambda conn: rounds.unpaid_lines(conn, member.membership))
    assert (line.number, line.left) == (2, Rial.from_toman(500_000))  # nothing was paid in advance
    await stage.check()


async def test_saving_beyond_the_equal_share_is_taken_back_as_a_whole(stage: Stage) -> None:
    group = await stage.group()
    member = group.members[0]
    await lending(stage, group, Bylaws(voluntary_saving=True))
    await save(group, member, "700,000")
    await group.treasurer.press("menu_reverse")
    await group.treasurer.tap("1")
    await group.treasurer.say("اشتباه شمردم")
    await group.treasurer.tap("confirm")
    await group.chair.tap("agree_reversal")
    assert await stage.read(lambda conn: books.member_balance(conn, member.membership)) == Rial(0)
    await stage.check()


async def test_who_saved_late_pays_the_fine_of_the_bylaws_and_confirms_it(stage: Stage) -> None:
    group = await stage.group()
    payer, treasurer = group.members[0], group.treasurer
    await lending(stage, group, Bylaws(late_saving_fine=TWENTY))
    await treasurer.press("menu_money")
    await treasurer.tap("money_move")
    await treasurer.tap("movekind_late_fine")
    await treasurer.tap(str(payer.membership))
    await treasurer.tap("cash")
    await treasurer.tap("confirm")
    assert payer.newest("move.waiting").facts["amount"] == TWENTY
    await payer.tap("agree_move")
    fines = await stage.read(lambda conn: books.balance_of(conn, group.id, Account.FINES))
    assert fines == TWENTY
    await stage.check()


async def test_a_fine_that_was_changed_meanwhile_is_not_taken(stage: Stage) -> None:
    group = await stage.group()
    treasurer = group.treasurer
    await lending(stage, group, Bylaws(late_saving_fine=TWENTY))
    await treasurer.press("menu_money")
    await treasurer.tap("money_move")
    await treasurer.tap("movekind_late_fine")
    await treasurer.tap(str(group.members[0].membership))
    await treasurer.tap("cash")
    await lending(stage, group, Bylaws())
    assert await treasurer.tap("confirm") == ["refusals.terms_changed", "money_move.kind"]
    assert "movekind_late_fine" not in treasurer.last.choices
