from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.codes import ALPHABET, make_code, read_code

randoms = st.binary(min_size=8, max_size=32)
lengths = st.integers(2, 18)


def test_no_two_characters_look_alike() -> None:
    assert not set(ALPHABET) & set("0O1IL2Z5S8BUV")
    assert len(set(ALPHABET)) == len(ALPHABET) == 19


@given(randoms, lengths)
def test_a_code_is_read_back(random: bytes, length: int) -> None:
    code = make_code(random, length)
    assert len(code) == length
    assert read_code(code, length) == code


@given(randoms, lengths)
def test_one_wrong_character_is_noticed(random: bytes, length: int) -> None:
    code = make_code(random, length)
    for place, right in enumerate(code):
        for wrong in ALPHABET.replace(right, ""):
            assert read_code(code[:place] + wrong + code[place + 1 :], length) is None


@given(randoms, lengths)
def test_two_characters_changed_over_are_noticed(random: bytes, length: int) -> None:
    code = make_code(random, length)
    for first, second in combinations(range(length), 2):
        swapped = list(code)
        swapped[first], swapped[second] = code[second], code[first]
        assert code[first] == code[second] or read_code("".join(swapped), length) is None


@given(randoms)
def test_a_code_is_read_as_people_type_it(random: bytes) -> None:
    code = make_code(random)
    persian = code.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    for typed in (
        code.lower(),
        f" {code[:3]}-{code[3:]} ",
        " ".join(code),
        "\u200c".join(persian),
        f"\u2068{code}\u2069",
    ):
        assert read_code(typed) == code


@pytest.mark.parametrize("typed", ["", "ACDFH", "ACDFHJK", "سلام", "OOOOOO", "A" * 5000])
def test_what_is_no_code(typed: str) -> None:
    assert read_code(typed) is None


@pytest.mark.parametrize(("random", "length"), [(b"short", 6), (bytes(8), 1), (bytes(8), 19)])
def test_a_code_needs_chance_and_room(random: bytes, length: int) -> None:
    with pytest.raises(ValueError, match="needed"):
        make_code(random, length)


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    assert read_code(text) is None or len(text) >= 6


def test_codes_of_posters_that_hang_already_stay_valid() -> None:
    assert read_code(make_code(bytes(range(8)))) == make_code(bytes(range(8))) == "HDFKCJ"
