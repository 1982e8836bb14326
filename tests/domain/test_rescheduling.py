"""A new schedule for a loan that runs, fines that are waived: cases reckoned by hand, what always holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from domain.bylaws import Part
from domain.calendar import from_jalali
from domain.loan_account import Agreed, Event, LoanAccount, Payment, Rescheduling, Waiver, opened, replay
from domain.loan_schedule import schedule
from domain.loan_terms import Method
from domain.money import Rial
from tests.domain.loans import any_terms, terms

ORDER = (Part.FEE, Part.PRINCIPAL, Part.FINE)
DAY = timedelta(days=1)
SHORTEST_MONTH = 29 * DAY
FIRST_DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


def on(month: int, day: int, year: int = 1404) -> date:
    return from_jalali(year, month, day)


def agreed(method: Method = Method.BALANCE_EQUAL, fine: int = 0) -> Agreed:
    """10,000,000 rials at 1 per cent a month, due on the 15th of Aban, Azar and Dey."""
    return Agreed(terms(method=method), ORDER, Rial(fine))


def left(account: LoanAccount) -> list[tuple[int, int, int]]:
    return [(one.left.principal.rials, one.left.fee.rials, one.left.fine.rials) for one in account.owed]


PART_PAID = Payment(on(8, 15), Rial(433_000))  # the fee of the first month, and 333,000


def test_what_was_owed_stays_owed_and_the_month_begun_is_not_charged_twice() -> None:
    """On 20 Azar the month until 15 Dey runs: a part that is due before 15 Bahman bears no fee of its own."""
    account, _ = replay(agreed(fine=20_000), [PART_PAID, Rescheduling(on(9, 20), 4, on(10, 20))])
    assert left(account) == [
        (0, 0, 20_000),
        (0, 66_667, 20_000),
        (0, 33_333, 0),
        (2_416_000, 0, 0),
        (2_416_000, 72_503, 0),
        (2_416_000, 48_335, 0),
        (2_419_000, 24_167, 0),
    ]
    assert account.standing == Rial(140_000)
    assert [day for day, _ in account.plan] == [on(10, 20), on(11, 20), on(12, 20), on(1, 20, 1405)]
    assert account.settling(on(9, 20)).total == Rial(9_807_000)


def test_a_month_after_the_one_that_was_charged_costs_its_fee() -> None:
    account, _ = replay(agreed(), [PART_PAID, Rescheduling(on(9, 20), 4, on(11, 15))])
    assert left(account)[2] == (2_416_000, 96_670, 0)
    assert account.settling(on(10, 15)).fee == Rial(100_000)  # it has not begun
    assert account.settling(on(10, 16)).fee == Rial(196_670)


def test_two_parts_before_a_month_has_passed_bear_no_fee() -> None:
    """The month until 15 Dey was charged: 10 Dey and 10 Bahman lie within a month of it."""
    account, _ = replay(agreed(), [Rescheduling(on(9, 16), 4, on(10, 10))])
    assert [one.left.fee.rials for one in account.owed if one.number] == [0, 0, 50_000, 25_000]


def test_after_the_last_day_the_first_new_month_costs_its_fee() -> None:
    account, _ = replay(agreed(), [Rescheduling(on(12, 1), 2, on(1, 1, 1405))])
    assert left(account)[-2:] == [(5_000_000, 100_000, 0), (5_000_000, 50_000, 0)]
    assert account.late_days(on(12, 1)) == 106  # the fees of before are late still


def test_a_month_that_was_paid_ahead_of_a_new_schedule_is_not_charged_twice() -> None:
    """The month until 15 Aban is begun and paid: the next that costs a fee ends on 15 Azar."""
    in_full = Payment(on(7, 20), Rial(3_433_000))
    account, _ = replay(agreed(), [in_full, Rescheduling(on(8, 1), 2, on(9, 14))])
    assert left(account) == [(3_333_000, 0, 0), (3_334_000, 33_335, 0)]
    account, _ = replay(agreed(), [in_full, Rescheduling(on(8, 1), 2, on(9, 15))])
    assert left(account) == [(3_333_000, 66_670, 0), (3_334_000, 33_335, 0)]


def test_a_month_that_was_paid_stays_paid_however_often_the_schedule_changes() -> None:
    """All fees until 15 Dey are paid, so that no month costs one that ends before 15 Bahman."""
    fees_and_two_parts = Payment(on(9, 16), Rial(6_866_010))
    once = Rescheduling(on(9, 17), 4, on(10, 10))
    for day, fee in ((14, 0), (15, 33_340)):
        account, _ = replay(agreed(), [fees_and_two_parts, once, Rescheduling(on(9, 20), 4, on(11, day))])
        assert left(account)[:2] == [(833_000, fee, 0), (833_000, 25_005, 0)]


def test_level_payments_are_level_anew() -> None:
    account, _ = replay(agreed(Method.BALANCE_LEVEL), [PART_PAID, Rescheduling(on(9, 20), 4, on(11, 15))])
    assert [total.rials for _, total in account.plan] == [2_478_000, 2_478_000, 2_478_000, 2_475_845]


def test_what_is_paid_ahead_leaves_the_new_level_payment_as_it_is() -> None:
    """A = 5,076,000: a million ahead of both instalments takes from the last."""
    ahead = Payment(on(8, 15), Rial(1_100_000))
    account, _ = replay(agreed(Method.BALANCE_LEVEL), [Rescheduling(on(8, 10), 2, on(9, 15)), ahead])
    assert left(account) == [(4_986_000, 90_000, 0), (4_014_000, 40_140, 0)]
    account, _ = replay(agreed(Method.BALANCE_LEVEL), [Rescheduling(on(8, 10), 1, on(9, 15)), ahead])
    assert left(account) == [(9_000_000, 90_000, 0)]


def test_those_of_one_day_count_as_they_came() -> None:
    paid, anew = Payment(on(9, 20), Rial(2_600_000)), Rescheduling(on(9, 20), 4, on(10, 20))
    account, (split,) = replay(agreed(fine=20_000), [anew, paid])
    assert (split.parts.fee, split.parts.fine) == (Rial(200_000), Rial(40_000))
    assert account.plan[0] == (on(10, 20), Rial(140_000))
    account, (split,) = replay(agreed(fine=20_000), [paid, anew])
    assert (split.parts.fee, split.parts.fine) == (Rial(100_000), Rial(0))


def test_less_than_a_unit_for_each_part_makes_fewer_parts() -> None:
    nearly = Payment(on(8, 1), Rial(10_097_500))
    account, _ = replay(agreed(), [nearly, Rescheduling(on(8, 5), 12, on(9, 5))])
    assert [total.rials for _, total in account.plan] == [1_000, 1_513]
    account, _ = replay(
        agreed(), [replace(nearly, amount=Rial(10_099_999)), Rescheduling(on(8, 5), 12, on(9, 5))]
    )
    assert [total.rials for _, total in account.plan] == [1]


def test_what_was_settled_before_stays_settled() -> None:
    late = Payment(on(8, 1), Rial(10_100_000))
    account, _ = replay(agreed(), [Rescheduling(on(8, 5), 12, on(9, 5)), late])
    assert account.owed == ()


def test_fines_that_are_open_are_waived_and_come_no_second_time() -> None:
    account, _ = replay(agreed(fine=20_000), [PART_PAID, Waiver(on(9, 10))])
    assert account.fines(on(9, 15)) == Rial(0)
    assert account.due(on(9, 10)).total == Rial(3_000_000)
    assert account.fines(on(9, 16)) == Rial(20_000)  # of the instalment of 15 Azar


def test_a_loan_of_which_fines_alone_are_left_is_settled_by_a_waiver() -> None:
    paid = Payment(on(10, 20), Rial(10_240_000))
    account, _ = replay(agreed(fine=20_000), [paid])
    assert left(account) == [(0, 0, 20_000)]
    account, _ = replay(agreed(fine=20_000), [paid, Waiver(on(10, 21))])
    assert account.owed == ()


# --- any loan, any events --------------------------------------------------------------------------------


@st.composite
def reschedulings(draw: st.DrawFn, first_due: date) -> Rescheduling:
    day = first_due + draw(st.integers(-25, 900)) * DAY
    return Rescheduling(day, draw(st.integers(1, 40)), day + draw(st.integers(1, 366)) * DAY)


@st.composite
def lives(draw: st.DrawFn, methods: tuple[Method, ...] = tuple(Method)) -> tuple[Agreed, list[Event]]:
    """A loan with payments and reschedulings over three years."""
    of = replace(draw(any_terms(methods)), first_due=draw(FIRST_DAYS))
    days = st.integers(-30, 1000).map(lambda days: of.first_due + days * DAY)
    amounts = st.integers(1, of.principal.rials).map(Rial)
    some = st.builds(Payment, days, amounts) | reschedulings(of.first_due) | st.builds(Waiver, days)
    events: list[Event] = draw(st.lists(some, max_size=8))
    fine = Rial(draw(st.sampled_from([0, 1, 50_000])))
    return Agreed(of, tuple(draw(st.permutations(ORDER))), fine), events


@given(lives())
def test_parts_sum_to_the_payment_and_principal_to_the_loan(life: tuple[Agreed, list[Event]]) -> None:
    about, events = life
    account, splits = replay(about, events)
    paid = sorted((one for one in events if isinstance(one, Payment)), key=lambda one: one.day)
    for split, payment in zip(splits, paid, strict=True):
        parts = split.parts
        assert parts.total + split.beyond == payment.amount
        assert min(parts.fee, parts.principal, parts.fine, split.beyond) >= Rial(0)
    repaid = sum((split.parts.principal for split in splits), Rial(0))
    assert repaid + account.principal == about.terms.principal
    assert all(one.left.total > Rial(0) for one in account.owed)


@given(lives(), st.data())
def test_the_order_in_which_days_come_to_the_books_does_not_matter(
    life: tuple[Agreed, list[Event]], data: st.DataObject
) -> None:
    about, events = life
    apart = list({one.day: one for one in events}.values())
    assert replay(about, data.draw(st.permutations(apart))) == replay(about, apart)


@given(lives())
def test_paying_what_settling_costs_settles(life: tuple[Agreed, list[Event]]) -> None:
    about, events = life
    account, _ = replay(about, events)
    day = max((one.day for one in events), default=about.terms.first_due)
    settled, split = account.pay(Payment(day, account.settling(day).total))
    assert (settled.owed, split.beyond) == ((), Rial(0))


@given(st.data())
def test_a_new_schedule_settles_for_the_same_while_a_month_runs(data: st.DataObject) -> None:
    """Principal, fees of months begun and fines are what they were; only what comes afterwards is new."""
    of = replace(data.draw(any_terms()), first_due=data.draw(FIRST_DAYS))
    account = opened(Agreed(of, ORDER, Rial(50_000)))
    last = schedule(of)[-1].due
    day = data.draw(st.dates(of.first_due - 30 * DAY, last))
    new = Rescheduling(day, data.draw(st.integers(1, 40)), day + data.draw(st.integers(1, 366)) * DAY)
    assert account.rescheduled(new).settling(day) == account.settling(day)


@given(lives((Method.FLAT,)))
def test_no_month_is_charged_twice(life: tuple[Agreed, list[Event]]) -> None:
    """While nothing is paid all that costs a fee stays in the account: at least a month lies between."""
    about, events = life
    account, _ = replay(about, [one for one in events if isinstance(one, Rescheduling)])
    charged = [one.due for one in account.owed if one.left.fee]
    assert all(after - before >= SHORTEST_MONTH for before, after in pairwise(charged))
