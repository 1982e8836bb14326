"""Which rules a group can have, and which prices are dear."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.bylaws import Bylaws, LoanPrice, Part
from domain.bylaws_bounds import (
    CHARGES,
    COUNTS,
    SHARES,
    THREE_QUARTERS,
    VOTING_DAYS,
    is_dear,
    most_of,
    on_the_balance,
    out_of_bounds,
)
from domain.loan_example import MOST_SHOWN, Purse, example
from domain.loan_schedule import schedule
from domain.loan_terms import Method, Period, Rate
from domain.money import Rial
from domain.votes import MORE_THAN_HALF, TWO_THIRDS, Share, VotingRules
from tests.domain.loans import terms

TODAY = date(2026, 4, 4)
PRICED = [method for method in Method if method is not Method.ZERO]


def price(method: Method, per_cent: str, period: Period = Period.MONTH) -> LoanPrice:
    return LoanPrice(method, Rate(Fraction(per_cent), period))


@st.composite
def prices(draw: st.DrawFn) -> LoanPrice:
    method = draw(st.sampled_from(PRICED))
    period = Period.YEAR if method is Method.FIXED_FEE else Period.MONTH
    hundredths = draw(st.integers(1, int(100 * most_of(period).per_cent)))
    return LoanPrice(method, Rate(Fraction(hundredths, 100), period))


@st.composite
def possible(draw: st.DrawFn) -> Bylaws:
    """Any rules a group can have."""
    first, second = sorted(
        draw(st.lists(st.sampled_from(SHARES), min_size=2, max_size=2)), key=part, reverse=True
    )
    majority, qualified = sorted(draw(st.lists(st.sampled_from(SHARES), min_size=2, max_size=2)), key=part)
    values: dict[str, Any] = {name: draw(st.sampled_from(bounds)) for name, bounds in COUNTS.items()}
    values["size_most"] = max(values["size_least"], values["size_most"])
    values |= {name: Rial(draw(st.integers(0, most.rials))) for name, most in CHARGES.items()}
    return Bylaws(
        voting=VotingRules(first, second, majority, qualified, draw(st.sampled_from(VOTING_DAYS))),
        loan_price=draw(st.none() | prices()),
        payment_order=tuple(draw(st.permutations(list(Part)))),
        **values,
    )


def altered(rules: Bylaws, name: str, value: object) -> Bylaws:
    """The same rules but for one."""
    values: dict[str, Any] = {name: value}
    return replace(rules, **values)


def part(share: Share) -> Fraction:
    return share.part


def test_our_proposals_lie_within_the_bounds() -> None:
    assert list(out_of_bounds(Bylaws())) == []


@given(possible())
def test_what_lies_within_the_bounds_is_possible(rules: Bylaws) -> None:
    assert list(out_of_bounds(rules)) == []


@given(possible(), st.data())
def test_one_number_beyond_its_bounds_is_named(rules: Bylaws, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(COUNTS)))
    beyond = data.draw(st.sampled_from([COUNTS[name].start - 1, COUNTS[name].stop]))
    assert name in list(out_of_bounds(altered(rules, name, beyond)))


@pytest.mark.parametrize("name", CHARGES)
def test_a_charge_at_its_bounds_is_possible_and_one_beyond_is_named(name: str) -> None:
    for amount in (Rial(0), CHARGES[name]):
        assert list(out_of_bounds(altered(Bylaws(), name, amount))) == []
    for amount in (Rial(-1), CHARGES[name] + Rial(1)):
        assert list(out_of_bounds(altered(Bylaws(), name, amount))) == [name]


@pytest.mark.parametrize(
    ("voting", "flaw"),
    [
        (VotingRules(first_quorum=Share(Fraction(1, 3), exceeded=True)), "voting"),
        (VotingRules(majority=Share(Fraction(1, 2), exceeded=False)), "voting"),
        (VotingRules(first_quorum=MORE_THAN_HALF, second_quorum=TWO_THIRDS), "second_quorum"),
        (VotingRules(majority=THREE_QUARTERS), "qualified_majority"),
        (VotingRules(days=0), "voting_days"),
        (VotingRules(days=15), "voting_days"),
    ],
)
def test_a_rule_of_votes_beyond_its_bounds_is_named(voting: VotingRules, flaw: str) -> None:
    assert flaw in list(out_of_bounds(replace(Bylaws(), voting=voting)))


@pytest.mark.parametrize(
    ("rules", "flaw"),
    [
        (Bylaws(size_least=20, size_most=19), "size_most"),
        (Bylaws(payment_order=(Part.FEE, Part.FEE, Part.FINE)), "payment_order"),
        (Bylaws(payment_order=(Part.FEE, Part.PRINCIPAL)), "payment_order"),
        (Bylaws(loan_price=price(Method.FLAT, "0")), "loan_price"),
        (Bylaws(loan_price=price(Method.FLAT, "-1")), "loan_price"),
        (Bylaws(loan_price=price(Method.FLAT, "5.01")), "loan_price"),
        (Bylaws(loan_price=price(Method.FIXED_FEE, "60.01", Period.YEAR)), "loan_price"),
        (Bylaws(loan_price=price(Method.ZERO, "1")), "loan_price"),
    ],
)
def test_rules_that_do_not_fit_together_are_named(rules: Bylaws, flaw: str) -> None:
    assert list(out_of_bounds(rules)) == [flaw]


@pytest.mark.parametrize(
    "asked", [price(Method.FLAT, "5"), price(Method.FIXED_FEE, "60", Period.YEAR), price(Method.ZERO, "0")]
)
def test_the_highest_prices_are_possible(asked: LoanPrice) -> None:
    assert list(out_of_bounds(Bylaws(loan_price=asked))) == []


@pytest.mark.parametrize(
    ("asked", "months", "dear"),
    [
        (price(Method.ZERO, "0"), 12, False),
        (price(Method.BALANCE_LEVEL, "2"), 12, False),
        (price(Method.BALANCE_EQUAL, "2.01"), 12, True),
        (price(Method.FIXED_FEE, "24", Period.YEAR), 12, False),
        (price(Method.FIXED_FEE, "24.01", Period.YEAR), 12, True),
        (price(Method.FLAT, "2"), 1, False),
        (price(Method.FLAT, "2"), 2, True),
        (price(Method.FLAT, "1"), 60, False),
        (price(Method.FLAT, "1.1"), 12, True),
    ],
)
def test_more_than_two_per_cent_a_month_of_what_is_owed_is_dear(
    asked: LoanPrice, months: int, dear: bool
) -> None:
    assert is_dear(asked, months) is dear


@given(prices().filter(lambda one: one.method is not Method.BALANCE_LEVEL), st.integers(1, 60))
def test_what_it_comes_to_on_the_balance_costs_the_same(asked: LoanPrice, months: int) -> None:
    """The same fee, to a rial, as a loan in equal parts that is reckoned on what is still owed."""
    made = terms(600_000_000, asked.method, asked.rate, months, rounding=1)
    same = terms(600_000_000, Method.BALANCE_EQUAL, on_the_balance(asked, months), months, rounding=1)
    fees = [sum(one.fee.rials for one in schedule(loan)) for loan in (made, same)]
    assert abs(fees[0] - fees[1]) <= 1


@given(
    possible(),
    prices(),
    st.integers(0, 10**12),
    st.integers(0, 60),
    st.integers(1, 10**9),
)
def test_every_group_gets_its_example(
    rules: Bylaws, asked: LoanPrice, fund: int, members: int, saving: int
) -> None:
    made = example(rules, asked, Purse(Rial(fund), members, Rial(saving)), TODAY)
    assert len(made.instalments) == min(rules.loan_most_instalments, MOST_SHOWN)
    assert made.total == sum((one.total for one in made.instalments), Rial(0))
    assert made.instalments[-1].outstanding == Rial(0)


def test_an_equal_share_of_the_fund_is_lent_in_round_instalments() -> None:
    """Of 2,312,500 toman each, as much as makes a round part a month; the fee leaves no odd rials either."""
    purse = Purse(Rial.from_toman(37_000_000), 16, Rial.from_toman(500_000))
    made = example(Bylaws(), price(Method.FIXED_FEE, "12", Period.YEAR), purse, TODAY)
    assert made.terms.principal == Rial.from_toman(2_280_000)
    assert {one.total for one in made.instalments} == {Rial.from_toman(202_350)}


def test_who_shares_with_nobody_is_lent_the_fund_from_the_first_round_part_on() -> None:
    for fund, principal in ((60_000, 60_000), (59_999, 1_500_000)):
        purse = Purse(Rial.from_toman(fund), 1, Rial.from_toman(500_000))
        assert example(Bylaws(), price(Method.ZERO, "0"), purse, TODAY).terms.principal.toman == principal


def test_while_there_is_no_fund_the_first_saving_is_reckoned_with() -> None:
    made = example(Bylaws(), price(Method.ZERO, "0"), Purse(Rial(0), 0, Rial(5_000_000)), TODAY)
    assert made.terms.principal == Rial(15_000_000)
