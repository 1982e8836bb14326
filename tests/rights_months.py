"""Who may do what with a month that has ended."""

from __future__ import annotations

from domain.closings import AnswerMonth, CloseMonth
from domain.commands import Command
from domain.ids import MonthClosingId
from storage import schema
from tests.months import asked, last_day
from tests.rights import Prepare, Village


async def closing(here: Village) -> Command:
    await here.stage.pass_days(31)
    return CloseMonth(here.group.id, last_day(here.stage.now))


async def answer_to_closing(here: Village) -> Command:
    await asked(here["treasurer"])
    return AnswerMonth(MonthClosingId(await here.newest(schema.month_closing)), 1, agreed=True)


MONTHS: list[tuple[Prepare, set[str]]] = [
    (closing, {"treasurer"}),
    (answer_to_closing, {"chair"}),
]
