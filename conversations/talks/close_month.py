"""The treasurer closes a month of the books that is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM, YES_NO
from domain.closings import Balances, Checklist, CloseMonth, sides
from domain.ids import GroupId


@dataclass(frozen=True, slots=True)
class Facts:
    """The group, the last day of the month, what is still open, and the trial balance at the month's end."""

    subject: GroupId
    group: str
    last_day: date
    checklist: Checklist
    balances: Balances


def close_month(facts: Facts) -> Script[CloseMonth | None]:
    """Show what is still open, then what stood on each account."""
    about = {"group": facts.group, "day": facts.last_day}
    if not (yield from ask("close_month.checklist", YES_NO, checklist=facts.checklist, **about)):
        return None
    debit, credit = sides(facts.balances)
    sure = yield from ask(
        "close_month.confirm", CONFIRM, balances=facts.balances, debit=debit, credit=credit, **about
    )
    return CloseMonth(facts.subject, facts.last_day) if sure else None
