"""Taps on the cards of deposits and reversals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from domain.commands import AnswerOffer, AnswerReversal, Command, ConfirmDeposit, WithdrawDeposit
from domain.ids import DepositId, ReversalId
from domain.refusals import Refused
from handlers.cards import deposit, reversal
from handlers.carry_out import carry_out
from handlers.turn import Turn
from storage import deposits, reversals
from storage.deposits import DepositRow

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
        _do(turn, DONE_AT_ONCE[choice](deposit_id, revision), deposit_id)
        return None
    found = deposits.deposit_by_id(turn.conn, deposit_id)
    if found is None or found.revision != revision:
        _already_answered(turn, found)
        return None
    return ASKED_FIRST.get(choice)


def _do(turn: Turn, command: Command, deposit_id: DepositId) -> None:
    """Carry it out, unless the deposit has changed since the button was made."""
    try:
        carry_out(turn, command)
    except Refused as refused:
        if refused.name != "already_decided":
            raise
        _already_answered(turn, deposits.deposit_by_id(turn.conn, deposit_id))


def _already_answered(turn: Turn, found: DepositRow | None) -> None:
    turn.say("common.already_answered")
    if found is not None:
        _show(turn, found)


def _show(turn: Turn, found: DepositRow) -> None:
    """How it stands now: for whoever may decide, with the buttons that hold."""
    if found.state != "waiting":
        turn.say(deposit.text_of(found), **deposit.facts_of(turn, found))
    elif turn.me in deposit.confirmers_of(turn, found):
        deposit.send_card(turn, found, turn.me)
    else:
        turn.say("deposit.still_waiting", **deposit.facts_of(turn, found))


def on_reversal(turn: Turn, reversal_id: int, choice: str, revision: int) -> None:
    """Agree or decline as the second person."""
    found = reversals.reversal_by_id(turn.conn, ReversalId(reversal_id))
    if found is None or found.revision != revision:
        turn.say("common.already_answered")
        if found is not None:
            turn.say(f"reversal.{found.state}", **reversal.facts_of(turn, found))
        return
    carry_out(turn, AnswerReversal(found.id, revision, agreed=choice == "agree"))
