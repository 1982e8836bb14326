from __future__ import annotations

from sqlalchemy import Connection, select

from domain.commands import LeadState, Role
from domain.identity import Phone as Number
from domain.ids import LeadId
from storage import leads
from storage.schema import command
from tests.programme import MARVDASHT, NUMBER, SHIRAZ, accept, executor, interested, invited
from tests.stage import Stage

MARKS = ("called", "invited", "not_now")


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
    await newcomer.start(await invited(boss))
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
