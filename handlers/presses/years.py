"""Taps on what is said of a year's end."""

from __future__ import annotations

from functools import partial

from domain.ids import YearClosingId
from domain.surplus import AnswerYearClosing
from handlers.cards import year as card
from handlers.presses.late import carry_out_or_show
from handlers.turn import Turn
from storage import years

TALKS = {"begin": "close_year", "share": "share_surplus"}


def on_year(turn: Turn, number: int, choice: str, revision: int) -> str | None:
    """Name the talk to begin, or agree or decline as the second person."""
    if choice in TALKS:
        return TALKS[choice]
    closing_id = YearClosingId(number)
    command = AnswerYearClosing(closing_id, revision, agreed=choice == "agree")
    carry_out_or_show(turn, command, partial(_show, turn, closing_id))
    return None


def _show(turn: Turn, closing_id: YearClosingId) -> None:
    found = years.closing_by_id(turn.conn, closing_id)
    if found is not None:
        turn.say(f"year_closing.{found.state}", **card.facts_of(turn, found))
