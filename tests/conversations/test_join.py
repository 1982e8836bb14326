from __future__ import annotations

from dataclasses import replace

from conversations.talks.join import Facts
from domain.calendar import Rhythm
from domain.commands import JoinGroup
from domain.ids import GroupId
from domain.money import Rial
from tests.conversations.play import Play

FACTS = Facts(
    GroupId(3), "یاس", "ده بالا", "شیراز", "نرگس صادقی", Rial.from_toman(500_000), Rhythm.MONTHLY, "ab" * 32
)


def test_a_newcomer_consents_and_says_who_she_is(play: Play) -> None:
    """
    bot: join.consent
    member: [consent]
    bot: join.phone
    member: (contact 989121234567 own)
    bot: join.name
    member: *مریم*   احمدی
    bot: join.purpose
    member: خرید چرخ خیاطی
    bot: join.confirm
    member: [confirm]
    """
    joined = JoinGroup(GroupId(3), "مریم احمدی", "+989121234567", True, "خرید چرخ خیاطی", "ab" * 32)
    for agreed in (False, True):
        assert play(replace(FACTS, agreed=agreed)) == joined
        assert play.shown["join.consent"]["agreed"] is agreed


def test_another_persons_contact_and_a_typed_number_prove_nothing(play: Play) -> None:
    """
    bot: join.consent
    member: [consent]
    bot: join.phone
    member: شماره‌ام یادم نیست
    bot: common.phone_unread
    bot: join.phone
    member: (contact 09121234567 other)
    bot: join.name
    member: /back
    bot: join.phone
    member: ۰۹۱۲ ۱۲۳ ۴۵ ۶۷
    bot: join.name
    member: ...
    bot: common.name_unread
    bot: join.name
    member: زهرا
    bot: join.purpose
    member: برای بچه‌ها
    bot: join.confirm
    member: [confirm]
    """
    assert play(FACTS) == JoinGroup(GroupId(3), "زهرا", "+989121234567", False, "برای بچه‌ها", "ab" * 32)


def test_who_does_not_consent_is_asked_nothing_more(play: Play) -> None:
    """
    bot: join.consent
    member: [no_consent]
    """
    assert play(FACTS) is None


def test_a_known_person_is_asked_only_for_what_is_not_known(play: Play) -> None:
    """
    bot: join.consent
    member: [consent]
    bot: join.purpose
    member: مرغداری
    bot: join.confirm
    member: [confirm]
    """
    known = replace(FACTS, name="مریم احمدی", proven_phone="+989121234567")
    assert play(known) == JoinGroup(GroupId(3), "مریم احمدی", "+989121234567", True, "مرغداری", "ab" * 32)
