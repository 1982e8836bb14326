from __future__ import annotations

from datetime import timedelta

from conversations.talks.reschedule import Facts
from domain.bylaws import Part
from domain.calendar import from_jalali
from domain.ids import LoanId
from domain.loan_account import Agreed, opened
from domain.money import Rial
from domain.repaying import LoanRescheduled, Reschedule
from tests.conversations.play import Play
from tests.domain.loans import ABAN_15, terms

ORDER = (Part.FEE, Part.PRINCIPAL, Part.FINE)
TODAY = ABAN_15 + timedelta(days=5)
FACTS = Facts(
    LoanId(7),
    "بهار",
    "مریم احمدی",
    helped=False,
    account=opened(Agreed(terms(), ORDER, Rial(20_000))),
    most_months=12,
    today=TODAY,
    least=TODAY + timedelta(days=8),
    most=from_jalali(1405, 8, 20),
)
WHY = "گوسفندها مریض شدند"


def test_a_new_schedule_is_shown_before_it_is_asked_for(play: Play) -> None:
    """
    bot: reschedule.months
    member: ۱۳
    bot: common.count_unread
    bot: reschedule.months
    member: [instalments:6]
    bot: reschedule.first_due
    member: [day:2025-12-11]
    bot: reschedule.why
    member: گوسفندها مریض شدند
    bot: reschedule.confirm
    member: [confirm]
    """
    wanted = LoanRescheduled(LoanId(7), Rial(10_000_000), 6, from_jalali(1404, 9, 20))
    assert play(FACTS) == Reschedule(wanted, WHY)


def test_the_first_day_lies_behind_the_vote_and_within_a_year(play: Play) -> None:
    """
    bot: reschedule.months
    member: شش
    bot: reschedule.first_due
    member: فردا
    bot: reschedule.first_due_again
    member: 1406/1/1
    bot: reschedule.first_due_again
    member: 15
    bot: common.day_doubt
    member: [day:2025-12-06]
    bot: reschedule.why
    member: /back
    bot: common.day_doubt
    member: /back
    bot: reschedule.first_due_again
    member: ۱۵ دی
    bot: reschedule.why
    member: گوسفندها مریض شدند
    bot: reschedule.confirm
    member: [confirm]
    """
    wanted = LoanRescheduled(LoanId(7), Rial(10_000_000), 6, from_jalali(1404, 10, 15))
    assert play(FACTS) == Reschedule(wanted, WHY)


def test_a_no_changes_nothing(play: Play) -> None:
    """
    bot: reschedule.months
    member: [instalments:12]
    bot: reschedule.first_due
    member: [day:2025-12-11]
    bot: reschedule.why
    member: (picture 5)
    bot: common.reason_unread
    bot: reschedule.why
    member: گوسفندها مریض شدند
    bot: reschedule.confirm
    member: [cancel]
    """
    assert play(FACTS) is None
