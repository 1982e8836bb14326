from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.identity import Phone, contact_phone, read_phone

MINE = Phone("+989121234567")


@pytest.mark.parametrize(
    "typed",
    [
        "09121234567",
        "۰۹۱۲۱۲۳۴۵۶۷",
        "٠٩١٢١٢٣٤٥٦٧",
        "9121234567",
        "+989121234567",
        "00989121234567",
        "989121234567",
        " 0912 123 45 67 ",
        "0912-123-4567",
        "(0912) 123.4567",
        "\u2068۰۹۱۲‌۱۲۳۴۵۶۷\u2069",
        "09121234567".rjust(41),
    ],
)
def test_a_typed_number_is_read(typed: str) -> None:
    assert read_phone(typed) == MINE


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "0912123456",
        "091212345678",
        "02188776655",
        "+4915112345678",
        "سلام",
        "0912123456a",
        "0" * 5000,
        "09121234567".rjust(42),
    ],
)
def test_what_is_no_mobile_number(typed: str) -> None:
    assert read_phone(typed) is None


@pytest.mark.parametrize("raw", [989121234567, 9121234567, "989121234567", "+98 912 123 4567", "09121234567"])
def test_a_shared_contact_is_read(raw: str | int) -> None:
    assert contact_phone(raw) == MINE


@pytest.mark.parametrize("raw", ["+49 151 12345678", "4915112345678", 4915112345678, "004915112345678"])
def test_a_shared_contact_may_be_foreign(raw: str | int) -> None:
    phone = contact_phone(raw)
    assert phone == Phone("+4915112345678")
    assert phone.shown == "+4915112345678"


@pytest.mark.parametrize("raw", ["", 0, 112, "+1234567890123456", "abc"])
def test_what_is_no_contact(raw: str | int) -> None:
    assert contact_phone(raw) is None


def test_a_number_is_shown_as_it_is_dialled_and_may_be_masked() -> None:
    assert MINE.shown == "09121234567"
    assert MINE.masked == "0912•••••67"


@pytest.mark.parametrize("wrong", ["09121234567", "+0123456789", "+98912123456x", "+1"])
def test_only_international_numbers_are_kept(wrong: str) -> None:
    with pytest.raises(ValueError, match="telephone"):
        Phone(wrong)


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    assert read_phone(text) is None or contact_phone(text) is not None
