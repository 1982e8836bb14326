"""What may be lent, to whom how much, and whose turn it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import from_jalali, jalali
from domain.lending import (
    Allowance,
    Asker,
    Bound,
    Holdings,
    available_money,
    first_due,
    refuse_amount,
    refuse_asker,
    served,
)
from domain.loan_schedule import schedule
from domain.loan_terms import LoanTerms, Method, Period, Rate
from domain.money import Rial
from domain.refusals import Refused

NOTHING = Rial(0)
UNIT = Rial(1_000)
# Two million toman saved in a fund of thirty million, of which twenty are there.
ALLOWANCE = Allowance(
    savings=Rial.from_toman(2_000_000),
    multiple=3,
    fund=Rial.from_toman(30_000_000),
    per_cent=25,
    running=NOTHING,
    money=Rial.from_toman(20_000_000),
    unit=UNIT,
)
ASKER = Asker(price_decided=True, leaving=False, asked=False, arrears=(), allowance=ALLOWANCE)

amounts = st.integers(0, 10**12).map(Rial)
holdings = st.builds(Holdings, amounts, amounts, amounts, amounts, amounts)
allowances = st.builds(
    Allowance, amounts, st.integers(1, 10), amounts, st.integers(1, 100), amounts, amounts, st.just(UNIT)
)


def test_what_belongs_to_others_is_not_lent() -> None:
    held = Holdings(Rial(700), Rial(300), Rial(150), Rial(50), Rial(9_000))
    assert available_money(held, Rial(200)) == Rial(600)
    assert available_money(held, Rial(801)) == NOTHING


@given(holdings, amounts, amounts)
def test_no_more_is_lent_than_there_is(held: Holdings, reserved: Rial, more: Rial) -> None:
    available = available_money(held, reserved)
    assert NOTHING <= available <= held.cash + held.bank
    assert available_money(held, reserved + more) <= available


@pytest.mark.parametrize(
    ("allowance", "most", "bound"),
    [
        (ALLOWANCE, 6_000_000, Bound.SAVINGS),
        (replace(ALLOWANCE, savings=Rial.from_toman(4_000_000)), 7_500_000, Bound.FUND),
        (replace(ALLOWANCE, money=Rial.from_toman(5_000_000)), 5_000_000, Bound.MONEY),
        (replace(ALLOWANCE, money=Rial.from_toman(6_000_000)), 6_000_000, Bound.SAVINGS),
        (replace(ALLOWANCE, running=Rial.from_toman(1_500_000)), 4_500_000, Bound.SAVINGS),
        (replace(ALLOWANCE, running=Rial.from_toman(9_000_000)), 0, Bound.SAVINGS),
        (replace(ALLOWANCE, savings=NOTHING), 0, Bound.SAVINGS),
        (replace(ALLOWANCE, fund=Rial.from_toman(-1)), 0, Bound.FUND),
        (replace(ALLOWANCE, money=Rial.from_toman(123_456)), 123_400, Bound.MONEY),
    ],
)
def test_the_most_she_may_ask_and_the_rule_that_says_so(
    allowance: Allowance, most: int, bound: Bound
) -> None:
    assert (allowance.most, allowance.bound) == (Rial.from_toman(most), bound)


@given(allowances)
def test_the_most_obeys_every_limit(allowance: Allowance) -> None:
    most = allowance.most
    assert NOTHING <= most <= allowance.money
    assert most + allowance.running <= max(allowance.savings * allowance.multiple, allowance.running)
    assert 100 * (most + allowance.running).rials <= max(
        allowance.per_cent * allowance.fund.rials, 100 * allowance.running.rials
    )
    assert not most.rials % UNIT.rials


@given(allowances, st.integers(0, 10**12).map(Rial))
def test_exactly_what_is_above_the_most_or_below_a_unit_is_refused(
    allowance: Allowance, amount: Rial
) -> None:
    if UNIT <= amount <= allowance.most:
        refuse_amount(allowance, amount)
        return
    with pytest.raises(Refused) as refused:
        refuse_amount(allowance, amount)
    assert refused.value.back_to == "ask_loan.amount"
    assert refused.value.name == (
        "loan_too_small" if amount < UNIT else f"loan_above_{allowance.bound.value}"
    )


@given(allowances)
def test_what_is_offered_may_be_asked(allowance: Allowance) -> None:
    for offer in allowance.offers:
        refuse_amount(allowance, offer)
    assert all(more > less for more, less in pairwise(allowance.offers))
    assert bool(allowance.offers) == bool(allowance.most)


@given(
    amount=st.integers(1_000, 10**10),
    months=st.integers(1, 60),
    rate=st.integers(0, 5),
    method=st.sampled_from(Method),
)
def test_every_amount_that_passes_has_a_schedule(amount: int, months: int, rate: int, method: Method) -> None:
    """Where the terms would be impossible, fewer instalments are offered."""
    parts = min(ALLOWANCE.most_months(Rial(amount), 60), months)
    price = Rate(Fraction(rate), Period.MONTH)
    terms = LoanTerms(Rial(amount), method, price, parts, date(2026, 11, 22), UNIT)
    assert sum((one.principal for one in schedule(terms)), NOTHING) == Rial(amount)


@pytest.mark.parametrize(
    ("asker", "refusal"),
    [
        (replace(ASKER, price_decided=False, leaving=True, asked=True), "loan_price_undecided"),
        (replace(ASKER, leaving=True, asked=True), "leaving_borrows_no_more"),
        (replace(ASKER, asked=True, arrears=(3,)), "loan_asked_already"),
        (replace(ASKER, arrears=(2, 3)), "loan_while_in_arrears"),
        (
            replace(ASKER, written_off=True, allowance=replace(ALLOWANCE, money=NOTHING)),
            "loan_while_written_off",
        ),
        (replace(ASKER, allowance=replace(ALLOWANCE, money=Rial(999))), "no_money_to_lend"),
        (replace(ASKER, allowance=replace(ALLOWANCE, savings=NOTHING)), "save_before_asking"),
        (replace(ASKER, allowance=replace(ALLOWANCE, running=ALLOWANCE.by_savings)), "repay_before_asking"),
    ],
)
def test_who_may_not_ask_hears_the_first_reason(asker: Asker, refusal: str) -> None:
    with pytest.raises(Refused) as refused:
        refuse_asker(asker)
    assert refused.value.name == refusal


def test_who_may_ask_is_not_refused() -> None:
    refuse_asker(ASKER)


@pytest.mark.parametrize(
    ("received", "due"),
    [((1405, 8, 15), (1405, 9, 15)), ((1405, 6, 31), (1405, 7, 30)), ((1405, 11, 30), (1405, 12, 29))],
)
def test_the_first_instalment_is_due_a_month_after_the_receipt(
    received: tuple[int, int, int], due: tuple[int, int, int]
) -> None:
    assert jalali(first_due(from_jalali(*received))) == due


@given(st.lists(st.integers(1, 10**9).map(Rial), max_size=8), amounts)
def test_the_queue_is_served_from_the_front_and_nobody_is_overtaken(queue: list[Rial], money: Rial) -> None:
    number = served(queue, money)
    assert sum(queue[:number], NOTHING) <= money
    assert number == len(queue) or sum(queue[: number + 1], NOTHING) > money
