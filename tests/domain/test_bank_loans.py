"""Shares of a bank loan: they sum to it, to the rial."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.bank_loans import (
    BankShare,
    BankSharing,
    FeeBearer,
    difference,
    equal_shares,
    refuse_sharing,
)
from domain.ids import MembershipId
from domain.money import Rial
from domain.refusals import Refused


def sharing(*amounts: int, received: int, fee: int = 0, by: FeeBearer = FeeBearer.FUND) -> BankSharing:
    shares = tuple(BankShare(MembershipId(k), Rial(amount)) for k, amount in enumerate(amounts, start=1))
    return BankSharing(Rial(received), Rial(fee), by, shares)


@given(st.integers(10, 10**12), st.integers(1, 60))
def test_equal_shares_are_the_whole_and_hardly_differ(rials: int, count: int) -> None:
    shares = equal_shares(Rial(rials), count)
    assert len(shares) == count
    assert sum(share.rials for share in shares) == rials
    assert max(shares) - min(shares) < Rial(20)  # a toman, and what is less than one
    assert list(shares) == sorted(shares, reverse=True)


@pytest.mark.parametrize(
    ("amounts", "named"),
    [
        ((60, 40), None),
        ((60, 30), ("shares_too_small", "left", 10)),
        ((60, 50), ("shares_too_large", "over", 10)),
    ],
)
def test_the_difference_is_named(amounts: tuple[int, ...], named: tuple[str, str, int] | None) -> None:
    found = sharing(*amounts, received=100)
    if named is None:
        refuse_sharing(found)
        return
    name, fact, rials = named
    with pytest.raises(Refused) as refused:
        refuse_sharing(found)
    assert (refused.value.name, refused.value.facts) == (name, {fact: Rial(rials)})


def test_where_the_receivers_bear_the_fee_they_share_it_as_well() -> None:
    assert difference(sharing(60, 40, received=90, fee=10, by=FeeBearer.RECEIVERS)) == Rial(0)
    assert difference(sharing(60, 30, received=90, fee=10, by=FeeBearer.FUND)) == Rial(0)


@pytest.mark.parametrize(
    "wrong",
    [
        sharing(received=100),
        sharing(100, 0, received=100),
        sharing(150, -50, received=100),
        sharing(100, received=110, fee=-10, by=FeeBearer.RECEIVERS),
        BankSharing(Rial(100), Rial(0), FeeBearer.FUND, (BankShare(MembershipId(1), Rial(50)),) * 2),
    ],
)
def test_nobody_is_named_twice_and_nobody_gets_nothing(wrong: BankSharing) -> None:
    with pytest.raises(Refused):
        refuse_sharing(wrong)
