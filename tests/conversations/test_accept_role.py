from __future__ import annotations

from dataclasses import replace

from conversations.talks.accept_role import Facts
from domain.commands import AcceptInvitation, Role
from domain.identity import Phone
from tests.conversations.play import Play

CODE, TERMS = "c0de", "7e" * 32
FACTS = Facts(4, CODE, Role.FACILITATOR, "فارس", "شیراز", "زهرا کریمی", None, None, TERMS)
KNOWN = replace(FACTS, name="مریم", phone="+989123456789")
CLAIM = replace(FACTS, subject=0, role=Role.ADMINISTRATOR, province="", county="", inviter="")


def test_a_newcomer_consents_and_says_who_she_is(play: Play) -> None:
    """
    bot: accept_role.consent
    member: [agree_role]
    bot: accept_role.name
    member: مریم
    bot: accept_role.phone
    member: (contact +989123456789 own)
    bot: accept_role.confirm
    member: [confirm]
    """
    assert play(FACTS) == AcceptInvitation(CODE, "مریم", "+989123456789", phone_proven=True, terms=TERMS)
    role = {"role": Role.FACILITATOR, "province": "فارس", "county": "شیراز"}
    assert play.shown["accept_role.consent"] == role | {"inviter": "زهرا کریمی"}
    assert play.shown["accept_role.confirm"] == role | {"name": "مریم", "phone": Phone("+989123456789")}


def test_anothers_contact_proves_nothing(play: Play) -> None:
    """
    bot: accept_role.consent
    member: [agree_role]
    bot: accept_role.name
    member: مریم
    bot: accept_role.phone
    member: (contact +989123456789 other)
    bot: accept_role.confirm
    member: [confirm]
    """
    assert play(FACTS) == AcceptInvitation(CODE, "مریم", "+989123456789", phone_proven=False, terms=TERMS)


def test_who_is_known_keeps_name_and_phone(play: Play) -> None:
    """
    bot: accept_role.consent
    member: [agree_role]
    bot: accept_role.confirm
    member: [confirm]
    """
    assert play(KNOWN) == AcceptInvitation(CODE, "مریم", "+989123456789", phone_proven=False, terms=TERMS)


def test_the_first_administrator_claims_the_installation(play: Play) -> None:
    """
    bot: accept_role.consent
    member: [agree_role]
    bot: accept_role.name
    member: رضا
    bot: accept_role.phone
    member: ۰۹۱۲۳۴۵۶۷۸۹
    bot: accept_role.confirm
    member: [confirm]
    """
    assert play(CLAIM) == AcceptInvitation(CODE, "رضا", "+989123456789", phone_proven=False, terms=TERMS)


def test_without_consent_nothing_is_asked(play: Play) -> None:
    """
    bot: accept_role.consent
    member: [decline_role]
    """
    assert play(FACTS) is None


def test_a_last_no_takes_nothing(play: Play) -> None:
    """
    bot: accept_role.consent
    member: [agree_role]
    bot: accept_role.confirm
    member: [cancel]
    """
    assert play(KNOWN) is None
