"""Taps on the cards of loans, and on the page of loans."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from domain.ids import LoanId
from domain.lending import AnswerLoan, ConfirmReceipt, DenyReceipt, LoanCommand, PayLoan, WithdrawLoan
from domain.posting import Way
from handlers.cards import loan as card
from handlers.presses.late import carry_out_or_show
from handlers.turn import Turn
from storage import loans

DONE_AT_ONCE: Mapping[str, Callable[[LoanId, int], LoanCommand]] = {
    "agree": partial(AnswerLoan, agreed=True),
    "decline": partial(AnswerLoan, agreed=False),
    "withdraw": WithdrawLoan,
    "cash": partial(PayLoan, way=Way.CASH),
    "transfer": partial(PayLoan, way=Way.TRANSFER),
    "receive": ConfirmReceipt,
    "deny": DenyReceipt,
}

TALKS = {"ask": "ask_loan", "order": "loan_order", "reverse": "reversal"}


def on_loan(turn: Turn, number: int, choice: str, revision: int) -> None:
    """Do what the button says, unless the loan has changed since it was made."""
    if choice not in DONE_AT_ONCE:
        return
    loan_id = LoanId(number)
    carry_out_or_show(turn, DONE_AT_ONCE[choice](loan_id, revision), partial(_show, turn, loan_id))


def on_page(turn: Turn, number: int, choice: str, revision: int) -> str | None:  # noqa: ARG001 — every press is called alike
    """Name the talk to begin."""
    return TALKS.get(choice)


def _show(turn: Turn, loan_id: LoanId) -> None:
    """How it stands now, for whom it concerns; for whoever may act, with the buttons that hold."""
    found = loans.loan_by_id(turn.conn, loan_id)
    if found is None:
        return
    if turn.me in card.actors_of(turn, found):
        card.send_card(turn, found, turn.me)
    else:
        turn.say(f"loan.{found.state}", **card.facts_of(turn, found))
