"""A member names the right sum of her line."""

from __future__ import annotations

from conversations.talks.opening_claim import Facts
from domain.ids import OpeningLineId
from domain.money import Rial, Unit
from domain.opening import DisputeOpeningLine
from tests.conversations.play import Play

FACTS = Facts(OpeningLineId(4), 2, "مریم احمدی", Unit.TOMAN, Rial.from_toman(900_000))


def test_the_right_sum_goes_back(play: Play) -> None:
    """
    bot: opening_claim.amount
    member: یک میلیون تومان
    bot: opening_claim.confirm
    member: [confirm]
    """
    assert play(FACTS) == DisputeOpeningLine(OpeningLineId(4), 2, Rial.from_toman(1_000_000))


def test_a_slip_is_taken_back(play: Play) -> None:
    """
    bot: opening_claim.amount
    member: یک میلیارد تومان
    bot: opening_claim.confirm
    member: /back
    bot: opening_claim.amount
    member: [amount:0]
    bot: opening_claim.confirm
    member: [cancel]
    """
    assert play(FACTS) is None
