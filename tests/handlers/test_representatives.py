"""Who stands for the group in the kanoon: elected like the board, and no post of it."""

from __future__ import annotations

from datetime import timedelta

from domain.offices import Office
from tests.elections import CHAIR, called, name_of, offices, stood, voted_for
from tests.rights import ALL_OFFICES
from tests.stage import Group, Stage

FIRST, SECOND = Office.REPRESENTATIVE, Office.SECOND_REPRESENTATIVE


async def represented(stage: Stage) -> Group:
    """The chair is the first representative, a member the second."""
    group = await stage.group(offices=ALL_OFFICES, members=2)
    await called(group.members[1], "representatives")
    await stood(group, {FIRST: [group.chair], SECOND: [group.chair, group.members[0]]})
    await voted_for(group, "yyyyy")
    await voted_for(group, "yyyyy")
    return group


async def test_an_officer_may_represent_the_group_as_well_and_stays_what_she_is(stage: Stage) -> None:
    group = await represented(stage)
    held = await offices(stage, group)
    assert (held.representative, held.second_representative) == (
        group.chair.person,
        group.members[0].person,
    )
    assert (held.chair, held.secretary) == (group.chair.person, group.secretary.person)
    over = group.secretary.newest("election.over")
    assert over.facts["of_board"] is False
    assert over.fact("held", list) == [(FIRST, name_of(group.chair)), (SECOND, name_of(group.members[0]))]
    assert group.members[0].last.name == "election.you_are"
    assert group.members[0].newest("contest.accepted").facts["candidates"] == [name_of(group.members[0])]
    assert stage.texts.label("menu_rounds") not in group.members[0].last.menu


async def test_they_are_named_on_the_groups_page(stage: Stage) -> None:
    group = await represented(stage)
    await group.chair.press("menu_members")
    shown = {name: held for name, held, _ in group.chair.last.fact("members", list)}
    assert shown[name_of(group.chair)] == (CHAIR, FIRST)
    assert shown[name_of(group.members[0])] == (SECOND,)
    assert group.chair.last.facts["vacant"] == []


async def test_the_end_of_their_term_is_announced_apart_from_that_of_the_board(stage: Stage) -> None:
    group = await represented(stage)
    await stage.pass_days(60)
    await called(group.chair, "office_chair")
    await stood(group, {CHAIR: [group.chair]})
    await voted_for(group, "yyyyy")
    await stage.pass_time(timedelta(days=280))
    for phone in (group.chair, group.members[0], group.facilitator):
        ending = phone.newest("election.term_ends").fact("terms", list)
        assert [office for office, _, _ in ending] == [FIRST, SECOND]
    await stage.pass_time(timedelta(days=60))
    assert group.chair.names.count("election.term_ends") == 2
    ending = group.chair.newest("election.term_ends").fact("terms", list)
    assert [office for office, _, _ in ending] == [CHAIR]
    assert group.members[0].names.count("election.term_ends") == 1


async def test_a_second_election_hands_over_and_asks_nobody_to_count_money(stage: Stage) -> None:
    group = await represented(stage)
    await called(group.chair, "office_second_representative")
    await stood(group, {SECOND: [group.members[1]]})
    await voted_for(group, "yyyyy")
    left = group.members[0].newest("election.you_were")
    assert (left.facts["of_board"], left.facts["name"]) == (False, name_of(group.members[1]))
    assert (await offices(stage, group)).representative == group.chair.person


async def test_the_first_representative_is_not_the_second_as_well(stage: Stage) -> None:
    group = await represented(stage)
    await called(group.chair, "office_second_representative")
    assert await group.chair.tap("stand_second_representative") == ["refusals.holds_another_office"]
    assert await group.treasurer.tap("stand_second_representative") == ["election.you_stand"]


async def test_who_leaves_represents_nobody_any_more(stage: Stage) -> None:
    group = await represented(stage)
    member = group.members[0]
    await member.press("menu_me")
    await member.tap("leave")
    await member.tap("confirm")
    assert (await offices(stage, group)).second_representative is None
