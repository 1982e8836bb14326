from __future__ import annotations

from datetime import date

from conversations.talks.new_group import Facts
from domain.calendar import Rhythm
from domain.commands import CreateGroup
from domain.money import Rial
from tests.conversations.play import Play

TODAY = date(2026, 4, 4)  # 15 Farvardin 1405, a Saturday
USUAL = (Rial.from_toman(200_000), Rial.from_toman(500_000))
FACTS = Facts(TODAY, USUAL, (date(2026, 4, 11), date(2026, 4, 21)))


def test_a_group_is_founded(play: Play) -> None:
    """
    bot: new_group.name
    member: گروه یاس
    bot: county.province
    member: فارس
    bot: county.county
    member: شیراز
    bot: new_group.village
    member: ده بالا
    bot: new_group.size
    member: ۱۶
    bot: new_group.saving
    member: [amount:5000000]
    bot: new_group.rhythm
    member: [rhythm_monthly]
    bot: new_group.first_day
    member: [day:2026-04-21]
    bot: new_group.confirm
    member: [confirm]
    """
    assert play(FACTS) == CreateGroup(
        "یاس", "07-23", "ده بالا", 16, Rial.from_toman(500_000), Rhythm.MONTHLY, date(2026, 4, 21)
    )


def test_an_unusual_size_is_asked_about_and_never_refused(play: Play) -> None:
    """
    bot: new_group.name
    member: یاس
    bot: county.province
    member: یزد
    bot: county.county
    member: یزد
    bot: new_group.village
    member: (picture 4)
    bot: new_group.village_unread
    bot: new_group.village
    member: ده پایین
    bot: new_group.size
    member: ۲
    bot: common.count_unread
    bot: new_group.size
    member: هفت
    bot: new_group.size_unusual
    member: [no]
    bot: new_group.size
    member: ۴۰
    bot: new_group.size_unusual
    member: [yes]
    bot: new_group.saving
    member: پونصد تومن
    bot: common.amount_doubt
    member: [amount:5000000]
    bot: new_group.rhythm
    member: [rhythm_weekly]
    bot: new_group.first_day
    member: فردا
    bot: new_group.confirm
    member: [confirm]
    """
    assert play(FACTS) == CreateGroup(
        "یاس", "21-12", "ده پایین", 40, Rial.from_toman(500_000), Rhythm.WEEKLY, date(2026, 4, 5)
    )


def test_the_first_day_lies_neither_behind_us_nor_out_of_sight(play: Play) -> None:
    """
    bot: new_group.name
    member: 🌹
    bot: new_group.name_unread
    bot: new_group.name
    member: گل سرخ
    bot: county.province
    member: یزد
    bot: county.county
    member: یزد
    bot: new_group.village
    member: ده
    bot: new_group.size
    member: ۱۵
    bot: new_group.saving
    member: ۳۰۰ هزار
    bot: new_group.rhythm
    member: [rhythm_two_weekly]
    bot: new_group.first_day
    member: دیروز
    bot: new_group.first_day_again
    member: ۱۴۱۰/۱/۱
    bot: new_group.first_day_again
    member: هیچ‌وقت
    bot: common.day_unread
    bot: new_group.first_day_again
    member: امروز
    bot: new_group.confirm
    member: [cancel]
    """
    assert play(FACTS) is None


def test_what_can_be_meant_in_two_ways_is_asked_back(play: Play) -> None:
    """
    bot: new_group.name
    member: یاس
    bot: county.province
    member: یزد
    bot: county.county
    member: یزد
    bot: new_group.village
    member: ده
    bot: new_group.size
    member: ۱۶
    bot: new_group.saving
    member: [amount:5000000]
    bot: new_group.rhythm
    member: [rhythm_weekly]
    bot: new_group.first_day
    member: شاید
    bot: common.day_unread
    bot: new_group.first_day
    member: جمعهٔ بعد
    bot: common.day_doubt
    member: [day:2026-04-10]
    bot: new_group.confirm
    member: [cancel]
    """
    assert play(FACTS) is None
