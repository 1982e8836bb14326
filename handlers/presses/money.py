"""Taps on the cards of deposits and reversals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from domain.commands import AnswerOffer, AnswerReversal, Command, ConfirmDeposit, WithdrawDeposit
from domain.ids import DepositId, ReversalId
from handlers.cards import deposit, reversal
from handlers.presses.late import carry_out_or_show
from handlers.turn import Turn
from storage import deposits, reversals

DONE_AT_ONCE: Mapping[str, Callable[[DepositId, int], Command]] = {
    "confirm": ConfirmDeposit,
    "agree": partial(AnswerOffer, agreed=True),
    "disagree": partial(AnswerOffer, agreed=False),
    "withdraw": WithdrawDeposit,
}
ASKED_FIRST = {"other": "other_amount", "refuse": "not_received"}


def on_deposit(turn: Turn, number: int, choice: str, revision: int) -> str | None:
    """Do what the button says; return the talk to begin where more has to be asked."""
    deposit_id = DepositId(number)
    if choice in DONE_AT_ONCE:
        command = DONE_AT_ONCE[choice](deposit_id, revision)
        carry_out_or_show(turn, command, partial(_show, turn, deposit_id))
        return None
    found = deposits.deposit_by_id(turn.conn, deposit_id)
    if found is None or found.revision != revision:
        turn.say("common.already_answered")
        _show(turn, deposit_id)
        return None
    return ASKED_FIRST.get(choice)


def _show(turn: Turn, deposit_id: DepositId) -> None:
    """How it stands now: for whoever may decide, with the buttons that hold."""
    found = deposits.deposit_by_id(turn.conn, deposit_id)
    if found is None:
        return
    if found.state != "waiting":
        turn.say(deposit.text_of(found), **deposit.facts_of(turn, found))
    elif turn.me in deposit.confirmers_of(turn, found):
        deposit.send_card(turn, found, turn.me)
    else:
        turn.say("deposit.still_waiting", **deposit.facts_of(turn, found))


def on_reversal(turn: Turn, number: int, choice: str, revision: int) -> None:
    """Agree or decline as the second person."""
    reversal_id = ReversalId(number)
    command = AnswerReversal(reversal_id, revision, agreed=choice == "agree")
    carry_out_or_show(turn, command, partial(_show_reversal, turn, reversal_id))


def _show_reversal(turn: Turn, reversal_id: ReversalId) -> None:
    found = reversals.reversal_by_id(turn.conn, reversal_id)
    if found is not None:
        turn.say(f"reversal.{found.state}", **reversal.facts_of(turn, found))
