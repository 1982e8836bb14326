from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Connection

from domain.calendar import Rhythm
from domain.codes import read_code
from domain.money import Rial
from domain.offices import Office, Offices
from domain.values import Link
from storage import groups, passbooks, pictures
from storage.groups import GroupRow
from tests.phone import Phone
from tests.stage import VILLAGE, Group, Stage
from tests.steps import report, save


async def found(facilitator: Phone, *, rhythm: str = "rhythm_monthly") -> list[str]:
    """Go through the talk of founding a group."""
    assert await facilitator.press("menu_new_group") == ["new_group.name"]
    for answer in ("گروه یاس", "فارس", "شیراز", "ده بالا", "۱۶", "۵۰۰ هزار تومان"):
        await facilitator.say(answer)
    assert await facilitator.tap(rhythm) == ["new_group.first_day"]
    assert await facilitator.say("فردا") == ["new_group.confirm"]
    return await facilitator.tap("confirm")


def links_of(code: str) -> tuple[Link, Link]:
    return (
        Link(f"https://t.me/khodyar_test_bot?start=g_{code}"),
        Link(f"https://ble.ir/khodyar_test_bale_bot?start=g_{code}"),
    )


async def offices_of(stage: Stage, group: Group) -> Offices:
    return await stage.read(lambda conn: groups.offices_of(conn, groups.group_by_id(conn, group.id)))


async def test_a_facilitator_founds_a_group_and_gets_what_others_join_by(stage: Stage) -> None:
    facilitator = await stage.facilitator()
    said = await found(facilitator)
    assert said == ["new_group.made", "groups.invitation", "groups.poster", "groups.poster"]
    (group,) = await stage.read(lambda conn: groups.groups_of_facilitator(conn, facilitator.person))
    assert (group.county, group.saving) == ("07-23", Rial.from_toman(500_000))
    assert (group.rhythm, group.grace_days) == (Rhythm.MONTHLY, 7)
    assert group.first_saving_on == group.next_round_on == date(2026, 4, 5)
    assert read_code(group.code) == group.code
    assert facilitator.newest("groups.invitation").facts["links"] == links_of(group.code)
    newcomer = stage.phone()
    assert await newcomer.start(f"g_{group.code}") == ["join.consent"]


async def test_each_poster_is_the_picture_of_its_own_link(stage: Stage) -> None:
    facilitator = await stage.facilitator()
    await found(facilitator)
    (group,) = await _groups(stage, facilitator)
    pictured = [h.picture_id for h in facilitator.heard if h.name == "groups.poster" and h.picture_id]

    def contents(conn: Connection) -> list[bytes]:
        digests = [pictures.picture_of(conn, picture_id).sha256 for picture_id in pictured]
        return [pictures.content_of(conn, digest).content for digest in digests if digest]

    drawn = [stage.tools.poster(link.address) for link in links_of(group.code)]
    assert await stage.read(contents) == drawn
    assert drawn[0] != drawn[1]


async def test_a_weekly_group_has_less_grace_than_a_period(stage: Stage) -> None:
    facilitator = await stage.facilitator()
    await found(facilitator, rhythm="rhythm_weekly")
    (group,) = await stage.read(lambda conn: groups.groups_of_facilitator(conn, facilitator.person))
    assert (group.rhythm, group.grace_days) == (Rhythm.WEEKLY, 3)


async def test_a_first_day_that_passed_while_waiting_is_asked_for_again(stage: Stage) -> None:
    facilitator = await stage.facilitator()
    await facilitator.press("menu_new_group")
    for answer in ("یاس", "فارس", "شیراز", "ده", "۱۶", "۵۰۰ هزار تومان"):
        await facilitator.say(answer)
    await facilitator.tap("rhythm_monthly")
    await facilitator.say("فردا")
    stage.now += timedelta(days=3)
    assert (await facilitator.tap("confirm"))[-2:] == ["refusals.first_day_is_past", "new_group.first_day"]


async def test_only_facilitators_found_groups(stage: Stage) -> None:
    group = await stage.group()
    label = stage.texts.label("menu_new_group")
    assert await group.chair.say(label) == ["refusals.not_for_you"]


async def test_the_list_and_the_page_of_a_group_show_names_and_no_money(stage: Stage) -> None:
    group = await stage.group()
    await save(group, group.members[0])
    assert await group.facilitator.press("menu_groups") == ["groups.listing"]
    assert group.facilitator.last.facts["groups"] == [(group.name, VILLAGE, 5, 0)]
    assert await group.facilitator.tap("open") == ["group.page"]
    shown = group.facilitator.last
    members = await stage.read(lambda conn: groups.members(conn, group.id))
    held = [(Office.CHAIR,), (Office.TREASURER,), (), (), ()]
    assert shown.facts["members"] == [(m.name, has, False) for m, has in zip(members, held, strict=True)]
    assert shown.facts["vacant"] == [Office.SECRETARY]
    assert set(shown.choices) == {"add_member", "appoint", "poster", "open_rules"}


async def test_a_facilitator_without_groups_is_told_how_to_begin(stage: Stage) -> None:
    facilitator = await stage.facilitator()
    assert await facilitator.press("menu_groups") == ["groups.none_yet"]


async def test_officers_see_the_page_without_appointing(stage: Stage) -> None:
    group = await stage.group()
    assert await group.chair.press("menu_members") == ["group.page"]
    assert set(group.chair.last.choices) == {"add_member", "poster", "open_rules", "say_death"}
    assert await group.chair.tap("poster") == ["groups.invitation", "groups.poster", "groups.poster"]


async def test_who_no_longer_leads_the_group_cannot_use_its_page(stage: Stage) -> None:
    group = await stage.group()
    await group.chair.press("menu_members")
    page = group.chair.last
    await stage.appoint(group, Office.CHAIR, group.members[0])
    assert await group.chair.tap("add_member", page) == ["refusals.not_for_you"]


async def test_the_facilitator_appoints_and_everyone_concerned_is_told(stage: Stage) -> None:
    group = await stage.group()
    await group.facilitator.press("menu_groups")
    await group.facilitator.tap("open")
    assert await group.facilitator.tap("appoint") == ["appoint.office"]
    assert await group.facilitator.tap("office_treasurer") == ["appoint.member"]
    chosen = group.members[0]
    assert await group.facilitator.tap(str(chosen.membership)) == ["appoint.confirm"]
    assert await group.facilitator.tap("confirm") == ["appoint.done"]
    assert chosen.last.name == "appoint.you_are"
    assert stage.texts.label("menu_waiting") in chosen.last.menu
    assert group.treasurer.last.name == "appoint.you_were"
    assert stage.texts.label("menu_waiting") not in group.treasurer.last.menu
    assert group.chair.last.name == group.members[1].last.name == "appoint.told"
    assert (await offices_of(stage, group)).treasurer == chosen.person


async def appoint(group: Group, office: Office, chosen: Phone) -> list[str]:
    """Go through the talk of appointing."""
    await group.facilitator.press("menu_groups")
    await group.facilitator.tap("open")
    await group.facilitator.tap("appoint")
    await group.facilitator.tap(f"office_{office.value}")
    await group.facilitator.tap(str(chosen.membership))
    return await group.facilitator.tap("confirm")


async def test_one_post_per_person(stage: Stage) -> None:
    group = await stage.group()
    said = await appoint(group, Office.SECRETARY, group.chair)
    assert said == ["refusals.has_an_office", "appoint.office"]
    assert (await offices_of(stage, group)).secretary is None


async def test_what_waits_goes_to_the_new_treasurer(stage: Stage) -> None:
    group = await stage.group(offices=(), members=3)
    payer, chosen = group.members[0], group.members[1]
    await report(payer)
    assert group.facilitator.last.name == "deposit.waiting"
    assert await appoint(group, Office.TREASURER, chosen) == ["appoint.done"]
    assert chosen.last.name == "deposit.waiting"
    stale = group.facilitator.newest("deposit.waiting")
    assert await group.facilitator.tap("confirm_deposit", stale) == ["refusals.not_yours_to_confirm"]
    await chosen.tap("confirm_deposit")
    assert payer.last.name == "saving.receipt_slip"


async def test_applications_that_wait_go_to_the_new_chair(stage: Stage) -> None:
    group = await stage.group(offices=(), members=2)
    newcomer = await stage.person(phone="+989121234567")
    await newcomer.start(f"g_{group.code}")
    await newcomer.tap("consent")
    await newcomer.say("مرغداری")
    await newcomer.tap("confirm")
    await appoint(group, Office.CHAIR, group.members[0])
    assert group.members[0].last.name == "applicant.applied"
    assert await group.members[0].tap("admit") == ["applicant.you_admitted"]


async def test_members_without_a_phone_are_not_offered_for_an_office(stage: Stage) -> None:
    group = await stage.group(offices=(), members=1)
    await stage.phoneless(group.id, group.members[0])
    await group.facilitator.press("menu_groups")
    await group.facilitator.tap("open")
    await group.facilitator.tap("appoint")
    await group.facilitator.tap("office_chair")
    choices = {c for c in group.facilitator.last.choices if not c.startswith("/")}
    assert choices == {str(group.members[0].membership)}


async def test_a_group_without_members_has_nobody_to_appoint_or_to_help(stage: Stage) -> None:
    group = await stage.group(offices=(), members=0)
    await group.facilitator.press("menu_groups")
    await group.facilitator.tap("open")
    assert await group.facilitator.tap("appoint") == ["refusals.no_members_yet"]
    assert await group.facilitator.tap("add_member") == ["refusals.nobody_to_help"]


async def test_a_member_without_a_phone_is_taken_in_and_saves_through_her_helper(stage: Stage) -> None:
    group = await stage.group()
    helper = group.members[0]
    await group.chair.press("menu_members")
    assert await group.chair.tap("add_member") == ["add_member.name"]
    assert await group.chair.say("ننه صغری") == ["add_member.consent"]
    assert await group.chair.tap("yes") == ["add_member.purpose"]
    assert await group.chair.say("دو گوسفند") == ["add_member.helper"]
    assert await group.chair.tap(str(helper.membership)) == ["add_member.confirm"]
    assert await group.chair.tap("confirm") == ["add_member.done"]
    assert helper.last.name == "add_member.you_help"
    assert group.facilitator.last.name == group.treasurer.last.name == "add_member.told_leaders"

    (served,) = await stage.read(lambda conn: groups.served_by(conn, helper.person))
    assert served.name == "ننه صغری"
    assert await helper.press("menu_save") == ["saving.payer"]
    await helper.tap(str(served.id))
    await helper.tap("5000000")
    await helper.tap("cash")
    await helper.tap("confirm")
    await group.treasurer.tap("confirm_deposit")
    balance = await stage.read(lambda conn: passbooks.member_balance(conn, served.id))
    assert balance == Rial.from_toman(500_000)


async def test_a_code_is_never_given_twice(stage: Stage) -> None:
    facilitator = await stage.facilitator()
    await found(facilitator)
    drawn = stage.random_bytes._drawn
    taken = {g.code for g in await _groups(stage, facilitator)}
    stage.random_bytes._drawn = 0  # the same chance once more
    for _ in range(2):
        await found(facilitator)
    codes = [g.code for g in await _groups(stage, facilitator)]
    assert len(codes) == len(set(codes)) == 3
    assert taken < set(codes)
    assert drawn > 0


async def _groups(stage: Stage, facilitator: Phone) -> tuple[GroupRow, ...]:
    return await stage.read(lambda conn: groups.groups_of_facilitator(conn, facilitator.person))
