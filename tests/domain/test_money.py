from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.money import AmountTooLarge, NotWholeToman, Rial


def test_rials_are_reckoned_with() -> None:
    usual = Rial.from_toman(500_000)
    assert usual == Rial(5_000_000)
    assert usual.toman == 500_000
    assert 3 * usual == usual * 3 == usual + usual + usual
    assert usual - usual == Rial(0)
    assert -usual < Rial(0) < usual
    assert abs(-usual) == usual
    assert Rial(7) // 2 == Rial(3)
    assert sum([usual, usual], Rial(0)) == 2 * usual
    assert len({usual, Rial(5_000_000)}) == 1
    assert usual
    assert not Rial(0)


def test_a_rial_is_never_printed_as_it_is() -> None:
    amount = Rial(5_000_000)
    assert repr(amount) == "Rial(5000000)"
    with pytest.raises(TypeError):
        str(amount)
    with pytest.raises(TypeError):
        f"{amount}"
    with pytest.raises(TypeError):
        f"{amount:,}"


@pytest.mark.parametrize("outside", [2**63, -(2**63) - 1])
def test_an_amount_beyond_the_books_is_refused(outside: int) -> None:
    with pytest.raises(AmountTooLarge):
        Rial(outside)


def test_sums_beyond_the_books_are_refused() -> None:
    with pytest.raises(AmountTooLarge):
        Rial(Rial.MOST) + Rial(1)
    with pytest.raises(AmountTooLarge):
        -Rial(Rial.LEAST)


@pytest.mark.parametrize("value", [1.5, True, "5"])
def test_only_whole_numbers_are_rials(value: int) -> None:
    with pytest.raises(TypeError):
        Rial(value)


@pytest.mark.parametrize("by", [1.5, True])
def test_rials_are_multiplied_and_shared_by_whole_numbers_only(by: int) -> None:
    with pytest.raises(TypeError):
        Rial(10) * by
    with pytest.raises(TypeError):
        Rial(10) // by


def test_odd_rials_have_no_toman() -> None:
    with pytest.raises(NotWholeToman):
        _ = Rial(15).toman


FORMS = [
    (5_000_000, "۵۰۰٬۰۰۰ تومان", "۵٬۰۰۰٬۰۰۰ ریال", "پانصد هزار تومان"),
    (5_000_005, "۵۰۰٬۰۰۰ تومان و ۵ ریال", "۵٬۰۰۰٬۰۰۵ ریال", "پانصد هزار تومان و پنج ریال"),
    (5, "۵ ریال", "۵ ریال", "پنج ریال"),
    (0, "۰ تومان", "۰ ریال", "صفر تومان"),
    (10_000, "۱٬۰۰۰ تومان", "۱۰٬۰۰۰ ریال", "هزار تومان"),
    (-2_000_000, "\u200e−۲۰۰٬۰۰۰ تومان", "\u200e−۲٬۰۰۰٬۰۰۰ ریال", "منفی دویست هزار تومان"),
    (-15, "\u200e−۱ تومان و ۵ ریال", "\u200e−۱۵ ریال", "منفی یک تومان و پنج ریال"),
]


@pytest.mark.parametrize(("rials", "in_toman", "in_rial", "words"), FORMS)
def test_an_amount_has_three_forms(rials: int, in_toman: str, in_rial: str, words: str) -> None:
    amount = Rial(rials)
    assert (amount.in_toman, amount.in_rial, amount.words) == (in_toman, in_rial, words)


@given(st.integers(Rial.LEAST, Rial.MOST).map(Rial))
def test_every_amount_can_be_shown(amount: Rial) -> None:
    assert amount.in_toman
    assert amount.in_rial
    assert amount.words
