"""Somebody proposes when and where the group meets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM, Line, OneOf, one_of, options
from conversations.parts import Deciding
from conversations.rule_kinds import HourOf, number
from domain.calendar import local_day, weekday
from domain.ids import GroupId
from domain.meetings import (
    HOUR,
    WEEK,
    Meetings,
    Nth,
    Weekday,
    monthly_on,
    monthly_weekday,
    next_meeting,
    two_weekly,
    weekly,
)
from domain.proposals import ProposeRules


class MeetingRhythm(StrEnum):
    """How the days of meeting are named."""

    WEEKLY = "weekly"
    TWO_WEEKLY = "two_weekly"
    MONTHLY_ON = "monthly_on"
    MONTHLY_WEEKDAY = "monthly_weekday"


@dataclass(frozen=True, slots=True)
class Facts:
    """The group, the moment it is asked, and how it would be decided."""

    subject: GroupId
    group: str
    now: datetime
    deciding: Deciding


RHYTHM = one_of(*((f"meetingrhythm_{one.value}", one) for one in MeetingRhythm))
WEEKDAY = one_of(*((f"weekday_{day.value}", day) for day in Weekday))
NTH = one_of(*((f"nth_{nth.value}", nth) for nth in Nth))
DAY = number(range(1, 32), 1, 10, 15, 20, 30)
HOURS = HourOf(tuple(hour * HOUR for hour in (9, 10, 15, 16, 17, 18)))
PLACE = Line(limit=60, unread="meetings.place_unread")


def meetings(facts: Facts) -> Script[ProposeRules | None]:
    """Ask for the days, the hour and the place, and show the next meeting."""
    rhythm = yield from ask("meetings.rhythm", RHYTHM, group=facts.group)
    planned = yield from _days(rhythm, local_day(facts.now))
    at = yield from ask("meetings.hour", HOURS)
    plan = planned(at, (yield from ask("meetings.place", PLACE, group=facts.group)))
    sure = yield from ask(
        "meetings.confirm",
        CONFIRM,
        group=facts.group,
        plan=plan,
        day=next_meeting(plan, facts.now),
        deciding=facts.deciding,
    )
    return ProposeRules(facts.subject, plan) if sure else None


def _days(rhythm: MeetingRhythm, today: date) -> Script[Callable[[int, str], Meetings]]:
    """Ask on which days, as this rhythm names them."""
    match rhythm:
        case MeetingRhythm.WEEKLY:
            return partial(weekly, (yield from ask("meetings.weekday", WEEKDAY)))
        case MeetingRhythm.TWO_WEEKLY:
            on = yield from ask("meetings.weekday", WEEKDAY)
            return partial(two_weekly, (yield from ask("meetings.first", _either(on, today), weekday=on)))
        case MeetingRhythm.MONTHLY_ON:
            return partial(monthly_on, (yield from ask("meetings.day", DAY)))
        case MeetingRhythm.MONTHLY_WEEKDAY:
            on = yield from ask("meetings.weekday", WEEKDAY)
            return partial(monthly_weekday, on, (yield from ask("meetings.nth", NTH, weekday=on)))


def _either(on: Weekday, today: date) -> OneOf[date]:
    """The next such day, or the one after it: every two weeks from then on."""
    first = today + timedelta(days=(on - weekday(today)) % WEEK)
    days = (first, first + timedelta(days=WEEK))
    return options([(day.isoformat(), "day", {"day": day}, day) for day in days])
