"""Short ways through whole talks, for scenarios that begin where these end."""

from __future__ import annotations

from tests.phone import Phone
from tests.stage import Group


async def report(member: Phone, amount: str = "5000000", way: str = "cash", round_number: str = "1") -> None:
    """Report a saving by a button (in rials) or by what she types; a transfer's picture comes later."""
    await member.press("menu_save")
    if member.last.data(amount):
        await member.tap(amount)
    else:
        await member.say(amount)
    if member.last.name == "saving.unusual":
        await member.tap("yes")
    await member.tap(way)
    if way == "transfer":
        await member.tap("later")
    if member.last.name == "saving.round":
        await member.tap(round_number)
    await member.tap("confirm")


async def save(group: Group, member: Phone, amount: str = "5000000", way: str = "cash") -> None:
    """Report a saving and have the treasurer confirm it."""
    await report(member, amount, way)
    await group.treasurer.tap("confirm_deposit")


async def reversal_asked(
    officer: Phone, sort: str = "payment", newest: int = 0, reason: str = "دو بار نوشته شده"
) -> list[str]:
    """Ask that one of the latest entries be reversed; of which sort, where there is more than one."""
    await officer.press("menu_reverse")
    if officer.last.name == "reversal.sort":
        await officer.tap(f"reverse_{sort}")
    await officer.tap_data(list(officer.last.buttons.values())[newest])
    await officer.say(reason)
    return await officer.tap("confirm")


async def moved(who: Phone, kind: str, amount: str, *answers: str) -> list[str]:
    """Write down a move; each further answer is a button, else what is typed."""
    await who.press("menu_money")
    await who.tap("money_move")
    await who.tap(f"movekind_{kind}")
    for answer in (amount, *answers):
        await (who.tap(answer) if who.last.data(answer) else who.say(answer))
    return await who.tap("confirm")
