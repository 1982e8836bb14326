"""A member names the right sum of her line."""

from __future__ import annotations

from dataclasses import replace

from conversations.talks.opening_claim import Facts
from domain.ids import OpeningLineId
from domain.money import Rial, Unit
from domain.opening import DisputeOpeningLine
from tests.conversations.play import Play

FACTS = Facts(OpeningLineId(4), 2, "مریم احمدی", Unit.TOMAN, Rial.from_toman(900_000))
OWING = replace(FACTS, owed=Rial.from_toman(600_000))


def claimed(toman: int, *, of_loan: bool = False) -> DisputeOpeningLine:
    return DisputeOpeningLine(OpeningLineId(4), 2, Rial.from_toman(toman), of_loan)


def test_the_right_sum_goes_back(play: Play) -> None:
    """
    bot: opening_claim.amount
    member: یک میلیون
    bot: opening_claim.confirm
    member: [confirm]
    """
    assert play(FACTS) == claimed(1_000_000)


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


def test_who_has_a_loan_says_which_of_the_two_is_not_right(play: Play) -> None:
    """
    bot: opening_claim.which
    member: [claim_savings]
    bot: opening_claim.amount
    member: یک میلیون تومان
    bot: opening_claim.confirm
    member: [confirm]
    """
    assert play(OWING) == claimed(1_000_000)


def test_less_is_left_of_the_loan(play: Play) -> None:
    """
    bot: opening_claim.which
    member: [claim_loan]
    bot: opening_claim.amount
    member: ۵۰۰ هزار تومان
    bot: opening_claim.confirm
    member: [confirm]
    """
    assert play(OWING) == claimed(500_000, of_loan=True)


def test_the_sum_is_right_and_its_days_are_not(play: Play) -> None:
    """
    bot: opening_claim.which
    member: [claim_loan]
    bot: opening_claim.amount
    member: [amount:6000000]
    bot: opening_claim.confirm
    member: [confirm]
    """
    assert play(OWING) == claimed(600_000, of_loan=True)
