"""What a loan's payments are used for: cases reckoned by hand, what always holds, a second computation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.bylaws import Part
from domain.calendar import from_jalali
from domain.loan_account import Agreed, LoanAccount, Payment, Split, opened, replay
from domain.loan_owed import Parts
from domain.loan_schedule import schedule
from domain.loan_terms import LoanTerms, Method
from domain.money import Rial
from tests.domain.loans import ABAN_15, any_terms, nearest, of_a_month, terms

ORDER = (Part.FEE, Part.PRINCIPAL, Part.FINE)
DAY = timedelta(days=1)
MEHR_20, ABAN_16, AZAR_15, AZAR_16 = (from_jalali(1404, *day) for day in ((7, 20), (8, 16), (9, 15), (9, 16)))


def agreed(
    method: Method = Method.BALANCE_EQUAL, fine: int = 0, order: tuple[Part, ...] = ORDER, **others: int
) -> Agreed:
    return Agreed(terms(method=method, **others), order, Rial(fine))  # type: ignore[arg-type]


def paid(about: Agreed, *payments: tuple[date, int]) -> tuple[LoanAccount, list[tuple[int, int, int, int]]]:
    account, splits = replay(about, [Payment(day, Rial(amount)) for day, amount in payments])
    return account, [figures(split) for split in splits]


def figures(split: Split) -> tuple[int, int, int, int]:
    parts = split.parts
    return parts.fee.rials, parts.principal.rials, parts.fine.rials, split.beyond.rials


def left(account: LoanAccount) -> list[tuple[int, int]]:
    return [(one.left.principal.rials, one.left.fee.rials) for one in account.owed]


# --- 10,000,000 rials in 3 months at 1 per cent: 3,333,000 3,333,000 3,334,000 --------------------------


@pytest.mark.parametrize(
    ("method", "after"),
    [
        (Method.ZERO, [(3_333_000, 0), (1_667_000, 0)]),
        (Method.FIXED_FEE, [(3_333_000, 66_666), (1_733_667, 66_667)]),
        (Method.BALANCE_EQUAL, [(3_333_000, 51_000), (1_767_000, 17_670)]),
        (Method.FLAT, [(3_333_000, 100_000), (1_767_000, 100_000)]),
    ],
)
def test_what_is_paid_ahead_strikes_principal_from_the_end(
    method: Method, after: list[tuple[int, int]]
) -> None:
    """Fees on the balance fall with it; the fixed and the flat fee stay."""
    account, _ = paid(agreed(method), (MEHR_20, 5_000_000))
    assert left(account) == after


def test_level_payments_go_on_alike_and_end_earlier() -> None:
    """A = 3,401,000: 100,000 is fee; 5,000,000 ahead leaves 1,699,000, which the second payment takes."""
    about = agreed(Method.BALANCE_LEVEL)
    account, splits = paid(about, (MEHR_20, 8_401_000))
    assert splits == [(100_000, 8_301_000, 0, 0)]
    assert left(account) == [(1_699_000, 16_990)]
    account, _ = paid(about, (MEHR_20, 5_000_000))
    assert left(account) == [(3_350_000, 51_000), (1_750_000, 17_500)]


def test_the_last_level_payment_takes_all_that_is_left() -> None:
    """3,000 rials in whole thousands: 1,000 a month, 1,061 in the last, of which five are paid ahead."""
    account, _ = paid(agreed(Method.BALANCE_LEVEL, principal=3_000), (ABAN_15, 1_005))
    assert left(account) == [(980, 20), (1_045, 10)]


def test_the_fixed_fee_of_a_struck_month_is_due_unless_it_is_settled_before() -> None:
    about = agreed(Method.FIXED_FEE)
    early = (MEHR_20, 6_733_667)
    account, splits = paid(about, early)
    assert splits == [(66_667, 6_667_000, 0, 0)]
    assert left(account) == [(3_333_000, 66_666), (0, 66_667)]
    in_time, _ = paid(about, early, (AZAR_15, 3_399_666))
    assert in_time.owed == ()
    late, _ = paid(about, early, (AZAR_16, 3_399_666))
    assert left(late) == [(0, 66_667)]


def test_settling_early_costs_the_fees_of_the_months_begun() -> None:
    account = opened(agreed())
    assert account.settling(MEHR_20) == Parts(Rial(100_000), Rial(10_000_000))
    assert account.settling(ABAN_15) == Parts(Rial(100_000), Rial(10_000_000))
    assert account.settling(ABAN_16) == Parts(Rial(166_667), Rial(10_000_000))
    assert account.settling(AZAR_16 + 90 * DAY) == Parts(Rial(200_000), Rial(10_000_000))


def test_only_what_exceeds_settling_is_kept_in_advance() -> None:
    account, splits = paid(agreed(), (MEHR_20, 10_100_007), (ABAN_15, 5))
    assert splits == [(100_000, 10_000_000, 0, 7), (0, 0, 0, 5)]
    assert account.owed == ()
    assert account.settling(ABAN_16) == Parts()


def test_the_oldest_instalment_is_filled_first_and_its_fine_before_the_next() -> None:
    about = agreed(fine=20_000)
    in_azar = AZAR_15 + 10 * DAY
    _, splits = paid(about, (in_azar, 3_433_000), (in_azar, 25_000), (in_azar, 100_000))
    assert splits == [(100_000, 3_333_000, 0, 0), (5_000, 0, 20_000, 0), (61_667, 38_333, 0, 0)]


def test_the_group_may_take_fines_first() -> None:
    about = agreed(fine=20_000, order=(Part.FINE, Part.FEE, Part.PRINCIPAL))
    _, splits = paid(about, (ABAN_16, 130_000))
    assert splits == [(100_000, 10_000, 20_000, 0)]


def test_being_late_costs_one_fine_and_no_fee() -> None:
    account = opened(agreed(fine=20_000))
    assert account.due(ABAN_15 - DAY) == Parts()
    assert account.due(ABAN_15) == Parts(Rial(100_000), Rial(3_333_000))
    assert account.due(ABAN_16) == Parts(Rial(100_000), Rial(3_333_000), Rial(20_000))
    assert account.due(ABAN_16 + 20 * DAY) == account.due(ABAN_16)
    assert account.due(ABAN_15 + 300 * DAY) == Parts(Rial(200_000), Rial(10_000_000), Rial(60_000))
    assert [account.late_days(day) for day in (MEHR_20, ABAN_15, ABAN_16, AZAR_15)] == [0, 0, 1, 30]


def test_who_pays_on_the_due_day_pays_no_fine() -> None:
    account, splits = paid(agreed(fine=20_000), (ABAN_15, 3_433_000))
    assert splits == [(100_000, 3_333_000, 0, 0)]
    assert account.late_days(AZAR_15) == 0
    assert account.due(ABAN_16) == Parts()


def test_a_part_paid_late_is_fined_once() -> None:
    account, splits = paid(agreed(fine=20_000), (ABAN_15, 3_000_000), (ABAN_16, 433_000), (ABAN_16, 20_000))
    assert splits == [(100_000, 2_900_000, 0, 0), (0, 433_000, 0, 0), (0, 0, 20_000, 0)]
    assert account.due(AZAR_15) == Parts(Rial(66_667), Rial(3_333_000))


def test_what_was_written_off_costs_its_principal_and_no_more() -> None:
    account, _ = paid(agreed(fine=20_000), (MEHR_20, 3_433_000))
    lost = account.written_off()
    years_later = AZAR_16 + 900 * DAY
    assert (lost.principal, lost.left, lost.late_days(years_later)) == (Rial(0), Rial(6_667_000), 0)
    assert (lost.due(years_later), lost.settling(years_later)) == (Parts(), Parts(recovered=Rial(6_667_000)))
    parts, more = (Payment(years_later, Rial(amount)) for amount in (6_000_000, 700_000))
    after, splits = lost.after((parts, more))
    assert splits == (
        Split(Parts(recovered=Rial(6_000_000))),
        Split(Parts(recovered=Rial(667_000)), Rial(33_000)),
    )
    assert (after.left, after.owed) == (Rial(0), ())


# --- any loan, any payments ------------------------------------------------------------------------------


sums = st.integers(0, 10**12).map(Rial)
sums_on_a_loan = st.builds(Parts, sums, sums, sums, sums)


@given(sums_on_a_loan, sums_on_a_loan)
def test_no_part_is_lost_when_sums_are_added_or_taken_away(one: Parts, other: Parts) -> None:
    assert (one + other).total == one.total + other.total
    assert one + other - other == one


@st.composite
def lives(draw: st.DrawFn) -> tuple[Agreed, list[Payment]]:
    """A loan and up to eight payments from a month before the first due day to a year after the last."""
    of = draw(any_terms())
    order = tuple(draw(st.permutations(ORDER)))
    about = Agreed(of, order, Rial(draw(st.sampled_from([0, 0, 1, 50_000]))))
    most = of.principal.rials
    days = draw(st.lists(st.integers(-30, 31 * of.months + 365), max_size=8).map(sorted))
    amounts = st.integers(1, most) | st.sampled_from(sorted({one.total.rials for one in schedule(of)} - {0}))
    return about, [Payment(of.first_due + day * DAY, Rial(draw(amounts))) for day in days]


def second_computation(about: Agreed, payments: Iterable[Payment]) -> list[tuple[int, int, int, int]]:
    """The ledger's page once more: whole rials in lists, exact fractions, nothing shared but the schedule."""
    of, made = about.terms, schedule(about.terms)
    due = [one.due for one in made]
    fee, principal = [one.fee.rials for one in made], [one.principal.rials for one in made]
    fine, fined = [0] * len(made), [False] * len(made)
    done: list[tuple[int, int, int, int]] = []
    level = fee[0] + principal[0]
    for payment in payments:
        coins = payment.amount.rials
        begun = [k for k in range(len(made)) if k == 0 or due[k - 1] < payment.day]
        for k in range(len(made)):
            if due[k] < payment.day and not fined[k] and fee[k] + principal[k] > 0:
                fine[k], fined[k] = about.fine.rials, True
        cost = sum(principal) + sum(fine[k] + fee[k] for k in begun)
        if coins >= cost:
            done.append((sum(fee[k] for k in begun), sum(principal), sum(fine), coins - cost))
            fee = principal = fine = [0] * len(made)
            continue
        used = dict.fromkeys(Part, 0)
        for k in begun:
            for part in about.order:
                pot = {Part.FEE: fee, Part.PRINCIPAL: principal, Part.FINE: fine}[part]
                coin = min(coins, pot[k])
                pot[k] -= coin
                used[part] += coin
                coins -= coin
        later = [k for k in range(len(made)) if k not in begun] if coins else []
        repriced(of, later, principal, fee, coins, level)
        done.append((used[Part.FEE], used[Part.PRINCIPAL] + coins, used[Part.FINE], 0))
    return done


def repriced(
    of: LoanTerms, later: Sequence[int], principal: list[int], fee: list[int], ahead: int, level: int
) -> None:
    left, rate = sum(principal) - ahead, of_a_month(of.rate)
    if of.method is Method.BALANCE_LEVEL and rate:
        for k in later:
            fee[k] = nearest(left * rate)
            principal[k] = min(left, level - fee[k])
            left -= principal[k]
        still = [k for k in later if principal[k]][-1:]
        for k in still:
            principal[k] += left
        return
    for k in later:
        principal[k] = min(principal[k], left)
        left -= principal[k]
    if of.method is Method.BALANCE_EQUAL:
        balances = [sum(principal[j] for j in later if j >= k) for k in later]
        sums = [nearest(so_far) for so_far in accumulate(balance * rate for balance in balances)]
        for at, k in enumerate(later):
            fee[k] = sums[at] - (sums[at - 1] if at else 0)


@given(lives())
def test_a_second_computation_agrees(life: tuple[Agreed, list[Payment]]) -> None:
    about, payments = life
    _, splits = replay(about, payments)
    assert [figures(split) for split in splits] == second_computation(about, payments)


@given(lives())
def test_parts_sum_to_the_payment_and_principal_to_the_loan(life: tuple[Agreed, list[Payment]]) -> None:
    about, payments = life
    account, splits = replay(about, payments)
    for split, payment in zip(splits, payments, strict=True):
        assert split.parts.total + split.beyond == payment.amount
        assert min(figures(split)) >= 0
    repaid = sum((split.parts.principal for split in splits), Rial(0))
    assert repaid + account.principal == about.terms.principal
    assert all(one.left.total > Rial(0) for one in account.owed)


@given(lives(), st.integers(0, 100))
def test_paying_what_settling_costs_settles_and_a_rial_less_does_not(
    life: tuple[Agreed, list[Payment]], days: int
) -> None:
    about, payments = life
    account, _ = replay(about, payments)
    day = max((p.day for p in payments), default=about.terms.first_due - 30 * DAY) + days * DAY
    cost = account.settling(day)
    assert min(cost.fee, cost.principal, cost.fine) >= Rial(0)
    assert account.payable(day).total <= cost.total
    if not account.owed:
        assert cost == Parts()
        return
    settled, split = account.pay(Payment(day, cost.total))
    assert (settled.owed, split) == ((), Split(cost))
    if cost.total > Rial(1):
        still, _ = account.pay(Payment(day, cost.total - Rial(1)))
        assert still.owed


@given(any_terms())
def test_paid_as_agreed_it_costs_what_the_schedule_says(of: LoanTerms) -> None:
    made = schedule(of)
    payments = [Payment(one.due, one.total) for one in made]
    account, splits = replay(Agreed(of, ORDER, Rial(50_000)), payments)
    assert account.owed == ()
    assert [figures(split) for split in splits] == [
        (one.fee.rials, one.principal.rials, 0, 0) for one in made
    ]


@given(lives())
def test_no_more_fee_is_ever_taken_than_the_schedule_says(life: tuple[Agreed, list[Payment]]) -> None:
    about, payments = life
    _, splits = replay(about, payments)
    charged = sum((split.parts.fee for split in splits), Rial(0))
    assert charged <= sum((one.fee for one in schedule(about.terms)), Rial(0))
