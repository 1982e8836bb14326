"""Short ways through a loan that runs: received, paid on, and what the books say of it."""

from __future__ import annotations

from fractions import Fraction

from domain.bylaws import Bylaws, LoanPrice
from domain.calendar import local_day
from domain.ledger import Account
from domain.loan_owed import Parts
from domain.loan_terms import Method, Period, Rate
from domain.money import Rial
from domain.offices import Office
from storage import books
from tests.lending import funded, granted, lending, loan
from tests.phone import Phone
from tests.stage import Group, Stage

BOARD = (Office.CHAIR, Office.SECRETARY, Office.TREASURER)
ONE_A_MONTH = Rate(Fraction(12), Period.YEAR)
ON_BALANCE = LoanPrice(Method.BALANCE_EQUAL, ONE_A_MONTH)


async def lent(stage: Stage, price: LoanPrice = ON_BALANCE, borrower: int = 0, fine: int = 0) -> Group:
    """A group whose member, or the officer at a place from the end, has received 10,000,000 rials."""
    group = await stage.group(offices=BOARD, members=1)
    await lending(stage, group, Bylaws(loan_price=price, loan_fund_per_cent=50, instalment_fine=Rial(fine)))
    await funded(stage, group)
    hers = group.everybody[borrower - 1]
    await granted(stage, group, hers)
    await (group.chair if hers is group.treasurer else group.treasurer).tap("cash")
    await hers.tap("receive")
    assert (await loan(stage)).state == "running"
    return group


async def report(borrower: Phone, amount: str, way: str = "cash") -> list[str]:
    """Press the button of her loan and say what she paid, by a button (in rials) or by writing."""
    await borrower.press("menu_loans")
    assert await borrower.tap("pay") == ["repay.amount"]
    return await say(borrower, amount, way)


async def say(phone: Phone, amount: str, way: str = "cash") -> list[str]:
    await (phone.tap(amount) if amount.isascii() else phone.say(amount))
    await phone.tap(way)
    if way == "transfer":
        await phone.tap("later")
    return await phone.tap("confirm")


async def pay(group: Group, amount: str) -> dict[str, object]:
    """Report a payment, have the treasurer confirm it, and return what the receipt says."""
    (member,) = group.members
    await report(member, amount)
    await group.treasurer.tap("confirm_deposit")
    return dict(member.newest("repayment.receipt_slip").facts)


async def balance(stage: Stage, group: Group, account: Account, holder: int = 0, purpose: str = "") -> int:
    found = await stage.read(lambda conn: books.balance_of(conn, group.id, account, holder, purpose))
    return found.rials


async def outstanding(stage: Stage, group: Group) -> int:
    return await balance(stage, group, Account.INTERNAL_LOANS, 1)


def used(receipt: dict[str, object]) -> tuple[int, int, int, int]:
    parts, beyond = receipt["parts"], receipt["beyond"]
    assert isinstance(parts, Parts)
    assert isinstance(beyond, Rial)
    return parts.fee.rials, parts.principal.rials, parts.fine.rials, beyond.rials


async def until_due(stage: Stage, days: int = 0) -> None:
    """Let the days pass until the oldest instalment is due, or so many more."""
    due = (await loan(stage)).first_due
    assert due is not None
    while local_day(stage.now) < due:
        await stage.pass_days(1)
    await stage.pass_days(days)
