from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.amounts import (
    ASK_BELOW,
    LONGEST_READ,
    MOST_NUMBERS,
    MOST_READ,
    Amount,
    Doubtful,
    Negative,
    NotAnAmount,
    TooLarge,
    Understood,
    Unreadable,
    read_amount,
    speaks_of_money,
)
from domain.money import Rial, Unit
from domain.persian import digits

amounts = st.integers(ASK_BELOW.rials, MOST_READ.rials).map(Rial)
round_amounts = st.integers(10, 10**9).map(lambda thousands: Rial.from_toman(thousands * 1000))


def toman(amount: int) -> Understood:
    return Understood(Rial.from_toman(amount))


def ask(*candidates: int) -> Doubtful:
    return Doubtful(tuple(map(Rial.from_toman, candidates)))


TAKEN = [
    ("۵۰۰ هزار تومان", 500_000),
    ("500 هزار تومن", 500_000),
    ("٥٠٠ هزار ت", 500_000),
    ("۵۰۰٬۰۰۰", 500_000),
    ("۵۰۰,۰۰۰", 500_000),
    ("۵۰۰،۰۰۰", 500_000),
    ("۵۰۰.۰۰۰", 500_000),
    ("500000", 500_000),
    ("５０００００", 500_000),
    ("५०००००", 500_000),
    ("5۰٠000", 500_000),
    ("۵۰۰ ۰۰۰ تومان", 500_000),
    ("1.500.000", 1_500_000),
    ("پانصد هزار تومان", 500_000),
    ("پانصدهزارتومان", 500_000),
    ("پانصد‌هزار تومان", 500_000),
    ("پونصد هزار تومن", 500_000),
    ("500هزارتومن", 500_000),
    ("۲ میلیون", 2_000_000),
    ("۲ ملیون", 2_000_000),
    ("۲ مليون", 2_000_000),
    ("۲ملیون", 2_000_000),
    ("۲M", 2_000_000),
    ("500k", 500_000),
    ("۱٫۵ میلیون", 1_500_000),
    ("۱/۵ میلیون", 1_500_000),
    ("۱.۵ میلیون", 1_500_000),
    ("یک و نیم میلیون", 1_500_000),
    ("یک‌ونیم میلیون", 1_500_000),
    ("یکونیم میلیون", 1_500_000),
    ("یک میلیون و نیم", 1_500_000),
    ("نیم میلیون", 500_000),
    ("نه میلیون", 9_000_000),
    ("نه و نیم میلیون", 9_500_000),
    ("هفت‌صد هزار", 700_000),
    ("سی‌صد هزار", 300_000),
    ("دویست و پنجاه هزار", 250_000),
    ("دویست‌وپنجاه‌هزار", 250_000),
    ("بیست و نه هزار", 29_000),
    ("۱۵۰۰ هزار تومان", 1_500_000),
    ("۲ میلیون و ۵۰۰ هزار", 2_500_000),
    ("دو میلیون، پانصد هزار تومان", 2_500_000),
    ("دو میلیون و هزار تومان", 2_001_000),
    ("۱۰ میلیون ریال", 1_000_000),
    ("۱۰ میلیون ﷼", 1_000_000),
    ("ریال ۵۰۰۰۰۰۰", 500_000),
    ("۱۰۰ هزار ریال", 10_000),
    ("۱۰٬۰۰۰ تومان", 10_000),
    ("من ۵۰۰ هزار تومان دادم", 500_000),
    ("پس‌انداز ۵۰۰ هزار تومان", 500_000),
    ("نه، ۵۰۰ هزار تومان", 500_000),
    ("👍 ۵۰۰ هزار", 500_000),
    ("5️⃣0️⃣0️⃣ هزار", 500_000),
    ("۵۰۰٬۰۰۰ تومان (پانصد هزار تومان)", 500_000),
    ("۵۰۰٬۰۰۰ تومان، برابر ۵٬۰۰۰٬۰۰۰ ریال", 500_000),
    ("نه صد هزار", 900_000),
    ("دو میلیون پنجاه و دو هزار", 2_052_000),
    ("دو میلیون و ۱۰۰۰ تومان", 2_001_000),
    ("۰.۵۰۰ میلیون", 500_000),
    ("۰ میلیون و ۵۰۰ هزار", 500_000),
    ("۵۰۰ هزار\nسلام", 500_000),
    ("، ".join(["۵۰۰ هزار تومان"] * MOST_NUMBERS), 500_000),
    ("۵۰۰ هزار تومان".ljust(LONGEST_READ), 500_000),
]

ASKED = [
    ("پونصد تومن", [500_000]),
    ("۲۰۰ تومن", [200_000]),
    ("۲۰۰ ت", [200_000]),
    ("صد تومن", [100_000]),
    ("۵۰۰", [500_000]),
    ("۵۰۰۰ تومان", [5_000_000, 5_000]),
    ("هزار تومان", [1_000]),
    ("نه هزار و نهصد تومان", [9_900]),
    ("۲ تومن", [2_000_000, 2_000]),
    ("بیست و پنج تومن", [25_000, 25_000_000]),
    ("۲ م", [2_000_000]),
    ("میلیون", [1_000_000]),
    ("۱.۵۰۰ میلیون", [1_500_000, 1_500_000_000]),
    ("۱/۵۰۰ میلیون", [1_500_000, 1_500_000_000]),
    ("۱,۵ میلیون", [1_500_000]),
    ("۵۰۰/۰۰۰ تومان", [500_000]),
    ("۲.۵", [2_500_000]),
    ("دو و نیم", [2_500_000]),
    ("دو میلیون و پانصد", [2_500_000, 2_000_500]),
    ("دو میلیون و پانصد تومان", [2_500_000, 2_000_500]),
    ("۲ میلیون ۵۰۰", [2_500_000, 2_000_500]),
    ("۵۰۰۰۰ ریال", [5_000, 50_000]),
    ("حدود ۵۰۰ هزار تومان", [500_000]),
    ("دست کم ۵۰۰ هزار", [500_000]),
    ("۵۰۰ هزار تومان ندادم", [500_000]),
    ("۵۰۰ هزار تومان نوبت ۳", [500_000]),
    ("۹۹۹۹ و", [9_999_000, 9_999]),
    ("۱/۵۰۰m ،", [1_500_000, 1_500_000_000]),
    ("۲ م و ۵۰۰ هزار", [2_500_000]),
    ("۲ م و نیم", [2_500_000]),
    ("۲ م و ۱۰۰۰ تومان", [2_001_000]),
    ("۱,۰ و نیم میلیون", [1_500_000]),
    ("یک\nت", [1_000_000, 1_000]),
    ("۵۰۰\nok", [500_000]),
    ("– یک", [1_000_000, 1_000]),
    ("صد و نه", [109_000]),
    ("ده تومان نوبت ۱", [10_000, 10_000_000]),
    ("ده", [10_000, 10_000_000]),
    ("۱۰۰۰", [1_000_000, 1_000]),
    ("۱۰۰۰۰ ریال", [1_000, 10_000]),
    ("۱.۰۰۰ میلیارد", [1_000_000_000, 1_000_000_000_000]),
    ("۱ تومان و ۵ ریال", [1_000_000, 1_000]),
    ("5000.00", [5_000]),
]

REFUSED = [
    ("-۵۰۰", Negative()),
    ("−۵۰۰ هزار", Negative()),
    ("- ۵۰۰ هزار", Negative()),
    ("۵۰۰ کم کن", Negative()),
    ("منفی پانصد هزار تومان", Negative()),
    ("سلام", NotAnAmount()),
    ("نه", NotAnAmount()),
    ("تو", NotAnAmount()),
    ("و", NotAnAmount()),
    ("", NotAnAmount()),
    ("👍", NotAnAmount()),
    ("0", Unreadable()),
    ("5,00,000", Unreadable()),
    ("1,500.000", Unreadable()),
    ("۵۰۰ هزار یا ۶۰۰ هزار", Unreadable()),
    ("۵۰۰-۶۰۰ هزار", Unreadable()),
    ("۵۰۰\n۶۰۰", Unreadable()),
    ("۱۰۰ هزار و پنج میلیون", Unreadable()),
    ("۵۰۰۰۰۰ هزار", Unreadable()),
    ("۱/۳۳۳۳۳۳۳ میلیون ریال", Unreadable()),
    ("۱½ میلیون", Unreadable()),
    ("۵۰۰²", Unreadable()),
    ("۵۰٪", Unreadable()),
    ("۲۰ نفر", Unreadable()),
    ("۱۵ آبان", Unreadable()),
    ("پنج تا صد تومنی", Unreadable()),
    ("۵۰۰ هزار تومان برای ۲ نفر", Unreadable()),
    ("۵۰۰ دلار", Unreadable()),
    ("نصف ۵۰۰ هزار تومان", Unreadable()),
    ("09121234567", Unreadable()),
    ("6037-9912-3456-7890", Unreadable()),
    ("6037 9912 3456 7890", Unreadable()),
    ("1404/8/15", Unreadable()),
    ("AC9F34", Unreadable()),
    ("https://example.org/500000", Unreadable()),
    ("6037991234567890", TooLarge()),
    ("۹" * 4000, TooLarge()),
    ("دو تریلیون تومان", TooLarge()),
    ("۱" * (LONGEST_READ + 1), Unreadable()),
    ("، ".join(["۵۰۰ هزار تومان"] * (MOST_NUMBERS + 1)), Unreadable()),
    ("پس –۵۰۰", Negative()),
    ("پس –۵", Negative()),
    ("- ۱/۵ میلیون", Negative()),
    ("م", NotAnAmount()),
    ("ok", NotAnAmount()),
    ("سلام -", NotAnAmount()),
    ("ممنون، نه", NotAnAmount()),
    ("و نه", NotAnAmount()),
    ("سه ۱ ۱۰ و", Unreadable()),
    ("یک هزار هزار", Unreadable()),
    ("۵ هزار و نیم", Unreadable()),
    ("هزار ۹۹۹۹", Unreadable()),
    ("دو میلیون و ۵۰۰/۰۰۰", Unreadable()),
    ("۲ هزار و ۱۰۰۰", Unreadable()),
    ("۱۵۰۰ و نیم", Unreadable()),
    ("دو میلیون، و نیم هزار", Unreadable()),
    ("۱.۵۰۰ و نیم میلیون", Unreadable()),
    ("پانصد نیم پنج", Unreadable()),
    ("۵۰۰ هزار تومان ۵ ریال", Unreadable()),
    ("۵۰۰ هزار تومان و ۱۰ ریال", Unreadable()),
    ("۵۰۰ هزار تومان و ۰ ریال", Unreadable()),
    ("۵۰۰ هزار تومان و ۵ ریال و ۷", Unreadable()),
    ("ریال تومان ۵۰۰ هزار", Unreadable()),
    ("x2", Unreadable()),
    ("2x", Unreadable()),
    ("ب 2x", Unreadable()),
    ("x2 ب", Unreadable()),
    ("٪", Unreadable()),
    ("۱۰۰۰۰ هزار", Unreadable()),
    ("۵۰۰ ۰۰۰ هزار", Unreadable()),
]


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
