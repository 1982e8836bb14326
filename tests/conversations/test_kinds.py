from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from conversations.engine import Choice, Kind, Unread
from conversations.kinds import (
    CONFIRM,
    NAME,
    PHONE,
    YES_NO,
    Amount,
    DayOf,
    Doubt,
    DoubtfulDay,
    Later,
    Line,
    PictureOrLater,
    ProvenPhone,
    Whole,
    options,
)
from conversations.place_kinds import CountyOf, ProvinceOf, SeveralCounties, SeveralProvinces
from conversations.replies import Pictured, Pressed, Reply, Said, Shared
from conversations.rule_kinds import Charge, RateOf
from domain.codec import Json
from domain.ids import PictureId
from domain.loan_terms import Period, Rate
from domain.money import Rial, Unit
from domain.places import Place, Places

TODAY = date(2026, 4, 4)  # Saturday, 15 Farvardin 1405
MONEY = Amount(Unit.TOMAN, (Rial(5_000_000),))
FINE = Charge(Unit.TOMAN, (), most=Rial(5_000_000))
MONTHLY = RateOf(Period.MONTH, (Fraction(1),), most=Fraction(5))
DAY = DayOf(TODAY, (date(2026, 4, 11),))
COUNT = Whole(least=2, most=30)
TWELVE = Whole(choices=(Choice("12", "amount"),))
PLACES = Places.from_csv("code,province,county\n07-23,فارس,شیراز\n21-12,یزد,یزد\n")
SHIRAZ = Place("07-23", "فارس", "شیراز")
WHO = options([("7", "person", {"name": "مریم"}, "m"), ("9", "person", {"name": "زهرا"}, "z")])
HERS = ProvenPhone("+989121234567", proven=True)
FOREIGN = ProvenPhone("+4915112345678", proven=False)

UNDERSTOOD: list[tuple[Kind[object], Reply, Json, object]] = [
    (MONEY, Pressed("5000000"), 5_000_000, Rial(5_000_000)),
    (MONEY, Said("۶۰۰ هزار تومان"), 6_000_000, Rial(6_000_000)),
    (MONEY, Said("۱۰ میلیون ریال"), 10_000_000, Rial(10_000_000)),
    (MONEY, Said("۵۰۰"), [5_000_000], Doubt((Rial(5_000_000),))),
    (FINE, Said("۵۰۰ هزار تومان"), 5_000_000, Rial(5_000_000)),
    (MONTHLY, Said("۵"), "5", Rate(Fraction(5), Period.MONTH)),
    (DAY, Pressed("2026-04-11"), "2026-04-11", date(2026, 4, 11)),
    (DAY, Said("فردا"), "2026-04-05", date(2026, 4, 5)),
    (COUNT, Said("۱۶"), 16, 16),
    (COUNT, Said("شانزده"), 16, 16),
    (COUNT, Said("۲"), 2, 2),
    (COUNT, Said("سی"), 30, 30),
    (TWELVE, Pressed("12"), 12, 12),
    (Whole(most=10**9), Said("۱۲۳۴۵۶۷۸۹"), 123_456_789, 123_456_789),
    (Amount(Unit.RIAL, (Rial(1),)), Pressed("1"), 1, Rial(1)),
    (DayOf(TODAY, past=True), Said("جمعه"), "2026-04-03", date(2026, 4, 3)),
    (WHO, Pressed("9"), "9", "z"),
    (YES_NO, Pressed("no"), "no", False),
    (CONFIRM, Pressed("confirm"), "confirm", True),
    (NAME, Said("  مریم   *احمدی* "), "مریم احمدی", "مریم احمدی"),
    (Line(limit=5), Said("یک جملهٔ بلند"), "یک جم", "یک جم"),
    (PHONE, Said("۰۹۱۲ ۱۲۳ ۴۵۶۷"), ["+989121234567", False], ProvenPhone("+989121234567", proven=False)),
    (
        PHONE,
        Shared("989121234567", own=True),
        ["+989121234567", True],
        ProvenPhone("+989121234567", proven=True),
    ),
    (
        PHONE,
        Shared("+4915112345678", own=False),
        ["+4915112345678", False],
        ProvenPhone("+4915112345678", proven=False),
    ),
    (PictureOrLater(), Pictured(PictureId(4)), 4, PictureId(4)),
    (PictureOrLater(), Pressed("later"), "later", Later()),
]

NOT_UNDERSTOOD: list[tuple[Kind[object], Reply, str]] = [
    (MONEY, Pressed("6000000"), "common.amount_unread"),
    (MONEY, Said("سلام"), "common.amount_unread"),
    (MONEY, Said("-۵۰۰۰۰۰"), "common.amount_negative"),
    (MONEY, Said("۹" * 30), "common.amount_too_large"),
    (MONEY, Shared("09121234567", own=True), "common.amount_unread"),
    (FINE, Said("۵۰۱ هزار تومان"), "common.charge_too_large"),
    (MONTHLY, Said("۵٫۰۱"), "common.rate_unread"),
    (DAY, Pressed("2026-04-12"), "common.day_unread"),
    (DAY, Said("یک روزی"), "common.day_unread"),
    (DAY, Pictured(PictureId(1)), "common.day_unread"),
    (COUNT, Said("1"), "common.count_unread"),
    (COUNT, Said("31"), "common.count_unread"),
    (COUNT, Said("۹" * 40), "common.count_unread"),
    (COUNT, Said("خیلی"), "common.count_unread"),
    (COUNT, Pressed("2"), "common.count_unread"),
    (ProvinceOf(PLACES, ("فارس",)), Pressed("1"), "county.province_unread"),
    (ProvinceOf(PLACES), Pictured(PictureId(1)), "county.province_unread"),
    (CountyOf(PLACES, "فارس", (SHIRAZ,)), Pressed("21-12"), "county.county_unread"),
    (CountyOf(PLACES, "فارس"), Pictured(PictureId(1)), "county.county_unread"),
    (WHO, Pressed("8"), "common.choose"),
    (WHO, Said("مریم"), "common.choose"),
    (YES_NO, Said("شاید"), "common.choose"),
    (NAME, Said("۱۲۳"), "common.name_unread"),
    (NAME, Said("*_*"), "common.name_unread"),
    (NAME, Pictured(PictureId(1)), "common.name_unread"),
    (Line(), Said("\u200f\u200e"), "common.reason_unread"),
    (Line(), Said("😀 ۱۲!"), "common.reason_unread"),
    (PHONE, Said("0912"), "common.phone_unread"),
    (PHONE, Shared("0", own=True), "common.phone_unread"),
    (PHONE, Pressed("share"), "common.phone_unread"),
    (PictureOrLater(), Said("بعداً"), "common.picture_unread"),
]


@pytest.mark.parametrize(("kind", "reply", "stored", "value"), UNDERSTOOD)
def test_what_is_understood_is_stored_and_read_again(
    kind: Kind[object], reply: Reply, stored: Json, value: object
) -> None:
    assert kind.read(reply) == stored
    assert kind.load(stored) == value


@pytest.mark.parametrize(("kind", "reply", "text"), NOT_UNDERSTOOD)
def test_what_is_not_understood_is_answered_with_what_would_be(
    kind: Kind[object], reply: Reply, text: str
) -> None:
    problem = kind.read(reply)
    assert isinstance(problem, Unread)
    assert problem.text == text


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (MONEY, "common.amount_unread"),
        (FINE, "common.amount_unread"),
        (MONTHLY, "common.rate_unread"),
        (DAY, "common.day_unread"),
        (COUNT, "common.count_unread"),
        (WHO, "common.choose"),
        (YES_NO, "common.choose"),
        (CONFIRM, "common.choose"),
        (NAME, "common.name_unread"),
        (Line(), "common.reason_unread"),
        (PHONE, "common.phone_unread"),
        (PictureOrLater(), "common.picture_unread"),
        (ProvinceOf(PLACES), "county.province_unread"),
        (CountyOf(PLACES, "فارس"), "county.county_unread"),
    ],
)
@pytest.mark.parametrize("stored", [None, {"a": 1}, []])
def test_an_answer_of_another_shape_is_asked_again(kind: Kind[object], stored: Json, text: str) -> None:
    match stored, kind.load(stored):
        case [], (Doubt(()) | DoubtfulDay(())):
            pass
        case _, unread:
            assert isinstance(unread, Unread)
            assert unread.text == text


def test_nothing_is_an_amount_only_where_it_is_offered() -> None:
    assert isinstance(MONEY.load(0), Unread)
    assert Amount(Unit.TOMAN, (Rial(0),)).load(0) == Rial(0)


def test_the_list_of_places_may_change_while_somebody_answers() -> None:
    assert isinstance(ProvinceOf(PLACES).load("ناکجا"), Unread)
    assert ProvinceOf(PLACES).load(["فارس", "ناکجا"]) == SeveralProvinces(("فارس",))
    assert isinstance(CountyOf(PLACES, "فارس").load("07-99"), Unread)
    assert isinstance(CountyOf(PLACES, "فارس").load("21-12"), Unread)
    assert CountyOf(PLACES, "فارس").load(["07-23", "21-12"]) == SeveralCounties((SHIRAZ,))


@pytest.mark.parametrize("kind", [MONEY, DAY, WHO, YES_NO, CONFIRM, PictureOrLater()])
def test_every_button_is_understood(kind: Kind[object]) -> None:
    for choice in kind.choices:
        assert not isinstance(kind.load(_stored(kind, choice.data)), Unread)


def _stored(kind: Kind[object], data: str) -> Json:
    stored = kind.read(Pressed(data))
    assert not isinstance(stored, Unread)
    return stored


def test_a_day_with_two_readings_offers_both() -> None:
    stored = DAY.read(Said("شنبه"))
    value = DAY.load(stored) if not isinstance(stored, Unread) else stored
    assert isinstance(value, (date, DoubtfulDay))


def test_only_a_confirmation_is_bound_to_what_was_shown() -> None:
    assert CONFIRM.binding
    assert not any(kind.binding for kind in (MONEY, DAY, COUNT, WHO, YES_NO, NAME, PHONE))


def test_only_the_phone_is_asked_for_by_a_button_of_the_messenger() -> None:
    assert PHONE.shares
    assert not any(kind.shares for kind in (MONEY, DAY, COUNT, WHO, YES_NO, NAME, CONFIRM))
