from __future__ import annotations

from sqlalchemy import Connection, update

from domain.money import Rial
from domain.offices import Office
from storage import groups, people, rounds
from storage.groups import MemberRow
from storage.schema import group as group_table
from tests.phone import Phone
from tests.stage import Group, Stage

NUMBER = "+989121234567"


async def apply(phone: Phone, code: str, *, name: str = "گلنار شریفی", number: str = NUMBER) -> list[str]:
    """Go through the talk of joining as somebody the bot does not know."""
    assert await phone.start(f"g_{code}") == ["join.consent"]
    assert await phone.tap("consent") == ["join.phone"]
    assert await phone.contact(number) == ["common.phone_noted", "join.name"]
    assert await phone.say(name) == ["join.purpose"]
    assert await phone.say("خرید چرخ خیاطی") == ["join.confirm"]
    return await phone.tap("confirm")


async def memberships(stage: Stage, phone: Phone) -> tuple[MemberRow, ...]:
    """Where the person behind a phone belongs or has applied."""

    def unit(conn: Connection) -> tuple[MemberRow, ...]:
        account = people.account_for(conn, phone.platform, phone.user_id, phone.user_id, stage.now)
        return groups.memberships_of(conn, account.person_id) if account.person_id else ()

    return await stage.read(unit)


async def no_chair(stage: Stage) -> Group:
    return await stage.group(offices=(Office.TREASURER,), members=1)


async def test_a_newcomer_joins_and_is_admitted_by_the_facilitator(stage: Stage) -> None:
    group = await no_chair(stage)
    newcomer = stage.phone("bale")
    assert await apply(newcomer, group.code) == ["join.applied"]
    assert newcomer.newest("join.consent").facts["group"] == group.name
    assert group.facilitator.last.name == "applicant.applied"

    assert await group.facilitator.tap("admit") == ["applicant.you_admitted"]
    assert group.facilitator.newest("applicant.admitted").edited
    assert newcomer.last.name == "applicant.you_are_in"
    assert stage.texts.label("menu_save") in newcomer.last.menu
    assert group.treasurer.last.name == "applicant.was_admitted"
    assert await newcomer.press("menu_save") == ["saving.amount"]


async def test_the_typed_code_opens_the_group_in_any_spelling(stage: Stage) -> None:
    group = await no_chair(stage)
    newcomer = stage.phone()
    assert await newcomer.say(f" {group.code[:3].lower()}-{group.code[3:]} ") == ["join.consent"]


async def test_an_unknown_code_is_answered_kindly(stage: Stage) -> None:
    newcomer = stage.phone()
    assert await newcomer.start("g_AAAAAA") == ["refusals.no_such_group_code"]
    assert await newcomer.start("g_") == ["refusals.no_such_group_code"]


async def test_with_a_chair_both_chair_and_facilitator_may_admit_once(stage: Stage) -> None:
    group = await stage.group()
    newcomer = stage.phone()
    await apply(newcomer, group.code)
    assert group.chair.last.name == group.facilitator.last.name == "applicant.applied"
    assert group.treasurer.names == []

    card = group.facilitator.last
    assert await group.chair.tap("admit") == ["applicant.you_admitted"]
    assert await group.facilitator.tap("admit", card) == ["common.already_answered", "applicant.admitted"]
    assert newcomer.names.count("applicant.you_are_in") == 1


async def test_applications_stand_among_what_waits(stage: Stage) -> None:
    group = await stage.group()
    await apply(stage.phone(), group.code)
    assert await group.chair.press("menu_waiting") == ["waiting.count", "applicant.applied"]
    assert await group.treasurer.press("menu_waiting") == ["waiting.nothing"]
    assert await group.chair.tap("admit") == ["applicant.you_admitted"]
    assert await group.chair.press("menu_waiting") == ["waiting.nothing"]


async def test_nobody_else_admits_not_even_with_the_chairs_card(stage: Stage) -> None:
    group = await stage.group()
    newcomer = stage.phone()
    await apply(newcomer, group.code)
    data = group.chair.last.buttons[stage.texts.label("admit")]
    assert await group.members[0].tap_data(data) == ["common.foreign_button"]
    await stage.appoint(group, Office.CHAIR, group.members[1])
    assert await group.chair.tap("admit") == ["refusals.not_yours_to_admit"]
    assert [m.state for m in await memberships(stage, newcomer)] == ["applied"]


async def test_a_declined_applicant_is_told_why_and_may_apply_again(stage: Stage) -> None:
    group = await stage.group()
    newcomer = stage.phone()
    await apply(newcomer, group.code)
    assert await group.chair.tap("decline") == ["decline_applicant.reason"]
    assert await group.chair.say("این دوره جا نداریم") == ["decline_applicant.confirm"]
    assert await group.chair.tap("confirm") == ["decline_applicant.done"]
    assert newcomer.last.name == "decline_applicant.told_applicant"
    assert newcomer.last.facts["reason"] == "این دوره جا نداریم"
    assert group.facilitator.names == ["applicant.declined", "decline_applicant.told_leaders"]

    assert await newcomer.start(f"g_{group.code}") == ["join.consent"]
    assert await newcomer.tap("consent") == ["join.purpose"]


async def test_a_card_of_declining_that_came_too_late_changes_nothing(stage: Stage) -> None:
    group = await stage.group()
    newcomer = stage.phone()
    await apply(newcomer, group.code)
    await group.chair.tap("decline")
    await group.chair.say("دلیل")
    await group.facilitator.tap("admit")
    assert await group.chair.tap("confirm") == ["refusals.already_decided"]
    assert [m.state for m in await memberships(stage, newcomer)] == ["admitted"]


async def test_the_link_of_ones_own_group_says_how_things_stand(stage: Stage) -> None:
    group = await stage.group()
    assert await group.facilitator.start(f"g_{group.code}") == ["refusals.own_group"]
    assert await group.members[0].start(f"g_{group.code}") == ["refusals.already_member"]
    newcomer = stage.phone()
    await apply(newcomer, group.code)
    assert await newcomer.start(f"g_{group.code}") == ["refusals.already_applied"]


async def test_an_application_can_be_withdrawn(stage: Stage) -> None:
    group = await stage.group()
    newcomer = stage.phone()
    await apply(newcomer, group.code)
    assert await newcomer.press("menu_me") == ["me.page"]
    assert await newcomer.tap("leave") == ["leave.withdraw"]
    assert await newcomer.tap("confirm") == ["leave.withdrawn"]
    assert group.chair.newest("applicant.left").edited
    assert await memberships(stage, newcomer) == ()


async def test_who_is_admitted_while_a_round_is_open_is_asked_for_it(stage: Stage) -> None:
    group = await stage.group()
    newcomer = stage.phone()
    await apply(newcomer, group.code)
    await group.chair.tap("admit")
    (member,) = await memberships(stage, newcomer)
    lines = await stage.read(lambda conn: rounds.unpaid_lines(conn, member.id))
    assert [(line.number, line.left) for line in lines] == [(1, Rial.from_toman(500_000))]


async def test_terms_that_changed_meanwhile_are_shown_anew(stage: Stage) -> None:
    group = await stage.group()
    newcomer = stage.phone()
    await newcomer.start(f"g_{group.code}")
    await newcomer.tap("consent")
    await newcomer.contact(NUMBER)
    await newcomer.say("گلنار")
    await newcomer.say("مرغداری")
    changed = update(group_table).where(group_table.c.id == group.id).values(saving=Rial.from_toman(700_000))
    await stage.write(lambda conn: conn.execute(changed).rowcount)
    assert await newcomer.tap("confirm") == ["refusals.terms_changed", "join.consent"]
    assert newcomer.last.facts["saving"] == Rial.from_toman(700_000)
    assert await memberships(stage, newcomer) == ()


async def test_consent_is_kept_with_its_print(stage: Stage) -> None:
    group = await stage.group()
    newcomer = stage.phone()
    await apply(newcomer, group.code)
    (member,) = await memberships(stage, newcomer)
    person = await stage.read(lambda conn: people.person_by_id(conn, member.person_id))
    assert person.consent_at == stage.now
    assert (person.phone, person.phone_proven) == (NUMBER, True)


async def joined_too(first: Group, second: Group) -> Phone:
    """Bring a member of the first group into the second as well."""
    member = first.members[0]
    await member.start(f"g_{second.code}")
    await member.tap("consent")
    if member.last.name == "join.phone":
        await member.contact(NUMBER)
    await member.say("هدف دوم")
    await member.tap("confirm")
    await second.chair.tap("admit")
    return member


async def test_a_person_in_two_groups_switches_between_them(stage: Stage) -> None:
    first, second = await stage.group(), await stage.group()
    member = await joined_too(first, second)
    assert await member.press("menu_me") == ["me.page"]
    assert member.last.facts["group"] == first.name
    assert await member.tap("look") == ["me.looking_at"]
    assert member.last.facts["group"] == second.name
    await member.press("menu_fund")
    assert member.last.facts["group"] == second.name


async def test_whose_menu_changes_in_another_group_than_she_sees_gets_a_button_to_it(stage: Stage) -> None:
    first, second = await stage.group(), await stage.group()
    member = await joined_too(first, second)
    await second.facilitator.press("menu_groups")
    welcome = member.newest("applicant.you_are_in")
    assert (welcome.facts["elsewhere"], welcome.choices) == (True, ("look",))
    assert await member.tap("look", welcome) == ["me.looking_at"]
    assert member.last.facts["group"] == second.name
    await member.press("menu_me")
    await member.tap("look")
    for step in (
        "open",
        "appoint",
        "office_treasurer",
        str((await memberships(stage, member))[-1].id),
        "confirm",
    ):
        await second.facilitator.tap(step)
    told = member.newest("appoint.you_are")
    assert (told.facts["elsewhere"], told.menu, told.choices) == (True, (), ("look",))
    await member.tap("look", told)
    assert stage.texts.label("menu_waiting") in member.last.menu
    await member.press("menu_me")
    await member.tap("look")
    for step in ("open", "appoint", "office_treasurer", str(second.treasurer.membership), "confirm"):
        await second.facilitator.tap(step)
    over = member.newest("appoint.you_were")
    assert "الان گروه دیگرتان را می‌بینید" in over.text
    await member.tap("look", over)
    assert stage.texts.label("menu_waiting") not in member.last.menu


async def test_a_hostile_name_is_cleaned_of_markup(stage: Stage) -> None:
    group = await stage.group()
    newcomer = stage.phone()
    await apply(newcomer, group.code, name="*گل*<b>نار</b>\u202e شریفی")
    assert group.chair.last.facts["name"] == "گلbنار/b شریفی"
