from __future__ import annotations

import pytest

from domain.county_offices import CountyOffice, OfficeKind, OfficesUnreadable, offices_in, read_offices
from domain.places import Place

HEAD = "province,county,office,address,phone\n"
SHIRAZ = Place("07-23", "فارس", "شیراز")


def test_both_offices_are_named_even_where_nothing_is_known() -> None:
    assert offices_in(HEAD, SHIRAZ) == (
        CountyOffice(OfficeKind.COOPERATIVES_LABOUR_WELFARE),
        CountyOffice(OfficeKind.WELFARE),
    )


def test_what_the_administrator_entered_is_shown_for_its_county() -> None:
    text = HEAD + 'فارس,شيراز,welfare,"بلوار زند، کوچهٔ ۴",071-32300000\nیزد,یزد,welfare,خیابان کاشانی,\n'
    assert offices_in(text, SHIRAZ) == (
        CountyOffice(OfficeKind.COOPERATIVES_LABOUR_WELFARE),
        CountyOffice(OfficeKind.WELFARE, "بلوار زند، کوچهٔ ۴", "071-32300000"),
    )


def test_a_spreadsheets_mark_does_no_harm() -> None:
    assert list(read_offices("\ufeff" + HEAD)) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("province,county\n", 1),
        (HEAD + "فارس,شیراز,welfare,\n", 2),
        (HEAD + "\nفارس,شیراز,bank,,\n", 3),
    ],
)
def test_a_wrong_line_is_named(text: str, line: int) -> None:
    with pytest.raises(OfficesUnreadable, match=f"line {line}") as problem:
        list(read_offices(text))
    assert problem.value.line == line
