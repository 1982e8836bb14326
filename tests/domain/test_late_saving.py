from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from domain.bylaws import Bylaws
from domain.calendar import moment_of
from domain.ids import MembershipId
from domain.late_saving import LateLine, asked_for, deadline, fines
from domain.money import Rial
from domain.moves import LateFine

OPENS, DUE = date(2026, 3, 21), date(2026, 3, 28)
OVER = moment_of(date(2026, 3, 29))
MOMENT = timedelta(microseconds=1)
LOW, HIGH = Bylaws(late_saving_fine=Rial(100)), Bylaws(late_saving_fine=Rial(300))
BEFORE = moment_of(OPENS) - timedelta(days=30)


def late(reported_at: datetime | None) -> LateLine:
    return LateLine(MembershipId(7), 3, OPENS, DUE, reported_at)


@pytest.mark.parametrize(
    ("reported_at", "waited_for"), [(None, False), (OVER - MOMENT, True), (OVER, False), (BEFORE, True)]
)
def test_what_was_reported_before_the_due_day_was_over_may_be_on_time(
    reported_at: datetime | None, *, waited_for: bool
) -> None:
    assert deadline(DUE) == OVER
    assert late(reported_at).may_be_on_time is waited_for
    fine = LateFine(MembershipId(7), 3, Rial(100))
    assert fines([late(reported_at)], [(BEFORE, LOW)]) == (() if waited_for else (fine,))


def test_a_round_costs_what_the_rules_say_that_held_as_its_day_began() -> None:
    opening = moment_of(OPENS)
    assert asked_for([], OPENS) == Rial(0)
    assert asked_for([(opening + MOMENT, LOW)], OPENS) == Rial(0)
    assert asked_for([(opening, LOW)], OPENS) == Rial(100)
    assert asked_for([(BEFORE, HIGH), (opening, LOW), (opening + MOMENT, HIGH)], OPENS) == Rial(100)


def test_where_nothing_is_asked_there_is_no_fine() -> None:
    assert fines([late(None)], [(BEFORE, Bylaws())]) == ()
    one = Bylaws(late_saving_fine=Rial(1))
    assert [fine.amount for fine in fines([late(None)], [(BEFORE, one)])] == [Rial(1)]
