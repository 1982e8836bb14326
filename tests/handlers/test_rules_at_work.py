"""What the bylaws of a group change in its everyday life."""

from __future__ import annotations

from domain.bylaws import Bylaws
from domain.money import Rial
from storage import books, rounds
from tests.lending import lending
from tests.stage import Stage
from tests.steps import save


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
