"""The money a group with paper books brings along."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from conversations.talks.opening import Facts
from domain.correcting import CorrectOpening
from domain.ids import GroupId
from domain.money import Rial, Unit
from domain.opening import EnterOpening
from tests.conversations.play import Play

TODAY, BEFORE = date(2026, 4, 4), date(2026, 3, 20)
FACTS = Facts(GroupId(3), "بهار", Unit.TOMAN, TODAY, (TODAY, BEFORE))


def entered(cash: int, bank: int, aid: int = 0, giver: str | None = None, day: date = BEFORE) -> EnterOpening:
    return EnterOpening(
        GroupId(3), day, Rial.from_toman(cash), Rial.from_toman(bank), Rial.from_toman(aid), giver
    )


def test_cash_and_bank_of_a_day(play: Play) -> None:
    """
    bot: opening.day
    member: [day:2026-03-20]
    bot: opening.cash
    member: ۳ میلیون تومان
    bot: opening.bank
    member: ۱۲ میلیون تومان
    bot: opening.aid
    member: [amount:0]
    bot: opening.confirm
    member: [confirm]
    """
    assert play(FACTS) == entered(3_000_000, 12_000_000)
    confirm = play.shown["opening.confirm"]
    assert (confirm["total"], confirm["aid"], confirm["giver"]) == (Rial.from_toman(15_000_000), Rial(0), "")


def test_nothing_may_be_written_as_well_as_pressed(play: Play) -> None:
    """
    bot: opening.day
    member: [day:2026-03-20]
    bot: opening.cash
    member: هیچی
    bot: opening.bank
    member: ۱۲ میلیون تومان
    bot: opening.aid
    member: ۰ تومان
    bot: opening.confirm
    member: [confirm]
    """
    assert play(FACTS) == entered(0, 12_000_000)


def test_what_was_given_from_outside_has_a_giver(play: Play) -> None:
    """
    bot: opening.day
    member: [day:2026-04-04]
    bot: opening.cash
    member: [amount:0]
    bot: opening.bank
    member: ۱۲ میلیون تومان
    bot: opening.aid
    member: ۵ میلیون تومان
    bot: opening.giver
    member: ***
    bot: common.name_unread
    bot: opening.giver
    member: خیریهٔ مهر
    bot: opening.confirm
    member: [confirm]
    """
    assert play(FACTS) == entered(0, 12_000_000, 5_000_000, "خیریهٔ مهر", TODAY)
    confirm = play.shown["opening.confirm"]
    assert (confirm["aid"], confirm["giver"]) == (Rial.from_toman(5_000_000), "خیریهٔ مهر")


def test_a_day_that_is_to_come_is_asked_for_again(play: Play) -> None:
    """
    bot: opening.day
    member: 1405/2/1
    bot: opening.day_again
    member: نمی‌دانم
    bot: common.day_unread
    bot: opening.day_again
    member: ۲۹ اسفند
    bot: opening.cash
    member: ۵۰۰
    bot: common.amount_doubt
    member: /back
    bot: opening.cash
    """
    assert play(FACTS) is None


def test_what_was_entered_before_is_one_tap(play: Play) -> None:
    """
    bot: opening.day
    member: [day:2026-03-20]
    bot: opening.cash
    member: [amount:30000000]
    bot: opening.bank
    member: [amount:20000000]
    bot: opening.aid
    member: [amount:10000000]
    bot: opening.giver
    member: خیریهٔ مهر
    bot: opening.confirm
    member: [cancel]
    """
    before = [Rial.from_toman(toman) for toman in (3_000_000, 2_000_000, 1_000_000)]
    assert play(replace(FACTS, cash=before[0], bank=before[1], aid=before[2])) is None


def test_what_was_signed_is_put_right_with_a_reason_and_keeps_its_day(play: Play) -> None:
    """
    bot: opening.cash
    member: ۲ میلیون تومان
    bot: opening.bank
    member: [amount:0]
    bot: opening.aid
    member: [amount:0]
    bot: correction.reason
    member: دو بار شمرده بودیم
    bot: opening.confirm
    member: [confirm]
    """
    facts = replace(FACTS, days=(BEFORE, TODAY), cash=Rial.from_toman(3_000_000), signed=True)
    assert play(facts) == CorrectOpening(entered(2_000_000, 0), "دو بار شمرده بودیم")
    assert play.shown["correction.reason"]["name"] == ""


def test_what_was_signed_stays_where_it_is_not_confirmed(play: Play) -> None:
    """
    bot: opening.cash
    member: ۲ میلیون تومان
    bot: opening.bank
    member: [amount:0]
    bot: opening.aid
    member: [amount:0]
    bot: correction.reason
    member: اشتباه بود
    bot: opening.confirm
    member: [cancel]
    """
    assert play(replace(FACTS, days=(BEFORE, TODAY), signed=True)) is None
