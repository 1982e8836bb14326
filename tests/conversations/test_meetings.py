"""Somebody proposes when and where the group meets."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from conversations.parts import Deciding
from conversations.talks.meetings import Facts
from domain.calendar import from_jalali, moment_of
from domain.ids import GroupId
from domain.meetings import Nth, Weekday, monthly_on, monthly_weekday, two_weekly, weekly
from domain.proposals import ProposalKind, ProposeRules
from domain.votes import MORE_THAN_HALF
from tests.conversations.play import Play

GROUP = GroupId(3)
SATURDAY = from_jalali(1404, 8, 10)
FACTS = Facts(GROUP, "بهار", moment_of(SATURDAY, 12), Deciding(16, 3, MORE_THAN_HALF, whole=False))
PLACE = "خانهٔ بهداشت"
FIVE = 17 * 60


def test_every_week_on_a_day(play: Play) -> None:
    """
    bot: meetings.rhythm
    member: [meetingrhythm_weekly]
    bot: meetings.weekday
    member: [weekday_4]
    bot: meetings.hour
    member: [hour:1020]
    bot: meetings.place
    member: خانهٔ بهداشت
    bot: meetings.confirm
    member: [confirm]
    """
    proposed = play(FACTS)
    assert proposed == ProposeRules(GROUP, weekly(Weekday.WEDNESDAY, FIVE, PLACE))
    assert proposed.kind is ProposalKind.MEETINGS
    assert play.shown["meetings.confirm"]["day"] == SATURDAY + timedelta(days=4)


def test_every_two_weeks_from_a_day_on(play: Play) -> None:
    """
    bot: meetings.rhythm
    member: [meetingrhythm_two_weekly]
    bot: meetings.weekday
    member: [weekday_0]
    bot: meetings.first
    member: [day:2025-11-08]
    bot: meetings.hour
    member: ساعت پنج و نیم عصر
    bot: meetings.place
    member: خانهٔ ۱۲۳
    bot: meetings.confirm
    member: [confirm]
    """
    plan = two_weekly(SATURDAY + timedelta(days=7), FIVE + 30, "خانهٔ ۱۲۳")
    assert play(FACTS) == ProposeRules(GROUP, plan)


def test_nobody_meets_before_six_or_after_ten(play: Play) -> None:
    """
    bot: meetings.rhythm
    member: [meetingrhythm_weekly]
    bot: meetings.weekday
    member: [weekday_2]
    bot: meetings.hour
    member: ۵:۵۹ صبح
    bot: common.hour_unread
    bot: meetings.hour
    member: (picture 3)
    bot: common.hour_unread
    bot: meetings.hour
    member: ۶ صبح
    bot: meetings.place
    member: /back
    bot: meetings.hour
    member: ۱۰:۰۱ شب
    bot: common.hour_unread
    bot: meetings.hour
    member: ۱۰ شب
    bot: meetings.place
    """
    assert play(FACTS) is None


def test_every_two_weeks_begins_on_the_next_such_day_or_the_one_after(play: Play) -> None:
    """
    bot: meetings.rhythm
    member: [meetingrhythm_two_weekly]
    bot: meetings.weekday
    member: [weekday_2]
    bot: meetings.first
    member: [day:2025-11-10]
    bot: meetings.hour
    member: /back
    bot: meetings.first
    member: [day:2025-11-03]
    bot: meetings.hour
    member: /cancel
    """
    assert play(FACTS) is None


def test_in_the_midst_of_a_week_the_next_such_day_is_no_week_away(play: Play) -> None:
    """
    bot: meetings.rhythm
    member: [meetingrhythm_two_weekly]
    bot: meetings.weekday
    member: [weekday_4]
    bot: meetings.first
    """
    monday = from_jalali(1404, 8, 12)
    assert play(replace(FACTS, now=moment_of(monday, 12))) is None
    assert play.offered["meetings.first"] == ["2025-11-05", "2025-11-12"]


def test_every_month_on_a_day_that_not_all_months_have(play: Play) -> None:
    """
    bot: meetings.rhythm
    member: [meetingrhythm_monthly_on]
    bot: meetings.day
    member: ۳۲
    bot: common.count_unread
    bot: meetings.day
    member: سی و یک
    bot: meetings.hour
    member: نیمه شب
    bot: common.hour_unread
    bot: meetings.hour
    member: ۵
    bot: common.hour_unread
    bot: meetings.hour
    member: ۱۷
    bot: meetings.place
    member: (picture 5)
    bot: meetings.place_unread
    bot: meetings.place
    member: خانهٔ بهداشت
    bot: meetings.confirm
    member: [confirm]
    """
    assert play(FACTS) == ProposeRules(GROUP, monthly_on(31, FIVE, PLACE))


def test_every_second_saturday_and_a_second_thought(play: Play) -> None:
    """
    bot: meetings.rhythm
    member: [meetingrhythm_monthly_weekday]
    bot: meetings.weekday
    member: [weekday_2]
    bot: meetings.nth
    member: /back
    bot: meetings.weekday
    member: [weekday_0]
    bot: meetings.nth
    member: [nth_second]
    bot: meetings.hour
    member: [hour:1020]
    bot: meetings.place
    member: خانهٔ بهداشت
    bot: meetings.confirm
    member: [confirm]
    """
    plan = monthly_weekday(Weekday.SATURDAY, Nth.SECOND, FIVE, PLACE)
    assert play(FACTS) == ProposeRules(GROUP, plan)
    assert play.shown["meetings.confirm"]["day"] == SATURDAY


def test_it_is_left_alone(play: Play) -> None:
    """
    bot: meetings.rhythm
    member: [meetingrhythm_weekly]
    bot: meetings.weekday
    member: [weekday_6]
    bot: meetings.hour
    member: [hour:600]
    bot: meetings.place
    member: خانهٔ بهداشت
    bot: meetings.confirm
    member: [cancel]
    """
    assert play(FACTS) is None
