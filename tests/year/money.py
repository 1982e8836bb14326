"""The group's own money: what the treasurer writes down and the chair confirms, counts and closings."""

from __future__ import annotations

from storage.passbooks import GroupTotals, group_totals
from tests.phone import Phone
from tests.steps import moved
from tests.year.village import Village


async def moves(village: Village, kind: str, amount: str, *answers: str) -> None:
    """Let the treasurer write down a move and the chair confirm it."""
    assert await moved(village.treasurer, kind, amount, *answers) == ["money_move.written_down"]
    await village.chair.tap("agree_move")
    assert village.treasurer.last.name == "move.told_confirmed"


async def counts(village: Village, amount: str, why: str = "") -> None:
    """Let the treasurer count the box; a difference has its reason, and the chair confirms it."""
    treasurer = village.treasurer
    await treasurer.press("menu_money")
    await treasurer.tap("cash_count")
    await treasurer.say(amount)
    if why:
        await treasurer.say(why)
        assert await treasurer.tap("confirm") == ["cash_count.differs"]
        await village.chair.tap("agree_move")
    else:
        assert await treasurer.tap("confirm") == ["cash_count.agrees"]


async def close_month(village: Village) -> None:
    """Close the month that ended; afterwards the books are checked from the first entry on."""
    treasurer = village.treasurer
    await treasurer.press("menu_money")
    await treasurer.tap("close_month")
    if treasurer.last.name == "close_month.checklist":
        await treasurer.tap("yes")
    assert await treasurer.tap("confirm") == ["close_month.sent"]
    await village.chair.tap("agree_month")
    assert village.chair.newest("month.closed").edited
    await totals_are_true(village)
    await village.check()


async def totals_are_true(village: Village) -> None:
    """Let an ordinary member look at the fund, and hold what she reads against the books."""
    await village.mahin.press("menu_fund")
    told = village.mahin.last.fact("totals", GroupTotals)
    assert told == await village.ground.read(lambda conn: group_totals(conn, village.group.id))


async def leaves(village: Village, name: str) -> None:
    """Let a member leave with what is hers: paid out by the treasurer, received by her."""
    leaver = village.people[name]
    await leaver.press("menu_me")
    await leaver.tap("leave")
    assert await leaver.tap("confirm") == ["leave.wish_kept"]
    assert await village.treasurer.tap("paid_cash") == ["payout.you_paid"]
    assert await leaver.tap("received_it") == ["payout.receipt", "leave.left"]
    village.gone.add(name)


async def close_year(village: Village) -> None:
    """Let the treasurer look at the sum and send it, and the chair agree; everybody is told."""
    await village.treasurer.press("menu_waiting")
    await village.treasurer.tap("begin")
    assert await village.treasurer.tap("confirm") == ["close_year.sent"]
    await village.chair.tap("agree")
    assert all(phone.last.name == "year_closing.closed" for phone in village.voters)


async def shares_surplus(proposer: Phone, toman: str) -> None:
    """Propose that so much of the surplus becomes savings."""
    await proposer.press("menu_fund")
    await proposer.tap("share")
    await proposer.say(toman)
    await proposer.tap("to_savings")
    assert (await proposer.tap("confirm"))[-1] == "propose.opened"
