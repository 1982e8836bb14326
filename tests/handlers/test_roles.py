from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

from sqlalchemy import Connection, select

from domain.appointing import Mandate
from domain.commands import Role
from storage import invitations, people, roles, settings
from storage.schema import invitation, talk
from tests.installation import BEGINNING
from tests.phone import Phone
from tests.programme import FARS, NUMBER, SHIRAZ, accept, executor, invited
from tests.stage import Stage


def account_of(conn: Connection, phone: Phone) -> people.AccountRow:
    return people.account_for(conn, phone.platform, phone.user_id, phone.user_id, BEGINNING)


async def roles_of(stage: Stage, phone: Phone) -> set[Mandate]:
    def held(conn: Connection) -> set[Mandate]:
        account = account_of(conn, phone)
        assert account.person_id is not None
        return {
            Mandate(row.role, row.province, row.county) for row in roles.roles_of(conn, account.person_id)
        }

    return await stage.read(held)


async def test_an_executor_invites_a_facilitator_of_her_county(stage: Stage) -> None:
    boss, newcomer = await executor(stage), stage.phone("bale")
    code = await invited(boss)
    assert "https://ble.ir/khodyar_test_bale_bot?start=r_" in boss.last.text
    assert await newcomer.start(code) == ["accept_role.consent"]
    assert await accept(newcomer) == ["accept_role.done"]
    assert await roles_of(stage, newcomer) == {Mandate(Role.FACILITATOR, FARS, SHIRAZ)}
    assert boss.last.name == "accept_role.accepted"
    assert boss.last.facts["name"] == "مریم"
    assert stage.texts.label("menu_new_group") in newcomer.newest("accept_role.done").menu


async def test_consent_and_proven_phone_are_kept(stage: Stage) -> None:
    boss, newcomer = await executor(stage), stage.phone()
    await newcomer.start(await invited(boss))
    await accept(newcomer)

    def kept(conn: Connection) -> people.PersonRow:
        account = account_of(conn, newcomer)
        assert account.person_id is not None
        return people.person_by_id(conn, account.person_id)

    person = await stage.read(kept)
    assert (person.name, person.phone, person.phone_proven) == ("مریم", NUMBER, True)
    assert person.consent_at == stage.now


async def test_the_plain_code_is_kept_nowhere_but_in_the_message(stage: Stage) -> None:
    boss, newcomer = await executor(stage), stage.phone()
    code = (await invited(boss)).removeprefix("r_")
    await newcomer.start(f"r_{code}")
    stored = await stage.read(
        lambda conn: [*conn.scalars(select(talk.c.facts)), *map(str, conn.execute(select(invitation)))]
    )
    assert len(code) == 16
    assert not [text for text in stored if code in text]
    assert await stage.read(lambda conn: invitations.invitation_by_code(conn, sha256(code.encode()).digest()))


async def test_a_link_works_once_and_the_first_to_finish_has_it(stage: Stage) -> None:
    boss, first, second = await executor(stage), stage.phone(), stage.phone()
    code = await invited(boss)
    await first.start(code)
    await second.start(code)
    await accept(first)
    assert await accept(second) == ["refusals.invitation_used"]
    assert await stage.phone().start(code) == ["refusals.invitation_used"]
    account = await stage.read(lambda conn: account_of(conn, second))
    assert account.person_id is None


async def test_a_link_ends_after_seven_days(stage: Stage) -> None:
    boss, early, late = await executor(stage), stage.phone(), stage.phone()
    code = await invited(boss)
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
    code = await invited(boss)
    assert await facilitator.start(code) == ["refusals.role_held_already"]
    assert await stage.phone().start(code) == ["accept_role.consent"]


async def test_a_known_person_takes_another_role_and_keeps_her_name(stage: Stage) -> None:
    boss, adviser = await executor(stage), await stage.person("زهرا کریمی", phone=NUMBER)
    await adviser.start(await invited(boss, "role_adviser"))
    assert await adviser.tap("agree_role") == ["accept_role.confirm"]
    assert await adviser.tap("confirm") == ["accept_role.done"]
    assert boss.last.facts["name"] == "زهرا کریمی"


async def test_a_number_proven_on_the_other_messenger_is_asked_about(stage: Stage) -> None:
    boss = await executor(stage)
    one, other = stage.phone("telegram"), stage.phone("bale")
    await one.start(await invited(boss))
    await accept(one)
    await other.start(await invited(boss, "role_adviser"))
    assert await accept(other) == ["accept_role.done", "join_accounts.same_number"]


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
