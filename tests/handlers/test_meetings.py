"""When the group meets: resolved by ordinary vote, seen on its pages with the next day."""

from __future__ import annotations

from datetime import date, timedelta

from domain.calendar import local_day, weekday
from tests.assembly import voted
from tests.rules import meetings_proposed
from tests.stage import Stage


async def test_the_group_decides_when_it_meets_and_sees_the_next_day(stage: Stage) -> None:
    group = await stage.group()
    await group.chair.press("menu_assembly")
    assert group.chair.last.facts["next_meeting"] is None
    today = local_day(stage.now)
    assert (await meetings_proposed(group.members[0], weekday(today + timedelta(days=2))))[-1] == (
        "propose.opened"
    )
    await voted(group, "yyynn")
    assert "خانهٔ بهداشت" in str(group.chair.newest("vote.accepted").facts["words"])
    for word, text in (("menu_assembly", "assembly.page"), ("menu_members", "group.page")):
        await group.chair.press(word)
        page = group.chair.newest(text)
        assert page.facts["next_meeting"] == today + timedelta(days=2)
        assert "خانهٔ بهداشت" in str(page.facts["meetings"])
    await group.facilitator.press("menu_groups")
    await group.facilitator.tap("open")
    assert group.facilitator.last.fact("next_meeting", date) == today + timedelta(days=2)


async def test_what_is_resolved_last_holds_and_is_not_voted_on_again(stage: Stage) -> None:
    group = await stage.group()
    for day in (2, 4):
        await meetings_proposed(group.members[0], day)
        await voted(group, "yyyyy")
    await group.members[1].press("menu_assembly")
    await group.members[1].tap("open_rules")
    assert weekday(group.members[1].newest("rules.page").fact("next_meeting", date)) == 4
    assert await meetings_proposed(group.members[1], 4) == ["refusals.holds_already"]
