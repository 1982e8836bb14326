from __future__ import annotations

from conversations.talks.interest import Facts
from domain.commands import ExpressInterest
from tests.conversations.play import Play

SHIRAZ = "07-23"


def test_a_stranger_says_name_phone_and_county(play: Play) -> None:
    """
    bot: interest.name
    member: مریم *احمدی*
    bot: interest.phone
    member: (contact 989123456789 own)
    bot: county.province
    member: فارس
    bot: county.county
    member: شیراز
    bot: interest.confirm
    member: [confirm]
    """
    assert play(Facts()) == ExpressInterest("مریم احمدی", "+989123456789", SHIRAZ)


def test_what_cannot_be_read_is_asked_for_again(play: Play) -> None:
    """
    bot: interest.name
    member: ۱۲۳
    bot: common.name_unread
    bot: interest.name
    member: مریم
    bot: interest.phone
    member: ۰۹۱۲
    bot: common.phone_unread
    bot: interest.phone
    member: ۰۹۱۲ ۳۴۵ ۶۷۸۹
    bot: county.province
    member: فارس
    bot: county.county
    member: شیراز
    bot: interest.confirm
    member: شاید
    bot: common.choose
    bot: interest.confirm
    member: [confirm]
    """
    assert play(Facts()) == ExpressInterest("مریم", "+989123456789", SHIRAZ)


def test_who_is_known_says_only_where(play: Play) -> None:
    """
    bot: county.province
    member: فارس
    bot: county.county
    member: شیراز
    bot: interest.confirm
    member: [confirm]
    """
    assert play(Facts("مریم", "+989123456789")) == ExpressInterest("مریم", "+989123456789", SHIRAZ)


def test_nothing_is_kept_without_a_yes(play: Play) -> None:
    """
    bot: county.province
    member: فارس
    bot: county.county
    member: شیراز
    bot: interest.confirm
    member: [cancel]
    """
    assert play(Facts("مریم", "+989123456789")) is None
