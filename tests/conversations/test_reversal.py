"""A board member asks that a wrong entry be reversed."""

from __future__ import annotations

from datetime import date

from conversations.talks.reversal import Booked, Facts
from domain.commands import AskReversal
from domain.ids import EntryId
from domain.money import Rial
from domain.posting import PaidFor
from tests.conversations.play import Play

FIRST = Booked(EntryId(11), 3, "مریم احمدی", Rial.from_toman(500_000), date(2026, 4, 4), PaidFor.SAVING)
SECOND = Booked(EntryId(12), 4, "زهرا کریمی", Rial.from_toman(700_000), date(2026, 4, 5), PaidFor.SAVING)
FACTS = Facts("امید", (SECOND, FIRST))


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
