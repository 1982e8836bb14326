from __future__ import annotations

import csv
from pathlib import Path

import pytest

from domain.places import Place, Places, PlacesUnreadable

FOLDER = Path(__file__).parents[2] / "places"
HEADER = "code,province,county\n"


@pytest.fixture(scope="module")
def places() -> Places:
    return Places.from_csv((FOLDER / "counties.csv").read_text(encoding="utf-8"))


def test_the_list_has_every_province(places: Places) -> None:
    assert len(places.provinces) == 31
    assert {"تهران", "کهگیلویه و بویراحمد", "خراسان جنوبی", "البرز"} <= set(places.provinces)


def test_every_province_has_its_centre_and_one_number(places: Places) -> None:
    for province in places.provinces:
        counties = places.counties(province)
        assert len(counties) >= 3
        assert len({place.code[:2] for place in counties}) == 1


@pytest.mark.parametrize("letter", ["ي", "ك", "\u200f", "  ", "‌ "])
def test_the_list_is_clean(places: Places, letter: str) -> None:
    assert not [place for place in places.all if letter in place.province + "|" + place.county]


def test_a_county_is_found_by_its_code(places: Places) -> None:
    for place in places.all:
        assert places.by_code(place.code) is place
    assert places.by_code("99-99") is None


def test_every_name_finds_itself(places: Places) -> None:
    for place in places.all:
        assert places.near(place.county, place.province) == (place,)
        assert places.find_province(place.province) == place.province


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("فارس", "فارس"),
        ("استان فارس", "فارس"),
        ("کرمان", "کرمان"),
        ("كرمانشاه", "کرمانشاه"),
        ("سیستان", "سیستان و بلوچستان"),
        ("سيستان وبلوچستان", "سیستان و بلوچستان"),
        ("چهار محال و بختیاری", "چهارمحال و بختیاری"),
        ("کهکیلویه و بویراحمد", "کهگیلویه و بویراحمد"),
        ("استان خراسان رضوی", "خراسان رضوی"),
        ("خراسان", None),
        ("آذربایجان", None),
        ("پاریس", None),
        ("", None),
    ],
)
def test_a_province_is_found_as_people_write_it(places: Places, typed: str, meant: str | None) -> None:
    assert places.find_province(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("قائم شهر", "قائم‌شهر"),
        ("قائمشهر", "قائم‌شهر"),
        ("قایم شهر", "قائم‌شهر"),
        ("شهرستان نیشابور", "نیشابور"),
        ("چاه بهار", "چابهار"),
        ("انزلی", "بندر انزلی"),
        ("نجف اباد", "نجف‌آباد"),
        ("خمینی شهر", "خمینی‌شهر"),
        ("اسلام آباد", "اسلام‌آباد غرب"),
    ],
)
def test_a_county_is_suggested_first(places: Places, typed: str, meant: str) -> None:
    assert places.near(typed)[0].county == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("شهرستان مرودش", "مرودشت"),
        ("شهرستان بندر لنگه", "بندر لنگه"),
        ("شهرستان قائم شهر", "قائم‌شهر"),
    ],
)
def test_a_first_word_may_only_say_county(places: Places, typed: str, meant: str) -> None:
    assert places.near(typed)[0].county == meant


def test_a_search_within_a_province_stays_there(places: Places) -> None:
    assert {place.province for place in places.near("آباد", "اصفهان")} == {"اصفهان"}


def test_suggestions_are_few(places: Places) -> None:
    assert 1 < len(places.near("شهر")) <= 5


@pytest.mark.parametrize("typed", ["", "   ", "‌", "zzzz", "؟"])
def test_nothing_is_suggested_for_nothing(places: Places, typed: str) -> None:
    assert places.near(typed) == ()


def test_a_spreadsheets_mark_and_empty_lines_do_no_harm() -> None:
    read = Places.from_csv("\ufeff" + HEADER + "\n01-01, گیلان ,رشت\n,,\n")
    assert read.all == (Place("01-01", "گیلان", "رشت"),)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "first line"),
        ("code,county\n", 1, "first line"),
        (HEADER + "01-01,گیلان\n", 2, "3 filled columns"),
        (HEADER + "01-01,گیلان,\n", 2, "3 filled columns"),
        (HEADER + "01-01,گیلان,رشت\n1-2,گیلان,فومن\n", 3, "'1-2'"),
        (HEADER + "۰۱-۰۲,گیلان,فومن\n", 2, "not like"),
        (HEADER + "01-01,گیلان,رشت\n01-01,گیلان,فومن\n", 3, "already"),
        (HEADER + "01-01,گیلان,رشت\n01-02,گیلان,رشت\n", 3, "already"),
        (HEADER + "01-01,گيلان,رشت\n", 2, "Arabic"),
    ],
)
def test_a_wrong_line_is_named(text: str, line: int, says: str) -> None:
    with pytest.raises(PlacesUnreadable, match=says) as caught:
        Places.from_csv(text)
    assert caught.value.line == line
    assert f"line {line}" in str(caught.value)


def test_the_list_of_offices_names_its_columns() -> None:
    rows = list(csv.reader((FOLDER / "offices.csv").read_text(encoding="utf-8").splitlines()))
    assert rows[0] == ["province", "county", "office", "address", "phone"]
