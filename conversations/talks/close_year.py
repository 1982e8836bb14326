"""The treasurer closes a year of the books."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM
from domain.ids import GroupId
from domain.surplus import CloseYear, Year


@dataclass(frozen=True, slots=True)
class Facts:
    """The group, and the year as it would be closed."""

    subject: GroupId
    group: str
    year: Year


def close_year(facts: Facts) -> Script[CloseYear | None]:
    """Show the sum step by step; another person confirms it."""
    sure = yield from ask("close_year.confirm", CONFIRM, group=facts.group, year=facts.year)
    return CloseYear(facts.subject, facts.year.year) if sure else None
