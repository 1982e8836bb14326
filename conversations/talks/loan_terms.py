"""Somebody proposes what internal loans cost, how large they are and how long they run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM
from conversations.loan_parts import limits_of, price_of, shown_example
from conversations.parts import Deciding
from domain.bylaws import Bylaws, LoanRules
from domain.ids import GroupId
from domain.loan_example import Purse
from domain.proposals import ProposeRules


@dataclass(frozen=True, slots=True)
class Facts:
    """The group with its rules and its own figures, how it would be decided, and the day it is."""

    subject: GroupId
    group: str
    rules: Bylaws
    purse: Purse
    deciding: Deciding
    today: date


def loan_terms(facts: Facts) -> Script[ProposeRules | None]:
    """Ask for limits and price, and show them with a loan in the group's own figures."""
    rules = yield from limits_of(facts.rules)
    price = yield from price_of(rules)
    limits = (rules.loan_savings_multiple, rules.loan_fund_per_cent, rules.loan_most_instalments)
    terms = LoanRules(price, *limits)
    sure = yield from ask(
        "loan_terms.confirm",
        CONFIRM,
        group=facts.group,
        price=price,
        terms=terms,
        deciding=facts.deciding,
        **shown_example(terms.within(rules), price, facts.purse, facts.today),
    )
    return ProposeRules(facts.subject, terms) if sure else None
