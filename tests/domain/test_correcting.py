"""What changes when signed opening balances are put right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from domain.correcting import MemberLine, Money, changed, read, write
from domain.ids import GiverId, LoanId
from domain.loan_terms import LoanTerms, Method, Period, Rate
from domain.money import Rial

ONE = LoanTerms(Rial(900), Method.FLAT, Rate(Fraction(1, 3), Period.MONTH), 3, date(2026, 4, 21), Rial(1))
OTHER = replace(ONE, principal=Rial(600))
THIRD = replace(ONE, months=5)
A, B = LoanId(1), LoanId(2)


@pytest.mark.parametrize("part", [Money(Rial(3), Rial(0), Rial(1), GiverId(7)), MemberLine(Rial(5), (ONE,))])
def test_what_is_stored_is_read_back(part: Money | MemberLine) -> None:
    assert read(write(part)) == part


def test_anything_else_is_no_part() -> None:
    with pytest.raises(ValueError, match="no part"):
        read("[1]")


def test_what_belongs_to_nobody_follows_from_both_parts() -> None:
    assert Money(Rial(30), Rial(20), Rial(5), GiverId(1)).rest == Rial(45)
    assert MemberLine(Rial(1_000), (ONE, OTHER)).owed == Rial(1_500)
    assert MemberLine(Rial(1_000), (ONE, OTHER)).rest == Rial(500)


@pytest.mark.parametrize(
    ("before", "right", "expected"),
    [
        ({A: ONE}, [ONE], ()),
        ({A: ONE}, [OTHER], ((A, OTHER),)),
        ({A: ONE}, [], ((A, None),)),
        ({}, [ONE], ((None, ONE),)),
        ({A: ONE, B: OTHER}, [OTHER, THIRD], ((A, THIRD),)),
        ({A: ONE, B: ONE}, [ONE], ((B, None),)),
        ({A: ONE}, [ONE, ONE], ((None, ONE),)),
    ],
)
def test_only_loans_with_other_terms_change(
    before: dict[LoanId, LoanTerms], right: list[LoanTerms], expected: object
) -> None:
    assert changed(before, right) == expected
