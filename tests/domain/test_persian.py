from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.number_words import number_from_words
from domain.persian import (
    clean_group_name,
    clean_line,
    clean_name,
    decimal,
    digits,
    fold,
    grouped,
    normalise,
    ordinal_words,
    part_words,
    words,
)

ZWNJ = "\u200c"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("كتابي", "کتابی"),
        ("٠١٢٣٤٥٦٧٨٩", "0123456789"),
        ("۰۱۲۳۴۵۶۷۸۹", "0123456789"),
        ("５०𝟓", "505"),
        ("پس‌انداز", "پس انداز"),
        ("\u202b۵\u202c\u200f\u2068۵\u2069", "55"),
        ("شنبهٔ", "شنبه"),
        ("خانۀ", "خانه"),
        ("هِزار", "هزار"),
        ("ســلام", "سلام"),
        ("ﺳﻼﻡ", "سلام"),
        ("  یک \n دو\t", "یک دو"),
        ("5️⃣", "5"),
        ("²½", "²½"),
        ("\u3164", ""),
        ("\ufb50", "ا"),
        ("\ufe70", ""),
    ],
)
def test_what_looks_the_same_is_spelt_the_same(typed: str, read: str) -> None:
    assert normalise(typed) == read


@given(st.text())
def test_a_normal_spelling_stays(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text())
def test_a_key_stays(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "spelling", ["پس‌انداز", "پس انداز", "پسانداز", " پس‌انداز! ", "✅ پس‌انداز", "«پس انداز»"]
)
def test_joiner_blank_and_nothing_are_the_same_key(spelling: str) -> None:
    assert fold(spelling) == fold("پس‌انداز")


def test_signs_are_the_key_where_there_is_nothing_else() -> None:
    assert fold("👍") == "👍"
    assert fold("+ +") == "++"
    assert fold("تأیید") == fold("تایید") == fold("تائید")
    assert fold("MENU") == fold("menu")


def test_figures() -> None:
    assert digits(1404) == "۱۴۰۴"
    assert digits("08/15") == "۰۸/۱۵"
    assert grouped(1_234_567) == "۱٬۲۳۴٬۵۶۷"
    assert grouped(-5_000) == "\u200e−۵٬۰۰۰"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (Fraction(0), "۰"),
        (Fraction(100), "۱۰۰"),
        (Fraction(3, 2), "۱٫۵"),
        (Fraction(1, 20), "۰٫۰۵"),
        (Fraction(5, 3), "۱٫۶۷"),
        (Fraction(1999, 1000), "۲"),
    ],
)
def test_a_number_is_shown_with_no_more_places_than_it_needs(number: Fraction, shown: str) -> None:
    assert decimal(number) == shown


SPELT = [
    (0, "صفر"),
    (1, "یک"),
    (19, "نوزده"),
    (21, "بیست و یک"),
    (100, "صد"),
    (305, "سیصد و پنج"),
    (1_000, "هزار"),
    (1_404, "هزار و چهارصد و چهار"),
    (250_000, "دویست و پنجاه هزار"),
    (1_001_000, "یک میلیون و هزار"),
    (10**18, "یک کوینتیلیون"),
]


@pytest.mark.parametrize(("number", "spelt"), SPELT)
def test_numbers_are_spelt_and_read(number: int, spelt: str) -> None:
    assert words(number) == spelt
    assert number_from_words(spelt) == number


def test_there_is_an_end_to_spelling() -> None:
    assert words(-2) == "منفی دو"
    with pytest.raises(ValueError, match="too large"):
        words(10**18 + 1)


@given(st.integers(0, 10**18), st.sampled_from([" ", "", ZWNJ]))
def test_a_spelt_number_is_read_however_it_is_spaced(number: int, between: str) -> None:
    assert number_from_words(words(number).replace(" ", between)) == number


@pytest.mark.parametrize(
    ("spoken", "number"),
    [("پونصد", 500), ("هفت صد", 700), ("سی‌صد", 300), ("شیش هزار", 6_000), ("دویست پنجاه", 250)],
)
def test_speech_is_read(spoken: str, number: int) -> None:
    assert number_from_words(spoken) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "سلام",
        "صد دویست",
        "پنج بیست",
        "صد و",
        "و صد",
        "صد و و پنج",
        "هزار میلیون",
        "۵",
        "ده و پنج",
        "هزار هزار",
        "سی ده",
    ],
)
def test_what_is_no_spelt_number(text: str) -> None:
    assert number_from_words(text) is None


@given(st.text())
def test_any_text_may_be_read_as_words(text: str) -> None:
    assert number_from_words(text) is None or isinstance(number_from_words(text), int)


def test_places_in_a_row() -> None:
    spelt = ["اول", "دوم", "سوم", "چهارم", "سی‌ام", "سی و یکم", "بیست و سوم"]
    assert [ordinal_words(number) for number in (1, 2, 3, 4, 30, 31, 23)] == spelt


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  زهرا   سادات ", "زهرا سادات"),
        ("علي اكبر", "علی اکبر"),
        ("فاطمه‌زهرا", "فاطمه‌زهرا"),
        ("‌مریم‌ ‌", "مریم"),
        ("مر‌‌یم", "مر‌یم"),
        ("*م_ر`ی[م]*", "مریم"),
        ("<b>A&B</b>", "bAB/b"),
        ("مریم\u202eابجد\u2066\u200b\ufeff", "مریمابجد"),
        ("مریم\nاحمدی", "مریم احمدی"),
        ("۱۲۳", ""),
        ("👍", ""),
        ("\u3164 \u200c", ""),
        ("ا" * 61, "ا" * 60),
    ],
)
def test_a_name_is_cleaned(typed: str, name: str) -> None:
    assert clean_name(typed) == name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("گروه یاس", "یاس"),
        ("یاس", "یاس"),
        ("گروهان", "گروهان"),
        (" گروه\u200f  یاس ", "یاس"),
        ("گروه", "گروه"),
        ("ی" * 61, "ی" * 60),
    ],
)
def test_a_group_is_not_called_a_group_twice(typed: str, name: str) -> None:
    assert clean_group_name(typed) == name


@given(st.text(st.sampled_from(f"مریم آئةيكـىِ ۵5a{ZWNJ}*"), max_size=8), st.integers(1, 8))
def test_a_line_that_needs_no_cleaning_is_as_if_it_were_cleaned(text: str, limit: int) -> None:
    assert clean_line(text, limit) == clean_line(f"*{text}*", limit)


@given(st.text(), st.integers(1, 30))
def test_a_cleaned_line_is_short_plain_and_stays(text: str, limit: int) -> None:
    line = clean_line(text, limit)
    assert len(line) <= limit
    assert not set(line) & set("*_`[]<>&\n\r\u202e\u2066\u200b")
    assert clean_line(line, limit) == line
    line.encode()


def test_a_joiner_at_the_cut_goes() -> None:
    assert clean_line(f"*نی{ZWNJ}م", 3) == "نی"


def test_a_part_of_a_whole_is_spelt_out() -> None:
    parts = (Fraction(1, 2), Fraction(2, 3), Fraction(3, 4), Fraction(1, 3))
    assert [part_words(part) for part in parts] == ["نصف", "دو سوم", "سه چهارم", "یک سوم"]
