"""Between which bounds the rules of a group lie, and which prices of loans are dear."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from domain.bylaws import Bylaws, LoanPrice, Part
from domain.loan_terms import Method, Period, Rate
from domain.money import Rial
from domain.votes import MORE_THAN_HALF, TWO_THIRDS, Share, VotingRules

THREE_QUARTERS = Share(Fraction(3, 4), exceeded=False)
SHARES = (MORE_THAN_HALF, TWO_THIRDS, THREE_QUARTERS)
"""Parts that a quorum or a majority may be, the smallest first: less than half decides nothing."""

COUNTS: Mapping[str, range] = {
    "loan_savings_multiple": range(1, 11),
    "loan_fund_per_cent": range(1, 101),
    "loan_most_instalments": range(1, 61),
    "reserve_per_cent": range(1, 51),
    "board_months": range(3, 37),
    "size_least": range(3, 61),
    "size_most": range(3, 61),
}
VOTING_DAYS = range(1, 15)
CHARGES: Mapping[str, Rial] = {
    "late_saving_fine": Rial.from_toman(500_000),
    "instalment_fine": Rial.from_toman(500_000),
    "entry_fee": Rial.from_toman(5_000_000),
}
"""The most each may be; none of them need be anything."""

DEAR = Rate(Fraction(2), Period.MONTH)
MOST_A_MONTH = Rate(Fraction(5), Period.MONTH)
MOST_A_YEAR = Rate(Fraction(60), Period.YEAR)


def most_of(period: Period) -> Rate:
    """Return the highest rate a group may agree on."""
    return MOST_A_YEAR if period is Period.YEAR else MOST_A_MONTH


def on_the_balance(price: LoanPrice, months: int) -> Rate:
    """Return what a loan costs a month of what is still owed, repaid in so many equal parts.

    What is reckoned on the whole loan to the end is nearly twice as dear as it sounds.
    """
    times = Fraction(2 * months, months + 1) if price.method is Method.FLAT else 1
    return Rate(price.rate.monthly * 100 * times, Period.MONTH)


def is_dear(price: LoanPrice, months: int) -> bool:
    """Tell whether a loan costs more a month than should be agreed on without a second thought."""
    return on_the_balance(price, months).monthly > DEAR.monthly


def out_of_bounds(rules: Bylaws) -> Iterator[str]:
    """Name each rule that no group can have."""
    yield from (name for name, bounds in COUNTS.items() if getattr(rules, name) not in bounds)
    yield from (name for name, most in CHARGES.items() if not Rial(0) <= getattr(rules, name) <= most)
    yield from _voting(rules.voting)
    if rules.size_least > rules.size_most:
        yield "size_most"
    if sorted(rules.payment_order) != sorted(Part):
        yield "payment_order"
    if rules.loan_price is not None and not _possible(rules.loan_price):
        yield "loan_price"


def _voting(rules: VotingRules) -> Iterator[str]:
    """A second call asks for no more than the first, weighty matters for no less than others."""
    shares = (rules.first_quorum, rules.second_quorum, rules.majority, rules.qualified_majority)
    if any(share not in SHARES for share in shares):
        yield "voting"
    if rules.second_quorum.part > rules.first_quorum.part:
        yield "second_quorum"
    if rules.qualified_majority.part < rules.majority.part:
        yield "qualified_majority"
    if rules.days not in VOTING_DAYS:
        yield "voting_days"


def _possible(price: LoanPrice) -> bool:
    """A price is nothing, or something up to the most."""
    if price.method is Method.ZERO:
        return price.rate.per_cent == 0
    return 0 < price.rate.per_cent <= most_of(price.rate.period).per_cent
