"""Taps on the card of a payout."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from domain.ids import PayoutId
from domain.payouts import AnswerPayout, PayOut, PayoutCommand
from domain.posting import Way
from handlers.cards import payout as card
from handlers.presses.late import carry_out_or_show
from handlers.turn import Turn
from storage import payouts

DONE: Mapping[str, Callable[[PayoutId, int], PayoutCommand]] = {
    "paid_cash": partial(PayOut, way=Way.CASH),
    "paid_transfer": partial(PayOut, way=Way.TRANSFER),
    "received_it": partial(AnswerPayout, received=True),
    "not_received_it": partial(AnswerPayout, received=False),
}


def on_payout(turn: Turn, number: int, choice: str, revision: int) -> None:
    """Do what the button says; one that is too late shows how it stands."""
    if choice not in DONE:
        return
    payout_id = PayoutId(number)
    carry_out_or_show(turn, DONE[choice](payout_id, revision), partial(_show, turn, payout_id))


def _show(turn: Turn, payout_id: PayoutId) -> None:
    """How it stands now: for whoever may decide, with the buttons that hold."""
    found = payouts.payout_by_id(turn.conn, payout_id)
    if found is None:
        return
    if turn.me in (*card.payers_of(turn, found), *card.receivers_of(turn, found)):
        card.send_card(turn, found, turn.me)
    else:
        turn.say(card.standing(found), **card.facts_of(turn, found))
