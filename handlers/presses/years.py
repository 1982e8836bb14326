"""Taps on what is said of a year's end."""

from __future__ import annotations

from domain.ids import YearClosingId
from domain.surplus import AnswerYearClosing
from handlers.cards import year as card
from handlers.carry_out import carry_out
from handlers.turn import Turn
from storage import years

TALKS = {"begin": "close_year", "share": "share_surplus"}


def on_year(turn: Turn, number: int, choice: str, revision: int) -> str | None:
    """Name the talk to begin, or agree or decline as the second person."""
    if choice in TALKS:
        return TALKS[choice]
    found = years.closing_by_id(turn.conn, YearClosingId(number))
    if found is None or found.revision != revision:
        turn.say("common.already_answered")
        if found is not None:
            turn.say(f"year_closing.{found.state}", **card.facts_of(turn, found))
        return None
    carry_out(turn, AnswerYearClosing(found.id, revision, agreed=choice == "agree"))
    return None
