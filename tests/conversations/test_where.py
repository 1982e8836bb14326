from __future__ import annotations

from conversations.talks.where import Facts
from domain.commands import FindOffices
from tests.conversations.play import Play


def test_a_county_is_named_within_its_province_in_any_spelling(play: Play) -> None:
    """
    bot: county.province
    member: استان فارس
    bot: county.county
    member: شيراز
    """
    assert play(Facts()) == FindOffices("07-23")


def test_what_may_be_several_is_offered_as_buttons(play: Play) -> None:
    """
    bot: county.province
    member: خراسان
    bot: county.province_doubt
    member: /back
    bot: county.province
    member: خراسان
    bot: county.province_doubt
    member: [place:10]
    bot: county.county
    member: /back
    bot: county.province_doubt
    member: هرمزگان
    bot: county.county
    member: بندر
    bot: county.county_doubt
    member: [place:22-05]
    """
    assert play(Facts()) == FindOffices("22-05")


def test_a_doubted_county_may_be_typed_instead(play: Play) -> None:
    """
    bot: county.province
    member: تهران
    bot: county.county
    member: شهر
    bot: county.county_doubt
    member: شهریار
    """
    assert play(Facts()) == FindOffices("23-11")


def test_a_place_that_is_not_in_the_list_is_asked_for_again(play: Play) -> None:
    """
    bot: county.province
    member: ناکجا
    bot: county.province_unread
    bot: county.province
    member: (picture 3)
    bot: county.province_unread
    bot: county.province
    member: فارس
    bot: county.county
    member: ناکجاآباد
    bot: county.county_unread
    bot: county.county
    member: /back
    bot: county.province
    member: یزد
    bot: county.county
    member: یزد
    """
    assert play(Facts()) == FindOffices("21-12")


def test_doubts_may_follow_each_other(play: Play) -> None:
    """
    bot: county.province
    member: خراسان
    bot: county.province_doubt
    member: خراسان
    bot: county.province_doubt
    member: آذربایجان
    bot: county.province_doubt
    member: تهران
    bot: county.county
    member: شهر
    bot: county.county_doubt
    member: شهر
    bot: county.county_doubt
    member: شهر
    bot: county.county_doubt
    member: شهریار
    """
    assert play(Facts()) == FindOffices("23-11")
