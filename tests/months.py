"""Short ways to the end of a month, and to its closing."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from domain.calendar import jalali, local_day
from tests.phone import Phone
from tests.stage import Stage


async def until_the_first(stage: Stage) -> None:
    """Pass days up to the first day of the next Jalali month."""
    await stage.pass_days(1)
    while jalali(local_day(stage.now))[2] != 1:
        await stage.pass_days(1)


def last_day(now: datetime) -> date:
    """The last day of the Jalali month that ended last."""
    return local_day(now) - timedelta(days=jalali(local_day(now))[2])


async def asked(treasurer: Phone) -> list[str]:
    """Ask that the month be closed that ended last."""
    await treasurer.press("menu_money")
    await treasurer.tap("close_month")
    await treasurer.tap("yes")
    return await treasurer.tap("confirm")
