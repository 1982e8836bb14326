"""Cash that was kept while there was no treasurer is handed over to her."""

from __future__ import annotations

from dataclasses import replace

from conversations.talks.hand_over import Facts, Kept
from domain.ids import GroupId, PersonId
from domain.money import Rial, Unit
from domain.moves import HandOver
from tests.conversations.play import Play

MARYAM = Kept(PersonId(7), "مریم احمدی", Rial.from_toman(500_000))
ZAHRA = Kept(PersonId(9), "زهرا کریمی", Rial.from_toman(80_000))
FACTS = Facts(GroupId(4), "امید", Unit.TOMAN, "لیلا مرادی", (MARYAM,))


def test_all_of_it_is_a_button(play: Play) -> None:
    """
    bot: hand_over.amount
    member: [amount:5000000]
    bot: hand_over.confirm
    member: [confirm]
    """
    assert play(FACTS) == HandOver(FACTS.subject, MARYAM.holder, MARYAM.amount)


def test_the_treasurer_names_whose_cash_it_was_and_a_part_of_it_is_typed(play: Play) -> None:
    """
    bot: hand_over.keeper
    member: [kept_cash:9]
    bot: hand_over.amount
    member: دیروز
    bot: common.amount_unread
    bot: hand_over.amount
    member: ۸۱ هزار تومان
    bot: hand_over.not_kept
    member: ۵۰ هزار
    bot: hand_over.confirm
    member: [confirm]
    """
    made = HandOver(FACTS.subject, ZAHRA.holder, Rial.from_toman(50_000))
    assert play(replace(FACTS, kept=(MARYAM, ZAHRA))) == made


def test_nothing_is_written_without_a_yes(play: Play) -> None:
    """
    bot: hand_over.amount
    member: [amount:5000000]
    bot: hand_over.confirm
    member: /back
    bot: hand_over.amount
    member: ۱۰۰ هزار تومان
    bot: hand_over.confirm
    member: [cancel]
    """
    assert play(FACTS) is None
