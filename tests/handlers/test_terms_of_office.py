"""Terms begin with an election, are handed over, and end in time; what the facilitator may do then."""

from __future__ import annotations

from datetime import timedelta

from domain.offices import Office
from tests.elections import CHAIR, TREASURER, called, name_of, offices, stood, voted_for
from tests.stage import Stage
from tests.steps import report


async def test_an_office_is_handed_over(stage: Stage) -> None:
    group = await stage.group()
    one, two = group.members[:2]
    await report(two)
    await called(group.chair)
    await stood(group, {CHAIR: [group.chair], TREASURER: [one]})
    await voted_for(group, "yyyyy")
    await voted_for(group, "yyyyy")
    assert group.treasurer.last.name == "election.you_were"
    assert group.treasurer.last.facts["name"] == name_of(one)
    assert stage.texts.label("menu_rounds") not in group.treasurer.last.menu
    assert stage.texts.label("menu_rounds") in one.last.menu
    assert "deposit.waiting" in one.names  # what waited for the former treasurer waits for her now
    assert "election.you_are" not in group.chair.names  # she stays what she was


async def test_the_end_of_a_term_is_announced_once_and_who_is_elected_stays_until_then(stage: Stage) -> None:
    group = await stage.group(offices=(), members=5)
    one, two = group.members[:2]
    await called(one)
    await stood(group, {CHAIR: [one], TREASURER: [two]})
    await voted_for(group, "yyyyy")
    await voted_for(group, "yyyyy")
    ends = one.newest("election.you_are").facts["day"]
    await stage.pass_time(timedelta(days=330))
    assert "election.term_ends" not in one.names
    await stage.pass_days(10)
    for phone in (one, two, group.facilitator):
        assert phone.names.count("election.term_ends") == 1
    assert "election.term_ends" not in group.members[2].names
    assert one.newest("election.term_ends").fact("terms", list)[0] == (CHAIR, name_of(one), ends)
    await stage.pass_time(timedelta(days=100))
    assert (await offices(stage, group)).chair == one.person


async def test_the_facilitator_fills_what_is_vacant_but_replaces_nobody_who_was_elected(stage: Stage) -> None:
    group = await stage.group(offices=(), members=5)
    one, two, three = group.members[:3]
    await group.facilitator.press("menu_groups")
    await group.facilitator.tap("open")
    page = group.facilitator.last
    await called(one, "office_chair")
    await stood(group, {CHAIR: [one]})
    await voted_for(group, "yyyyy")
    for office, member, said in (
        ("chair", two, "refusals.office_is_elected"),
        ("secretary", three, "appoint.done"),
    ):
        await group.facilitator.tap("appoint", page)
        await group.facilitator.tap(f"office_{office}")
        await group.facilitator.tap(str(member.membership))
        assert said in await group.facilitator.tap("confirm")
    assert (await offices(stage, group)).secretary == three.person


async def test_one_election_at_a_time(stage: Stage) -> None:
    group = await stage.group()
    await called(group.chair)
    await group.members[0].press("menu_assembly")
    assert await group.members[0].tap("elect") == ["refusals.election_is_running"]


async def test_the_facilitator_calls_the_first_election(stage: Stage) -> None:
    group = await stage.group(offices=(), members=5)
    await group.facilitator.press("menu_groups")
    await group.facilitator.tap("open")
    page = group.facilitator.last
    await group.facilitator.tap("elect")
    await group.facilitator.tap("whole_board")
    assert await group.facilitator.tap("confirm") == ["elect.opened"]
    assert group.members[0].last.name == "election.open"
    await stage.appoint(group, Office.CHAIR, group.members[0])
    await stage.pass_days(9)
    assert await group.facilitator.tap("elect", page) == ["refusals.not_for_you"]
