"""A member who saved late says that she has paid what the bylaws ask for."""

from __future__ import annotations

from conversations.talks.pay_fine import Facts
from domain.ids import MembershipId, PictureId
from domain.money import Rial
from domain.moves import LateFine, PayFine
from domain.posting import Way
from tests.conversations.play import Play

SECOND = LateFine(MembershipId(4), 2, Rial.from_toman(20_000))
THIRD = LateFine(MembershipId(4), 3, Rial.from_toman(30_000))


def test_one_that_is_owed_is_paid_in_cash(play: Play) -> None:
    """
    bot: saving.way
    member: [cash]
    bot: pay_fine.confirm
    member: [confirm]
    """
    assert play(Facts("امید", "مریم احمدی", (SECOND,), 4)) == PayFine(SECOND, Way.CASH, None)


def test_of_several_she_says_for_which_round(play: Play) -> None:
    """
    bot: pay_fine.round
    member: [round_fine:3]
    bot: saving.way
    member: /back
    bot: pay_fine.round
    member: [round_fine:3]
    bot: saving.way
    member: [transfer]
    bot: saving.receipt
    member: (picture 7)
    bot: pay_fine.confirm
    member: [confirm]
    """
    made = PayFine(THIRD, Way.TRANSFER, PictureId(7))
    assert play(Facts("امید", "مریم احمدی", (SECOND, THIRD), 4)) == made


def test_who_does_not_confirm_has_said_nothing(play: Play) -> None:
    """
    bot: saving.way
    member: کارت
    bot: common.choose
    bot: saving.way
    member: [cash]
    bot: pay_fine.confirm
    member: [cancel]
    """
    assert play(Facts("امید", "مریم احمدی", (SECOND,), 4)) is None
