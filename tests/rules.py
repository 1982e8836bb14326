"""Short ways through proposing rules, for scenarios."""

from __future__ import annotations

from domain.bylaws import Bylaws
from domain.ids import GroupId
from storage.bylaws import bylaws_of
from tests.phone import Phone
from tests.stage import Stage

HEADINGS = 8


async def loan_terms_proposed(who: Phone, method: str = "method_fixed_fee", rate: str = "12") -> list[str]:
    """Propose the usual limits with a price."""
    await _begin(who, "rules_loan_terms")
    for choice in ("3", "25", "12", method, *([] if method == "method_zero" else [rate])):
        await who.tap(choice)
    return await who.tap("confirm")


async def bylaws_proposed(who: Phone, *, entry_fee: str = "") -> list[str]:
    """Propose our bylaws as they are, or with an entry fee in rials."""
    await _open(who)
    return await agree_to_all(who, entry_fee=entry_fee)


async def agree_to_all(who: Phone, *, entry_fee: str = "") -> list[str]:
    """Keep every heading, from the page of the rules on."""
    await who.tap("rules_bylaws")
    await who.tap("begin")
    for _ in range(HEADINGS - 1):
        await who.tap("keep_rule")
    if entry_fee:
        for choice in ("change_rule", "15", "25", entry_fee):
            await who.tap(choice)
    await who.tap("keep_rule")
    return await who.tap("confirm")


async def savings_proposed(who: Phone, amount: str, rhythm: str = "rhythm_monthly") -> list[str]:
    """Propose what everybody saves, by what one types."""
    await _begin(who, "rules_savings_agreement")
    await who.say(amount)
    await who.tap(rhythm)
    return await who.tap("confirm")


async def meetings_proposed(who: Phone, weekday: int = 0) -> list[str]:
    """Propose to meet every week on a day, counted from Saturday."""
    await _begin(who, "rules_meetings")
    for choice in ("meetingrhythm_weekly", f"weekday_{weekday}", "1020"):
        await who.tap(choice)
    await who.say("خانهٔ بهداشت")
    return await who.tap("confirm")


async def rules_of(stage: Stage, group: GroupId) -> tuple[int, Bylaws]:
    """The version of the rules that holds, and the rules."""
    adopted = await stage.read(lambda conn: bylaws_of(conn, group))
    return adopted.version, adopted.rules


async def _begin(who: Phone, word: str) -> None:
    await _open(who)
    await who.tap(word)


async def _open(who: Phone) -> None:
    await who.press("menu_assembly")
    await who.tap("open_rules")
