"""A board member asks that a wrong entry be reversed."""

from __future__ import annotations

from datetime import date

from conversations.talks.reversal import Booked, Facts
from domain.commands import AskReversal
from domain.ids import EntryId
from domain.money import Rial
from domain.posting import MoveKind, Owed, PaidFor
from domain.reversing import Sort
from tests.conversations.play import Play

FIRST = Booked(EntryId(11), 3, "مریم احمدی", Rial.from_toman(500_000), date(2026, 4, 4), PaidFor.SAVING)
SECOND = Booked(EntryId(12), 4, "زهرا کریمی", Rial.from_toman(700_000), date(2026, 4, 5), PaidFor.SAVING)
FACTS = Facts("امید", (SECOND, FIRST))
BANKED = Booked(EntryId(13), 5, "", Rial.from_toman(300_000), date(2026, 4, 6), MoveKind.BANKED)
LENT = Booked(EntryId(14), 6, "زهرا کریمی", Rial.from_toman(1_000_000), date(2026, 4, 7), Sort.LOAN)
SHARE = Booked(EntryId(15), 7, "مریم احمدی", Rial.from_toman(20_000), date(2026, 4, 8), Owed.SURPLUS)


def test_an_entry_is_named_with_a_reason(play: Play) -> None:
    """
    bot: reversal.entry
    member: [entry:11]
    bot: reversal.reason
    member: دو بار نوشته شده
    bot: reversal.confirm
    member: [confirm]
    """
    assert play(FACTS) == AskReversal(EntryId(11), "دو بار نوشته شده")


def test_the_wrong_line_can_be_taken_back(play: Play) -> None:
    """
    bot: reversal.entry
    member: [entry:11]
    bot: reversal.reason
    member: /back
    bot: reversal.entry
    member: [entry:12]
    bot: reversal.reason
    member: اشتباه شد
    bot: reversal.confirm
    member: [cancel]
    """
    assert play(FACTS) is None


def test_a_reason_is_needed(play: Play) -> None:
    """
    bot: reversal.entry
    member: یکی
    bot: common.choose
    bot: reversal.entry
    member: [entry:12]
    bot: reversal.reason
    member: (picture 5)
    bot: common.reason_unread
    bot: reversal.reason
    """
    assert play(FACTS) is None


def test_of_several_sorts_one_is_chosen_first(play: Play) -> None:
    """
    bot: reversal.sort
    member: [reverse_move]
    bot: reversal.entry
    member: /back
    bot: reversal.sort
    member: [reverse_loan]
    bot: reversal.entry
    member: [entry:14]
    bot: reversal.reason
    member: به کس دیگری داده شد
    bot: reversal.confirm
    member: [confirm]
    """
    assert play(Facts("امید", (SHARE, LENT, BANKED, FIRST))) == AskReversal(
        EntryId(14), "به کس دیگری داده شد"
    )


def test_a_move_is_nobodys_own(play: Play) -> None:
    """
    bot: reversal.entry
    member: [entry:13]
    bot: reversal.reason
    member: هنوز به بانک نرفته است
    bot: reversal.confirm
    member: [confirm]
    """
    assert play(Facts("امید", (BANKED,))) == AskReversal(EntryId(13), "هنوز به بانک نرفته است")


def test_what_a_member_was_paid(play: Play) -> None:
    """
    bot: reversal.entry
    member: [entry:15]
    bot: reversal.reason
    member: پول نرسید
    bot: reversal.confirm
    member: [cancel]
    """
    assert play(Facts("امید", (SHARE,))) is None
