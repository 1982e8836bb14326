"""Taps on the cards of moves of the group's money, and of closings of months."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from domain.closings import AnswerMonth
from domain.ids import MonthClosingId, MoveId
from domain.moves import AnswerMove, MoveCommand, WithdrawMove
from handlers.cards import month
from handlers.cards import move as card
from handlers.presses.late import carry_out_or_show
from handlers.turn import Turn
from storage import months, moves

DONE: Mapping[str, Callable[[MoveId, int], MoveCommand]] = {
    "agree": partial(AnswerMove, agreed=True),
    "decline": partial(AnswerMove, agreed=False),
    "withdraw": WithdrawMove,
}


def on_move(turn: Turn, number: int, choice: str, revision: int) -> None:
    """Do what the button says; one that is too late shows how the move stands."""
    if choice not in DONE:
        return
    move_id = MoveId(number)
    carry_out_or_show(turn, DONE[choice](move_id, revision), partial(_show, turn, move_id))


def _show(turn: Turn, move_id: MoveId) -> None:
    """How it stands now: for whoever may decide, with the buttons that hold."""
    found = moves.move_by_id(turn.conn, move_id)
    if found is None:
        return
    if turn.me in card.confirmers_of(turn, found) and found.state == "waiting":
        card.send_card(turn, found, turn.me)
    else:
        turn.say(f"move.{found.state}", **card.facts_of(turn, found))


def on_kept(turn: Turn, group_id: int, choice: str, revision: int) -> str | None:  # noqa: ARG001 — every press is called alike
    """Name the talk in which one says that cash was handed over."""
    return choice if choice == "hand_over" else None


def on_month(turn: Turn, number: int, choice: str, revision: int) -> None:
    """Confirm the closing of a month or decline it; too late, it shows how the closing stands."""
    if choice not in ("agree", "decline"):
        return
    closing_id = MonthClosingId(number)
    command = AnswerMonth(closing_id, revision, agreed=choice == "agree")
    carry_out_or_show(turn, command, partial(_show_month, turn, closing_id))


def _show_month(turn: Turn, closing_id: MonthClosingId) -> None:
    found = months.month_closing_by_id(turn.conn, closing_id)
    if found is not None:
        turn.say(f"month.{found.state}", **month.facts_of(turn, found))
