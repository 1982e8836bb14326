from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.amounts import (
    ASK_BELOW,
    LONGEST_READ,
    MOST_READ,
    Amount,
    Doubtful,
    Negative,
    NotAnAmount,
    TooLarge,
    Understood,
    Unreadable,
    read_amount,
    says_zero,
    speaks_of_money,
)
from domain.money import Rial, Unit
from domain.persian import digits
from tests.domain.amounts import ASKED, REFUSED, TAKEN, ask, toman

amounts = st.integers(ASK_BELOW.rials, MOST_READ.rials).map(Rial)
round_amounts = st.integers(10, 10**9).map(lambda thousands: Rial.from_toman(thousands * 1000))


@pytest.mark.parametrize(("typed", "meant"), TAKEN)
def test_a_clear_amount_is_taken(typed: str, meant: int) -> None:
    assert read_amount(typed, Unit.TOMAN) == toman(meant)


@pytest.mark.parametrize(("typed", "candidates"), ASKED)
def test_a_doubtful_amount_is_asked_back(typed: str, candidates: list[int]) -> None:
    assert read_amount(typed, Unit.TOMAN) == ask(*candidates)


@pytest.mark.parametrize(("typed", "answer"), REFUSED)
def test_what_is_no_amount_is_said_to_be_none(typed: str, answer: Amount) -> None:
    assert read_amount(typed, Unit.TOMAN) == answer


@pytest.mark.parametrize("third", ["", "، ۵۰۰۰۰۰۵ ریال"])
def test_the_few_rials_beyond_the_toman_belong_to_the_amount(third: str) -> None:
    assert read_amount(f"۵۰۰ هزار تومان و ۵ ریال{third}", Unit.TOMAN) == Understood(Rial(5_000_005))


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("۵۰۰ تومان", True),
        ("سلام ریال", True),
        ("۵۰۰", False),
        ("", False),
        ("تومان".ljust(LONGEST_READ), True),
        ("تومان".ljust(LONGEST_READ + 1), False),
    ],
)
def test_who_names_a_unit_speaks_of_money(text: str, *, speaks: bool) -> None:
    assert speaks_of_money(text) is speaks


def test_without_a_spoken_unit_the_groups_unit_counts() -> None:
    assert read_amount("۵٬۰۰۰٬۰۰۰", Unit.RIAL) == toman(500_000)
    assert read_amount("پنج میلیون", Unit.RIAL) == toman(500_000)
    assert read_amount("پانصد هزار تومان", Unit.RIAL) == toman(500_000)
    assert read_amount("۵۰۰", Unit.RIAL) == ask(50_000)


@given(amounts)
def test_an_amount_is_read_back_from_how_it_is_shown(amount: Rial) -> None:
    assert read_amount(amount.in_toman, Unit.TOMAN) == Understood(amount)
    assert read_amount(amount.in_rial, Unit.TOMAN) == Understood(amount)


@given(amounts | round_amounts)
def test_an_amount_in_words_is_read_back_or_asked(amount: Rial) -> None:
    """Only a few toman right after millions are asked about, for in speech they would be thousands."""
    toman_only = amount.rials // 10
    loose = toman_only % 10**6 < 1000 and toman_only % 1000 != 0
    answer = read_amount(amount.words, Unit.TOMAN)
    if loose and not amount.rials % 10:
        assert isinstance(answer, Doubtful)
        assert amount in answer.candidates
    elif not loose:
        assert answer == Understood(amount)


@given(round_amounts, st.sampled_from(["{} تومان", "مبلغ {} تومن واریز شد", "{}", "({})"]))
def test_words_around_an_amount_change_nothing(amount: Rial, sentence: str) -> None:
    assert read_amount(sentence.format(digits(amount.toman)), Unit.TOMAN) == Understood(amount)


PIECES = [
    "۵۰۰",
    "1.5",
    "هزار",
    "میلیون",
    "و",
    "نیم",
    "تومان",
    "ریال",
    "-",
    "/",
    "،",
    "نه",
    "صد",
    "دو",
    "م",
    "کم",
    "۵",
]


@given(
    st.text()
    | st.lists(st.sampled_from(PIECES)).map(" ".join)
    | st.lists(st.sampled_from(PIECES)).map("".join)
)
def test_any_text_gets_an_answer_and_only_sensible_amounts(text: str) -> None:
    match read_amount(text, Unit.TOMAN):
        case Understood(amount):
            assert ASK_BELOW <= amount <= MOST_READ
        case Doubtful(candidates):
            assert 1 <= len(candidates) <= 3
            assert all(Rial(0) < amount <= MOST_READ for amount in candidates)
            assert len(set(candidates)) == len(candidates)
        case Unreadable() | NotAnAmount() | Negative() | TooLarge():
            pass


@pytest.mark.parametrize("piece", ["۵ ", "و", "صد", "۵۰۰ هزار تومان و ۵ ریال ", "ﷺ", "1,", "یک و نیم ", "نه"])
def test_the_longest_text_gets_an_answer(piece: str) -> None:
    text = (piece * LONGEST_READ)[:LONGEST_READ]
    assert not isinstance(read_amount(text, Unit.TOMAN), Understood)


@pytest.mark.parametrize(
    "text",
    ["۰", "0", "صفر", "هیچی", "هیچ", "۰ تومان", " صفر  ریال ", "۰ میلیون", "صفر".ljust(LONGEST_READ)],
)
def test_a_zero_or_a_word_for_it_says_nothing(text: str) -> None:
    assert says_zero(text)


@pytest.mark.parametrize(
    "text",
    ["", "۵", "-۰", "۰۰", "۰ ۰", "حدود ۰", "هیچ پولی", "هیچ ۵ تومان", "تومان", "۰" * (LONGEST_READ + 1)],
)
def test_anything_else_does_not(text: str) -> None:
    assert not says_zero(text)
