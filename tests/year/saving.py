"""Saving: reported by each, counted by the treasurer, whose own the chair counts."""

from __future__ import annotations

from collections.abc import Sequence

from domain.ids import MembershipId
from domain.money import Rial
from domain.posting import Way
from storage import passbooks
from tests.phone import Phone
from tests.year.village import NANEH, NOBODY, Village, give, together

USUAL = "5000000"  # rials, as the button stands for them


async def reports(
    phone: Phone, amount: str = USUAL, *, payer: MembershipId = NOBODY, way: Way = Way.CASH
) -> None:
    """Report what was paid; who helps somebody says for whom."""
    await phone.press("menu_save")
    if phone.last.name == "saving.payer":
        await phone.tap(str(payer or phone.membership))
    await give(phone, amount)
    if phone.last.name == "saving.unusual":
        await phone.tap("yes")
    await phone.tap(way.value)
    if way is Way.TRANSFER:
        await phone.tap("later")
    if phone.last.name == "saving.round":
        await phone.tap(phone.last.choices[0])
    assert "saving.written_down" in await phone.tap("confirm")


async def saves(village: Village, *phones: Phone, amount: str = USUAL, way: Way = Way.CASH) -> None:
    """Let all of them report at the same time, and the treasurer or the chair confirm one after another.

    The treasurer reports alone: else the cards of the others come between her answers.
    """
    if village.treasurer in phones:
        await reports(village.treasurer, amount, way=way)
    await together(reports(phone, amount, way=way) for phone in phones if phone is not village.treasurer)
    for phone in phones:
        await confirmed(village, phone)
        await told_truly(village, phone, phone.membership)


async def naneh_saves(village: Village) -> None:
    """Let Maryam pay in for Naneh."""
    await reports(village.maryam, payer=village.naneh)
    await confirmed(village, village.maryam, NANEH)
    await told_truly(village, village.maryam, village.naneh)


async def everybody_saves(village: Village, *, but: Sequence[Phone] = ()) -> None:
    """Let all who are members save as agreed, but these."""
    await saves(village, *(phone for phone in village.voters if phone not in but))
    await naneh_saves(village)


async def confirmed(village: Village, payer: Phone, name: str = "") -> None:
    """Let the treasurer confirm what somebody reported, or the chair what the treasurer paid."""
    officer = village.chair if payer is village.treasurer else village.treasurer
    named = name or village.name_of(payer)
    waiting = (heard for heard in reversed(officer.heard) if heard.name == "deposit.waiting")
    await officer.tap("confirm_deposit", next(card for card in waiting if card.facts["name"] == named))


async def told_truly(village: Village, phone: Phone, member: MembershipId) -> None:
    """Hold the receipt against the books."""
    saved = await village.ground.read(lambda conn: passbooks.member_balance(conn, member))
    assert phone.newest("saving.receipt_slip").fact("balance", Rial) == saved


async def taken_back(village: Village, newest: int, why: str) -> None:
    """Let the treasurer ask that an entry be reversed, counted from the newest, and the chair agree."""
    treasurer = village.treasurer
    await treasurer.press("menu_reverse")
    if treasurer.last.name == "reversal.sort":
        await treasurer.tap("reverse_payment")
    await treasurer.tap(treasurer.last.choices[newest])
    await treasurer.say(why)
    assert await treasurer.tap("confirm") == ["reversal.sent"]
    await village.chair.tap("agree_reversal")
    assert village.chair.newest("reversal.done").edited
