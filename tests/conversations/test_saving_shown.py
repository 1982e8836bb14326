"""What a member is shown of her saving before she confirms it."""

from __future__ import annotations

from dataclasses import replace

from domain.money import Rial
from tests.conversations.play import Play
from tests.conversations.test_saving import FACTS, NANEH, TWO_ROUNDS, USUAL, reported


def test_the_chosen_round_is_filled_first_and_the_rest_shown_as_an_advance(play: Play) -> None:
    """
    bot: saving.payer
    member: [person:7]
    bot: saving.amount
    member: یک میلیون تومان
    bot: saving.way
    member: [cash]
    bot: saving.round
    member: [round:3]
    bot: saving.confirm
    member: [confirm]
    """
    assert play(replace(FACTS, payers=(TWO_ROUNDS, NANEH))) == reported(Rial.from_toman(1_000_000))
    shown = play.shown["saving.confirm"]
    assert shown["parts"] == ((3, USUAL), (2, Rial.from_toman(200_000)))
    assert shown["advance"] == Rial.from_toman(300_000)
    assert (shown["name"], shown["helped"]) == ("مریم احمدی", True)


def test_where_the_bylaws_allow_it_the_rest_is_saved_as_well(play: Play) -> None:
    """
    bot: saving.amount
    member: ۶۰۰ هزار تومان
    bot: saving.way
    member: [cash]
    bot: saving.confirm
    member: [confirm]
    """
    play(replace(FACTS, voluntary=True))
    shown = play.shown["saving.confirm"]
    assert (shown["parts"], shown["advance"]) == (((3, USUAL),), Rial(0))
    assert shown["voluntary"] == Rial.from_toman(100_000)
