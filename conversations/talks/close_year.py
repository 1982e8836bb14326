"""The treasurer closes a year of the books."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM
from domain.ids import GroupId
from domain.surplus import CloseYear, Year


@dataclass(frozen=True, slots=True)
class Facts:
    """The group, the year as it would be closed, and whether its reserve is that of adopted bylaws."""

    subject: GroupId
    group: str
    year: Year
    whole: bool


def close_year(facts: Facts) -> Script[CloseYear | None]:
    """Show the sum step by step; another person confirms it."""
    about = {"group": facts.group, "year": facts.year, "whole": facts.whole}
    sure = yield from ask("close_year.confirm", CONFIRM, **about)
    return CloseYear(facts.subject, facts.year.year) if sure else None
