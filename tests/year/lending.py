"""Loans: asked for, granted, paid out, received, repaid, lost."""

from __future__ import annotations

from tests.phone import Phone
from tests.year.assembly import vote
from tests.year.saving import confirmed
from tests.year.village import Village, give


async def asks(borrower: Phone, toman: str, months: int, purpose: str) -> None:
    """Ask for a loan; the last word is that it is put to the vote, or before the board."""
    await borrower.press("menu_loans")
    await borrower.tap("ask")
    await borrower.say(purpose)
    await borrower.say(toman)
    await borrower.say(str(months))
    await borrower.tap("consent")
    assert (await borrower.tap("confirm"))[-1] in {"ask_loan.sent_to_vote", "ask_loan.sent_to_board"}


async def is_paid(village: Village, borrower: Phone, way: str = "cash") -> None:
    """Let the treasurer hand it over and the borrower say that it is there."""
    payer = village.chair if borrower is village.treasurer else village.treasurer
    assert await payer.tap(way, payer.newest("loan.pay")) == ["loan.you_paid"]
    await borrower.tap("receive")
    assert borrower.last.name == "loan.receipt_slip"


async def is_lent(village: Village, borrower: Phone, toman: str, months: int, purpose: str) -> None:
    """Ask, vote, pay out."""
    await asks(borrower, toman, months, purpose)
    await vote(village)
    await is_paid(village, borrower)


async def reports_payment(borrower: Phone, amount: str = "", way: str = "cash") -> None:
    """Say what she paid, or pay what the first button offers: what is due."""
    await borrower.press("menu_loans")
    await borrower.tap("pay")
    amount = amount or borrower.last.choices[0]
    await give(borrower, amount)
    if borrower.last.name == "repay.unusual":
        await borrower.tap("yes")
    await borrower.tap(way)
    if way == "transfer":
        await borrower.tap("later")
    await borrower.tap("confirm")


async def pays(village: Village, borrower: Phone, amount: str = "", way: str = "cash") -> None:
    """Pay on her loan, and have the treasurer confirm it."""
    await reports_payment(borrower, amount, way)
    await confirmed(village, borrower)


async def comes_first(village: Village, borrower: Phone) -> None:
    """Let the assembly decide that the second of two loans is paid before the first."""
    await village.chair.press("menu_loans")
    await village.chair.tap("order")
    await village.chair.tap(village.chair.last.choices[0])
    assert (await village.chair.tap("confirm"))[-1] == "propose.opened"
    await vote(village)
    assert "loan.your_turn" in borrower.names


async def board_agrees(village: Village) -> None:
    """Let two of the board agree to the loan that lies before them."""
    await village.chair.tap("agree")
    await village.secretary.tap("agree")


async def is_written_off(village: Village, borrower: Phone, why: str) -> None:
    """Let the chair propose that what is left is written off; all but the borrower decide."""
    await village.chair.press("menu_loans")
    await village.chair.tap("write_off", village.chair.newest("repayment.board"))
    named = village.name_of(borrower)
    await village.chair.tap(next(label for label in village.chair.last.buttons if named in label))
    await village.chair.say(why)
    assert (await village.chair.tap("confirm"))[-1] == "propose.opened"
    await vote(village, silent=[borrower])
    assert "write_off.told_borrower" in borrower.names
