"""A group's rules are read back as they were adopted, also after the program has learned new ones."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from domain import bylaws, matters
from domain.bylaws import Bylaws, Decider, LoanPrice, LoanRules, Part, Size, SurplusRule, amended, size_of
from domain.loan_terms import Method, Period, Rate
from domain.money import Rial
from domain.votes import MORE_THAN_HALF, TWO_THIRDS, Majority, Share, VotingRules

OURS = Bylaws()
THEIRS = Bylaws(
    VotingRules(Share(Fraction(3, 4), exceeded=False), days=7),
    secret_votes=True,
    loan_price=LoanPrice(Method.BALANCE_EQUAL, Rate(Fraction(3, 2), Period.MONTH)),
    loans_decided_by=Decider.BOARD,
    payment_order=(Part.PRINCIPAL, Part.FEE, Part.FINE),
    surplus_rule=SurplusRule.SAVING_TIME,
    entry_fee=Rial(500_000),
)


@pytest.mark.parametrize("rules", [OURS, THEIRS])
def test_rules_are_read_back(rules: Bylaws) -> None:
    assert bylaws.read(bylaws.write(rules)) == rules
    assert matters.read(matters.write(rules)) == rules


def test_rules_about_loans_change_these_and_nothing_else() -> None:
    price = LoanPrice(Method.FLAT, Rate(Fraction(1), Period.MONTH))
    changed = replace(
        THEIRS, loan_price=price, loan_savings_multiple=5, loan_fund_per_cent=40, loan_most_instalments=20
    )
    assert amended(THEIRS, LoanRules(price, 5, 40, 20)) == changed
    assert amended(THEIRS, OURS) == OURS


def test_rules_of_an_earlier_program_get_our_proposal_for_what_it_did_not_know() -> None:
    stored = json.loads(bylaws.write(THEIRS))
    del stored["entry_fee"]
    assert bylaws.read(json.dumps(stored)) == replace(THEIRS, entry_fee=OURS.entry_fee)


def test_what_is_adopted_stays_when_our_proposals_change() -> None:
    assert set(json.loads(bylaws.write(OURS))) == set(Bylaws.__dataclass_fields__)


@pytest.mark.parametrize("stored", ["[]", "3", '{"$Rate": [1, 2, 3, 4]}'])
def test_anything_else_is_refused(stored: str) -> None:
    with pytest.raises((ValueError, TypeError)):
        bylaws.read(stored)
    with pytest.raises((ValueError, TypeError)):
        matters.read(stored)


def test_which_majority_decides() -> None:
    assert VotingRules().majority_of(Majority.ORDINARY) == MORE_THAN_HALF
    assert VotingRules().majority_of(Majority.QUALIFIED) == TWO_THIRDS


def test_a_matter_leaves_a_print() -> None:
    one, other = (matters.print_of(matters.write(rules)) for rules in (OURS, THEIRS))
    assert matters.print_of(None) is None
    assert one != other
    assert one == matters.print_of(matters.write(Bylaws()))


@pytest.mark.parametrize(
    ("members", "size"),
    [(7, Size.FEW), (8, Size.FITS), (12, Size.FITS), (13, Size.MANY)],
)
def test_a_group_has_as_many_members_as_its_rules_say(members: int, size: Size) -> None:
    assert size_of(Bylaws(size_least=8, size_most=12), members) is size
