"""Per cents as people write them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.figures import read_count, read_per_cent
from domain.persian import decimal

hundredths = st.integers(0, 99_99).map(lambda many: Fraction(many, 100))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("۱۲", Fraction(12)),
        ("12%", Fraction(12)),
        ("۱۲ درصد", Fraction(12)),
        ("٪۱۲", Fraction(12)),
        ("دوازده درصد", Fraction(12)),
        ("۱/۵", Fraction(3, 2)),
        ("۱٫۵ درصد", Fraction(3, 2)),
        ("1.25", Fraction(5, 4)),
        ("یک و نیم", Fraction(3, 2)),
        ("یک‌ونیم درصد", Fraction(3, 2)),
        ("نیم درصد", Fraction(1, 2)),
        ("صفر", Fraction(0)),
        ("۹" * 30, Fraction(10**30 - 1)),
    ],
)
def test_a_per_cent_is_read_as_it_is_written(typed: str, meant: Fraction) -> None:
    assert read_per_cent(typed) == meant


@pytest.mark.parametrize(
    "typed", ["", "درصد", "سالی ۱۲", "۱۲ تومان", "-2", "1/2/3", "زیاد", "و نیم ها", "خیلی و نیم", "۹" * 31]
)
def test_what_is_no_per_cent_is_not_guessed(typed: str) -> None:
    assert read_per_cent(typed) is None


@given(hundredths)
def test_what_is_shown_is_read_back(number: Fraction) -> None:
    assert read_per_cent(decimal(number)) == number


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("۶", 6),
        ("شش", 6),
        ("۶ ماه", 6),
        ("شش‌ماهه", 6),
        ("۱۰ تا قسط", 10),
        ("بیست و پنج نفر", 25),
        ("سه برابر", 3),
        ("۲۵ درصد", 25),
        ("۹" * 30, 10**30 - 1),
    ],
)
def test_a_count_is_read_with_what_is_counted(typed: str, meant: int) -> None:
    assert read_count(typed) == meant


@pytest.mark.parametrize("typed", ["", "ماه", "۶ تا ۸", "دو سه ماه", "۱٫۵ ماه", "-۶ ماه", "ماه ۶", "۹" * 31])
def test_what_is_not_one_count_is_not_read(typed: str) -> None:
    assert read_count(typed) is None
