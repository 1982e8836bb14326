from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import from_jalali, jalali
from domain.closings import month_to_close, sides
from domain.ledger import Account
from domain.money import Rial

FIRST = from_jalali(1405, 1, 10)


@pytest.mark.parametrize(
    ("first", "closed", "today", "expected"),
    [
        (None, None, (1405, 2, 1), None),
        (FIRST, None, (1405, 1, 31), None),
        (from_jalali(1405, 1, 31), None, (1405, 2, 1), (1405, 1, 31)),
        (from_jalali(1405, 2, 1), None, (1405, 2, 1), None),
        (FIRST, None, (1405, 2, 1), (1405, 1, 31)),
        (FIRST, None, (1405, 2, 31), (1405, 1, 31)),
        (FIRST, None, (1405, 9, 15), (1405, 8, 30)),
        (FIRST, (1405, 1, 31), (1405, 2, 20), None),
        (FIRST, (1405, 1, 31), (1405, 3, 1), (1405, 2, 31)),
        (FIRST, None, (1406, 1, 1), (1405, 12, 29)),
        (FIRST, None, (1409, 1, 1), (1408, 12, 30)),
    ],
)
def test_what_can_be_closed_is_the_month_that_ended_last(
    first: date | None,
    closed: tuple[int, int, int] | None,
    today: tuple[int, int, int],
    expected: tuple[int, int, int] | None,
) -> None:
    found = month_to_close(first, from_jalali(*closed) if closed else None, from_jalali(*today))
    assert found == (from_jalali(*expected) if expected else None)


@given(today=st.dates(date(2025, 1, 1), date(2060, 1, 1)))
def test_it_ends_on_the_day_before_a_first(today: date) -> None:
    found = month_to_close(date(2020, 1, 1), None, today)
    assert found is not None
    assert found < today
    assert jalali(date.fromordinal(found.toordinal() + 1))[2] == 1
    assert month_to_close(date(2020, 1, 1), found, today) is None


def test_both_sides_of_a_trial_balance_are_equal() -> None:
    balances = (
        (Account.CASH, Rial(70)),
        (Account.INTERNAL_LOANS, Rial(50)),
        (Account.LOAN_LOSS_ALLOWANCE, Rial(5)),
        (Account.SAVINGS, Rial(110)),
        (Account.FINES, Rial(10)),
        (Account.RUNNING_COSTS, Rial(5)),
    )
    assert sides(balances) == (Rial(125), Rial(125))
    assert sides(()) == (Rial(0), Rial(0))
