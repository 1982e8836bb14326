from __future__ import annotations

from conversations.talks.invite import Facts
from domain.appointing import Mandate
from domain.commands import Invite, Role
from tests.conversations.play import Play

SHIRAZ, MARVDASHT = "07-23", "07-34"
ADMINISTRATOR = Mandate(Role.ADMINISTRATOR)
OF_SHIRAZ = Mandate(Role.LOCAL_EXECUTOR, "فارس", SHIRAZ)
OF_MARVDASHT = Mandate(Role.LOCAL_EXECUTOR, "فارس", MARVDASHT)
OF_FARS = Mandate(Role.WELFARE_OFFICER, "فارس")


def test_an_executor_of_one_county_is_not_asked_where(play: Play) -> None:
    """
    bot: invite.role
    member: [role_facilitator]
    bot: invite.confirm
    member: [confirm]
    """
    assert play(Facts((OF_SHIRAZ,))) == Invite(Role.FACILITATOR, "فارس", SHIRAZ)


def test_an_executor_of_two_counties_says_for_which(play: Play) -> None:
    """
    bot: invite.role
    member: [role_facilitator]
    bot: invite.within
    member: [mandate:1]
    bot: invite.confirm
    member: [confirm]
    """
    assert play(Facts((OF_SHIRAZ, OF_MARVDASHT))) == Invite(Role.FACILITATOR, "فارس", MARVDASHT)
    shown = {"role": Role.FACILITATOR, "province": "فارس", "county": "مرودشت"}
    assert play.shown["invite.confirm"] == shown


def test_a_welfare_officer_chooses_a_county_of_her_province(play: Play) -> None:
    """
    bot: invite.role
    member: [role_local_executor]
    bot: county.county
    member: یزد
    bot: county.county_unread
    bot: county.county
    member: مرودشت
    bot: invite.confirm
    member: [confirm]
    """
    assert play(Facts((OF_FARS,))) == Invite(Role.LOCAL_EXECUTOR, "فارس", MARVDASHT)


def test_the_administrator_invites_anybody_anywhere(play: Play) -> None:
    """
    bot: invite.role
    member: [role_facilitator]
    bot: county.province
    member: یزد
    bot: county.county
    member: یزد
    bot: invite.confirm
    member: [confirm]
    """
    assert play(Facts((OF_SHIRAZ, ADMINISTRATOR))) == Invite(Role.FACILITATOR, "یزد", "21-12")


def test_an_officer_of_a_province_needs_no_county(play: Play) -> None:
    """
    bot: invite.role
    member: [role_welfare_officer]
    bot: county.province
    member: یزد
    bot: invite.confirm
    member: [confirm]
    """
    assert play(Facts((ADMINISTRATOR,))) == Invite(Role.WELFARE_OFFICER, "یزد", None)


def test_the_institute_belongs_to_the_whole_country(play: Play) -> None:
    """
    bot: invite.role
    member: [role_institute]
    bot: invite.confirm
    member: /back
    bot: invite.role
    member: [role_institute]
    bot: invite.confirm
    member: [confirm]
    """
    assert play(Facts((ADMINISTRATOR,))) == Invite(Role.INSTITUTE, None, None)
