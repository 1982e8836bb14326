"""What internal loans cost, how large they are and how long they last: pieces of talk about loans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

from conversations.engine import Choice, Script, ask
from conversations.kinds import YES_NO, OneOf, Whole, one_of
from conversations.rule_kinds import RateOf, number
from domain.bylaws import Bylaws, LoanPrice
from domain.bylaws_bounds import COUNTS, DEAR, is_dear, most_of, on_the_balance
from domain.loan_account import LoanAccount
from domain.loan_example import Purse, example
from domain.loan_terms import Method, Period, Rate
from domain.money import Rial

METHODS: OneOf[Method] = one_of(*((f"method_{method.name.lower()}", method) for method in Method))
FREE = LoanPrice(Method.ZERO, Rate(Fraction(0), Period.YEAR))
USUAL: Mapping[Period, tuple[Fraction, ...]] = {
    Period.YEAR: tuple(map(Fraction, (4, 6, 12, 18))),
    Period.MONTH: tuple(Fraction(halves, 2) for halves in (1, 2, 3, 4)),
}


USUAL_MONTHS = (3, 6, 10, 12, 18, 24)


def up_to(most: int) -> Whole:
    """Return the kind of answer that says in how many instalments a loan is repaid."""
    offered = (*(months for months in USUAL_MONTHS if months < most), most)
    choices = tuple(Choice(str(months), "instalments", {"count": months}) for months in offered)
    return Whole(choices=choices, least=1, most=most)


def shown_example(rules: Bylaws, price: LoanPrice, purse: Purse, today: date) -> dict[str, object]:
    """Return what the text of the worked example names."""
    made = example(rules, price, purse, today)
    return {
        "principal": made.terms.principal,
        "months": made.terms.months,
        "instalments": made.instalments,
        "fee": made.fee,
        "total": made.total,
    }


def shown_old_loan(account: LoanAccount, today: date) -> dict[str, object]:
    """Return what is said of a loan of the paper book: what is left of it, and what is due when."""
    return {
        "left": account.principal,
        "count": len(account.owed),
        "instalments": [(one.due, one.left.total) for one in account.owed],
        "fee": sum((one.left.fee for one in account.owed), Rial(0)),
        "late": account.late_days(today),
        "arrears": account.due(today),
    }


def limits_of(rules: Bylaws, nth: int = 1) -> Script[Bylaws]:
    """Ask how much may be borrowed, and in how many instalments it is repaid."""
    multiples = number(COUNTS["loan_savings_multiple"], 1, 2, 3, 5)
    multiple = yield from ask("loan_terms.multiple", multiples, nth)
    parts = number(COUNTS["loan_fund_per_cent"], 10, 25, 50)
    part = yield from ask("loan_terms.fund_per_cent", parts, nth)
    lengths = number(COUNTS["loan_most_instalments"], 6, 12, 18, 24)
    most = yield from ask("loan_terms.instalments", lengths, nth)
    return replace(rules, loan_savings_multiple=multiple, loan_fund_per_cent=part, loan_most_instalments=most)


def price_of(rules: Bylaws, nth: int = 1) -> Script[LoanPrice]:
    """Ask what a loan costs; a price that is dear for the longest loan is asked about once more."""
    method = yield from ask("loan_terms.method", METHODS, nth)
    if method is Method.ZERO:
        return FREE
    period = Period.YEAR if method is Method.FIXED_FEE else Period.MONTH
    kind, tries = RateOf(period, USUAL[period], most_of(period).per_cent), 1
    while True:
        key = f"{nth}.{tries}"
        rate = yield from ask("loan_terms.rate", kind, key, method=method, period=period)
        price = LoanPrice(method, rate)
        if not is_dear(price, rules.loan_most_instalments) or (yield from _meant(price, rules, key)):
            return price
        tries += 1


def _meant(price: LoanPrice, rules: Bylaws, key: str) -> Script[bool]:
    cost = on_the_balance(price, rules.loan_most_instalments)
    return (yield from ask("loan_terms.dear", YES_NO, key, price=price, cost=cost, usual=DEAR))
