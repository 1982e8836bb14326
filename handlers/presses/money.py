"""Taps on the cards of deposits and reversals."""

from __future__ import annotations

from domain.commands import AnswerOffer, AnswerReversal, ConfirmDeposit, WithdrawDeposit
from domain.ids import DepositId, ReversalId
from handlers.cards import deposit, reversal
from handlers.carry_out import carry_out
from handlers.turn import Turn
from storage import deposits, reversals
from storage.deposits import DepositRow


def on_deposit(turn: Turn, deposit_id: int, choice: str, revision: int) -> str | None:
    """Do what the button says; return the talk to begin where more has to be asked."""
    found = deposits.deposit_by_id(turn.conn, DepositId(deposit_id))
    if found is None or found.revision != revision:
        turn.say("common.already_answered")
        if found is not None:
            _show(turn, found)
        return None
    match choice:
        case "confirm":
            carry_out(turn, ConfirmDeposit(found.id, revision))
        case "agree" | "disagree":
            carry_out(turn, AnswerOffer(found.id, revision, agreed=choice == "agree"))
        case "withdraw":
            carry_out(turn, WithdrawDeposit(found.id, revision))
        case _:
            pass
    return {"other": "other_amount", "refuse": "not_received"}.get(choice)


def _show(turn: Turn, found: DepositRow) -> None:
    """How it stands now: for whoever may decide, with the buttons that hold."""
    if found.state != "waiting":
        turn.say(f"deposit.{found.state}", **deposit.facts_of(turn, found))
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
