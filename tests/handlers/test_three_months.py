"""A group over three months, told through its phones; at the end stand its books."""

from __future__ import annotations

from domain.offices import Office
from storage import passbooks
from tests.phone import Phone
from tests.stage import Group, Stage
from tests.steps import reversal_asked

BOARD = (Office.CHAIR, Office.SECRETARY, Office.TREASURER)


async def reports(member: Phone, amount: str = "amount", *, way: str = "cash") -> None:
    """Report a saving; `amount` is the button of the usual one, or typed."""
    await member.press("menu_save")
    if amount == "amount":
        await member.tap("5000000")
    else:
        await member.say(amount)
    while member.last.name in ("saving.unusual", "common.amount_doubt"):
        await member.tap("yes" if member.last.name == "saving.unusual" else next(iter(member.last.buttons)))
    await member.tap(way)
    if way == "transfer":
        await member.picture()
    if member.last.name == "saving.round":
        await member.tap(member.last.choices[0])
    await member.tap("confirm")
    assert member.last.name == "saving.written_down"


async def confirms(officer: Phone, count: int) -> None:
    """Confirm what waits, oldest first."""
    await officer.press("menu_waiting")
    shown = [heard for heard in officer.heard if heard.name == "deposit.waiting"][-count:]
    for card in shown:
        await officer.tap("confirm_deposit", card)


async def first_month(group: Group) -> None:
    """Everybody saves the usual amount; the treasurer's own is confirmed by the chair."""
    for member in (group.chair, group.secretary, *group.members):
        await reports(member)
    await confirms(group.treasurer, 5)
    await reports(group.treasurer, way="transfer")
    await group.chair.tap("confirm_deposit")


async def second_month(group: Group) -> None:
    """One pays in advance, one is late, one was counted differently, one did not arrive."""
    early, late, counted = group.members
    await reports(early, "یک میلیون و دویست هزار تومان", way="transfer")
    await reports(counted, "۶۰۰ هزار تومان")
    await group.treasurer.tap("confirm_deposit", group.treasurer.heard[-2])
    await group.treasurer.tap("other_amount")
    await group.treasurer.say("۵۰۰ هزار تومان")
    await group.treasurer.tap("confirm")
    await counted.tap("agree")
    await reports(late)
    await group.treasurer.tap("refuse")
    await group.treasurer.say("هنوز به دستم نرسیده")
    await group.treasurer.tap("confirm")
    assert late.last.name == "deposit.not_received"


async def third_month(group: Group) -> None:
    """The advance is used by itself, the late one pays both rounds, a wrong entry is reversed."""
    early, late, _ = group.members
    assert "saving.advance_used" in early.names
    await reports(late, "یک میلیون تومان")
    await confirms(group.treasurer, 1)
    await reports(group.secretary)
    await confirms(group.treasurer, 1)
    await reversal_asked(group.treasurer, reason="پول برای نوبت دیگری بود")
    await group.chair.tap("agree_reversal")


async def test_three_months_of_saving(stage: Stage) -> None:
    group = await stage.group(offices=BOARD, members=3)
    await first_month(group)
    await stage.pass_days(31)
    await second_month(group)
    await stage.pass_days(31)
    await third_month(group)

    names = {phone.membership: who for who, phone in zip("abcdef", group.everybody, strict=True)}
    books = await stage.read(lambda conn: passbooks.books_as_text(conn, group.id))
    for membership, who in names.items():
        books = books.replace(f"/{membership} ", f"/{who} ").replace(f"/{membership}/", f"/{who}/")
    assert books == BOOKS
    totals = await stage.read(lambda conn: passbooks.group_totals(conn, group.id))
    assert totals.cash + totals.bank == totals.savings + totals.advances


BOOKS = """\
1 2026-04-04 value 2026-04-04 saving
  101 +5,000,000
  201/a round 1 -5,000,000
2 2026-04-04 value 2026-04-04 saving
  101 +5,000,000
  201/b round 1 -5,000,000
3 2026-04-04 value 2026-04-04 saving
  101 +5,000,000
  201/d round 1 -5,000,000
4 2026-04-04 value 2026-04-04 saving
  101 +5,000,000
  201/e round 1 -5,000,000
5 2026-04-04 value 2026-04-04 saving
  101 +5,000,000
  201/f round 1 -5,000,000
6 2026-04-04 value 2026-04-04 saving
  102 +5,000,000
  201/c round 1 -5,000,000
7 2026-05-05 value 2026-05-05 saving
  102 +12,000,000
  201/d round 2 -5,000,000
  205/d/saving -7,000,000
8 2026-05-05 value 2026-05-05 saving
  101 +5,000,000
  201/f round 2 -5,000,000
9 2026-06-05 value 2026-06-05 advance_used
  205/d/saving +5,000,000
  201/d round 3 -5,000,000
10 2026-06-05 value 2026-06-05 saving
  101 +10,000,000
  201/e round 3 -5,000,000
  201/e round 2 -5,000,000
11 2026-06-05 value 2026-06-05 saving
  101 +5,000,000
  201/b round 3 -5,000,000
12 2026-06-05 value 2026-06-05 reversal reverses 11
  101 -5,000,000
  201/b round 3 +5,000,000

balances
  101 +40,000,000
  102 +17,000,000
  201/a -5,000,000
  201/b -5,000,000
  201/c -5,000,000
  201/d -15,000,000
  201/e -15,000,000
  201/f -10,000,000
  205/d/saving -2,000,000
"""
