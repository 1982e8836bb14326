from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

from sqlalchemy import Connection, select

from domain.appointing import Mandate
from domain.commands import LeadState, Role
from domain.identity import Phone as Number
from domain.ids import LeadId
from storage import invitations, leads, people, roles, settings
from storage.schema import command, invitation, talk
from tests.phone import Phone
from tests.stage import Stage

FARS, SHIRAZ, MARVDASHT = "فارس", "07-23", "07-34"
NUMBER = "+989123456789"
MARKS = ("called", "invited", "not_now")


async def interested(phone: Phone, county: str = "شیراز", name: str = "مریم") -> list[str]:
    """Say the whole of it; the names of the last answers."""
    await phone.say("علاقه‌مندم")
    await phone.say(name)
    await phone.contact(NUMBER)
    await phone.say(FARS)
    await phone.say(county)
    return await phone.tap("confirm")


async def invited(stage: Stage, inviter: Phone, role: str = "role_facilitator") -> str:
    """Let somebody of one county invite; the payload of the link."""
    await inviter.press("menu_invite")
    await inviter.tap(role)
    assert await inviter.tap("confirm") == ["invite.made", "invite.to_forward"]
    return payload(stage, inviter)


def payload(_stage: Stage, inviter: Phone) -> str:
    return inviter.newest("invite.to_forward").text.splitlines()[-1].partition("?start=")[2]


async def accept(phone: Phone, name: str = "مریم") -> list[str]:
    await phone.tap("agree_role")
    await phone.say(name)
    await phone.contact(NUMBER)
    return await phone.tap("confirm")


async def roles_of(stage: Stage, phone: Phone) -> set[Mandate]:
    def held(conn: Connection) -> set[Mandate]:
        account = people.account_in_chat(conn, phone.platform, phone.user_id)
        assert account is not None
        assert account.person_id is not None
        return {
            Mandate(row.role, row.province, row.county) for row in roles.roles_of(conn, account.person_id)
        }

    return await stage.read(held)


async def executor(stage: Stage) -> Phone:
    return await stage.role(Role.LOCAL_EXECUTOR, FARS, SHIRAZ)


# --- newcomers --------------------------------------------------------------------------------------


async def test_a_newcomer_hears_four_short_messages_and_what_to_do_next(stage: Stage) -> None:
    phone = stage.phone("bale")
    assert await phone.start() == ["about.what", "about.who", "about.money", "about.next"]
    assert phone.last.choices == ("interest", "where", "code")
    assert max(len(heard.text) for heard in phone.heard) < 400
    assert await phone.tap("code") == ["about.have_code"]
    assert await phone.tap("interest") == ["interest.name"]
    assert await phone.press("menu_about") == ["about.what", "about.who", "about.money", "about.next"]


async def test_somebody_asks_where_to_ask(stage: Stage) -> None:
    phone = stage.phone()
    await phone.start()
    assert await phone.tap("where") == ["county.province"]
    assert await phone.say("فارس") == ["county.county"]
    assert await phone.say("شیراز") == ["where.offices"]
    assert phone.last.facts["county"] == "شیراز"
    assert phone.last.menu


# --- leads ------------------------------------------------------------------------------------------


async def test_interest_reaches_the_facilitators_of_the_county(stage: Stage) -> None:
    one, two = await stage.facilitator(SHIRAZ), await stage.facilitator(SHIRAZ)
    elsewhere, above = await stage.facilitator(MARVDASHT), await executor(stage)
    phone = stage.phone("bale")
    await phone.start()
    assert await interested(phone) == ["interest.noted"]
    assert one.names == two.names == ["lead.new"]
    assert one.last.choices == MARKS
    assert elsewhere.names == above.names == []
    assert Number(NUMBER).shown in one.last.text


async def test_without_a_facilitator_the_executor_is_told_and_else_the_administrator(stage: Stage) -> None:
    above, top = await executor(stage), await stage.role(Role.ADMINISTRATOR)
    await interested(stage.phone())
    assert (above.names, top.names) == (["lead.new"], [])
    await interested(stage.phone(), "مرودشت")
    assert (above.names, top.names) == (["lead.new"], ["lead.new"])


async def test_where_nobody_is_there_yet_the_interest_is_kept_for_who_comes(stage: Stage) -> None:
    assert await interested(stage.phone()) == ["interest.kept"]
    boss = await executor(stage)
    newcomer = stage.phone()
    await newcomer.start(await invited(stage, boss))
    assert await accept(newcomer) == ["accept_role.done", "lead.wait_for_you"]
    assert await newcomer.press("menu_leads") == ["lead.count", "lead.new"]


async def test_every_card_shows_who_marked_the_lead(stage: Stage) -> None:
    one, two = await stage.facilitator(SHIRAZ), await stage.facilitator(SHIRAZ)
    phone = stage.phone()
    await interested(phone)
    assert await one.tap("called") == []
    assert one.names == two.names == ["lead.called"]
    assert two.last.edited
    assert two.last.choices == ("invited", "not_now")
    before = len(phone.heard)
    await two.tap("invited")
    assert one.names == ["lead.invited"]
    assert phone.since(before) == ["interest.invited"]
    await one.tap("not_now")
    assert two.last.choices == ("called", "invited")


async def test_a_mark_repeated_changes_nothing(stage: Stage) -> None:
    one = await stage.facilitator(SHIRAZ)
    await interested(stage.phone())
    stale = one.last
    await one.tap("called")
    assert await one.tap("called", stale) == ["common.already_answered", "lead.called"]
    assert await stage.repeat() == []
    marked = await stage.read(lambda conn: conn.scalars(select(command.c.kind)).all())
    assert list(marked).count("MarkLead") == 1


async def test_only_those_who_look_after_the_county_may_mark(stage: Stage) -> None:
    one, other = await stage.facilitator(SHIRAZ), await stage.facilitator(MARVDASHT)
    await interested(stage.phone())
    await interested(stage.phone(), "مرودشت")
    foreign = one.last.data("called")
    assert foreign is not None
    assert await other.tap_data(foreign) == ["common.foreign_button"]

    def ended(conn: Connection) -> None:
        conn.exec_driver_sql("UPDATE programme_role SET until = 1")

    await stage.write(ended)
    assert await one.tap("called") == ["refusals.not_for_you"]
    found = await stage.read(lambda conn: leads.lead_by_id(conn, LeadId(1)))
    assert found is not None
    assert found.state is LeadState.NEW


async def test_said_again_within_a_day_it_is_the_same_lead(stage: Stage) -> None:
    one, phone = await stage.facilitator(SHIRAZ), stage.phone()
    await interested(phone)
    assert await interested(phone, name="زهرا") == ["interest.known"]
    assert one.names == ["lead.new"]
    assert "زهرا" in one.last.text
    await stage.pass_days(2)
    await interested(phone)
    assert one.names == ["lead.new", "lead.new"]


async def test_one_account_cannot_fill_the_country_with_leads(stage: Stage) -> None:
    phone = stage.phone()
    for county in ("شیراز", "مرودشت", "کازرون"):
        await interested(phone, county)
    assert await interested(phone, "آباده") == ["refusals.interest_in_too_many_counties"]


async def test_open_leads_are_listed_newest_first_ten_at_a_time(stage: Stage) -> None:
    one = await stage.facilitator(SHIRAZ)
    assert await one.press("menu_leads") == ["lead.nobody"]
    for number in range(12):
        await interested(stage.phone(), name=f"نفر {'ابپتثجچحخدذر'[number]}")
    await interested(stage.phone(), "مرودشت")
    one.heard.clear()
    assert await one.say("علاقه‌مندان") == ["lead.count", *["lead.new"] * 10, "lead.more"]
    assert one.heard[0].facts["count"] == 12
    assert "نفر ر" in one.heard[1].text
    assert await one.tap("more") == ["lead.new"] * 2
    assert "نفر ا" in one.last.text


async def test_a_stranger_sees_no_leads(stage: Stage) -> None:
    phone = stage.phone()
    assert await phone.say("علاقه‌مندان") == ["refusals.not_for_you"]


# --- roles ------------------------------------------------------------------------------------------


async def test_an_executor_invites_a_facilitator_of_her_county(stage: Stage) -> None:
    boss, newcomer = await executor(stage), stage.phone("bale")
    code = await invited(stage, boss)
    assert "https://ble.ir/khodyar_test_bale_bot?start=r_" in boss.last.text
    assert await newcomer.start(code) == ["accept_role.consent"]
    assert await accept(newcomer) == ["accept_role.done"]
    assert await roles_of(stage, newcomer) == {Mandate(Role.FACILITATOR, FARS, SHIRAZ)}
    assert boss.last.name == "accept_role.accepted"
    assert boss.last.facts["name"] == "مریم"
    assert stage.texts.label("menu_new_group") in newcomer.newest("accept_role.done").menu


async def test_consent_and_proven_phone_are_kept(stage: Stage) -> None:
    boss, newcomer = await executor(stage), stage.phone()
    await newcomer.start(await invited(stage, boss))
    await accept(newcomer)

    def kept(conn: Connection) -> people.PersonRow:
        account = people.account_in_chat(conn, newcomer.platform, newcomer.user_id)
        assert account is not None
        assert account.person_id is not None
        return people.person_by_id(conn, account.person_id)

    person = await stage.read(kept)
    assert (person.name, person.phone, person.phone_proven) == ("مریم", NUMBER, True)
    assert person.consent_at == stage.now


async def test_the_plain_code_is_kept_nowhere_but_in_the_message(stage: Stage) -> None:
    boss, newcomer = await executor(stage), stage.phone()
    code = (await invited(stage, boss)).removeprefix("r_")
    await newcomer.start(f"r_{code}")
    stored = await stage.read(
        lambda conn: [*conn.scalars(select(talk.c.facts)), *map(str, conn.execute(select(invitation)))]
    )
    assert len(code) == 16
    assert not [text for text in stored if code in text]
    assert await stage.read(lambda conn: invitations.invitation_by_code(conn, sha256(code.encode()).digest()))


async def test_a_link_works_once_and_the_first_to_finish_has_it(stage: Stage) -> None:
    boss, first, second = await executor(stage), stage.phone(), stage.phone()
    code = await invited(stage, boss)
    await first.start(code)
    await second.start(code)
    await accept(first)
    assert await accept(second) == ["refusals.invitation_used"]
    assert await stage.phone().start(code) == ["refusals.invitation_used"]
    account = await stage.read(lambda c: people.account_in_chat(c, second.platform, second.user_id))
    assert account is not None
    assert account.person_id is None


async def test_a_link_ends_after_seven_days(stage: Stage) -> None:
    boss, early, late = await executor(stage), stage.phone(), stage.phone()
    code = await invited(stage, boss)
    await stage.pass_time(timedelta(days=7, seconds=-1))
    assert await early.start(code) == ["accept_role.consent"]
    await stage.pass_time(timedelta(seconds=1))
    assert await late.start(code) == ["refusals.invitation_expired"]
    assert await accept(early) == ["refusals.invitation_expired"]


async def test_a_code_nobody_made_opens_nothing(stage: Stage) -> None:
    phone = stage.phone()
    assert await phone.start("r_AAAAAAAAAAAAAAAA") == ["refusals.invitation_unknown"]
    assert await phone.start("claim_") == ["refusals.invitation_unknown"]
    assert await phone.start("r_") == ["refusals.invitation_unknown"]


async def test_who_has_the_role_already_leaves_the_link_to_another(stage: Stage) -> None:
    boss, facilitator = await executor(stage), await stage.facilitator(SHIRAZ)
    code = await invited(stage, boss)
    assert await facilitator.start(code) == ["refusals.role_held_already"]
    assert await stage.phone().start(code) == ["accept_role.consent"]


async def test_a_known_person_takes_another_role_and_keeps_her_name(stage: Stage) -> None:
    boss, adviser = await executor(stage), await stage.person("زهرا کریمی", phone=NUMBER)
    await adviser.start(await invited(stage, boss, "role_adviser"))
    assert await adviser.tap("agree_role") == ["accept_role.confirm"]
    assert await adviser.tap("confirm") == ["accept_role.done"]
    assert boss.last.facts["name"] == "زهرا کریمی"


async def test_a_right_to_invite_is_looked_at_again_at_the_end(stage: Stage) -> None:
    boss = await executor(stage)
    await boss.press("menu_invite")
    await boss.tap("role_facilitator")
    await stage.write(lambda conn: conn.exec_driver_sql("UPDATE programme_role SET until = 1").close())
    assert await boss.tap("confirm") == ["refusals.not_yours_to_invite"]


async def test_the_first_administrator_claims_the_installation_once(stage: Stage) -> None:
    digest = sha256(b"a_claim-code").hexdigest()
    await stage.write(lambda conn: settings.put(conn, "claim_hash", digest))
    first, second = stage.phone(), stage.phone()
    assert await first.start("claim_a_claim-code") == ["accept_role.consent"]
    await second.start("claim_a_claim-code")
    assert await accept(first) == ["accept_role.done"]
    assert await roles_of(stage, first) == {Mandate(Role.ADMINISTRATOR)}
    assert await accept(second) == ["refusals.invitation_unknown"]
    assert await stage.read(lambda conn: settings.get(conn, "claim_hash")) is None
