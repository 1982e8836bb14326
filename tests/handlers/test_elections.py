"""The group elects its board: names, secret ballots office by office, and the terms begin."""

from __future__ import annotations

import asyncio

from domain.offices import Offices
from storage import groups
from tests.elections import CHAIR, SECRETARY, TREASURER, called, name_of, offices, stood, voted_for
from tests.phone import Heard
from tests.stage import Group, Stage


async def five(stage: Stage) -> Group:
    """Five members and nobody in office: four ballots are a quorum, at the second call three."""
    return await stage.group(offices=(), members=5)


def results(heard: Heard) -> dict[str, int]:
    """How many ballots say what."""
    return {str(label): count for label, count, _ in heard.fact("results", list)}


async def test_a_group_without_a_board_elects_one(stage: Stage) -> None:
    group = await five(stage)
    one, two, three, four, five_ = group.members
    assert (await called(one))[-1] == "elect.opened"
    assert [phone.newest("election.open").facts["electors"] for phone in group.members] == [5] * 5
    await stood(group, {CHAIR: [one, two], TREASURER: [three], SECRETARY: [four]})
    assert [phone.last.name for phone in group.members] == ["contest.open"] * 5

    await voted_for(group, "tootT", o=one, t=two, T=two)
    result = five_.newest("contest.accepted")
    assert (result.facts["number"], result.facts["electors"], result.facts["absent"]) == (1, 5, 0)
    assert sorted(results(result).values()) == [0, 2, 3]
    assert group.facilitator.last.name == "contest.accepted"
    assert await offices(stage, group) == Offices(group.facilitator.person)  # they begin together

    await voted_for(group, "yyyyn")
    await voted_for(group, "yyyya")
    board = Offices(group.facilitator.person, two.person, four.person, three.person)
    assert await offices(stage, group) == board
    assert [phone.last.name for phone in group.members] == [
        "election.over",
        "election.you_are",
        "election.you_are",
        "election.you_are",
        "election.over",
    ]
    assert group.facilitator.last.name == "election.over"
    assert two.last.facts["office"] is CHAIR


async def test_how_many_have_voted_is_seen_but_not_how(stage: Stage) -> None:
    group = await five(stage)
    await called(group.members[0], "office_chair")
    await stood(group, {CHAIR: group.members[:2]})
    await voted_for(group, "ot---", o=group.members[0], t=group.members[1])
    card = group.members[4].newest("contest.open")
    assert (card.facts["cast"], card.facts["electors"], card.facts["quorum"]) == (2, 5, 4)
    assert set(results(card).values()) == {0}
    assert [phone.last.name for phone in group.members[:2]] == ["contest.counted"] * 2
    assert "vote" not in group.members[0].last.facts


async def test_a_vote_is_changed_and_counts_once(stage: Stage) -> None:
    group = await five(stage)
    one, two = group.members[:2]
    await called(one, "office_chair")
    await stood(group, {CHAIR: [one, two]})
    await voted_for(group, "oo---", o=one)
    await voted_for(group, "t----", t=two)
    assert await stage.repeat() == []
    assert group.members[4].newest("contest.open").facts["cast"] == 2
    await voted_for(group, "--ttt", t=two)
    assert sorted(results(one.newest("contest.accepted")).values()) == [0, 1, 4]
    assert (await offices(stage, group)).chair == two.person


async def test_equal_votes_are_voted_on_again_and_then_the_lot_decides(stage: Stage) -> None:
    group = await five(stage)
    one, two, three = group.members[:3]
    await called(one, "office_chair")
    await stood(group, {CHAIR: [one, two, three]})
    await voted_for(group, "ootth", o=one, t=two, h=three)
    assert one.newest("contest.undecided").facts["number"] is None
    again = one.newest("contest.open")
    assert (again.facts["second"], len(again.fact("candidates", list))) == (True, 2)
    await voted_for(group, "ootta", o=one, t=two)
    assert one.newest("contest.accepted").facts["number"] == 1
    assert (await offices(stage, group)).chair in {one.person, two.person}
    assert "قرعه" in str(one.newest("contest.accepted").facts["words"])


async def test_a_sole_candidate_needs_more_yes_than_no(stage: Stage) -> None:
    group = await stage.group()
    await called(group.chair)
    await stood(group, {TREASURER: [group.members[0]]})
    await voted_for(group, "yynna")
    assert group.chair.newest("contest.rejected").facts["no"] == 2
    assert (await offices(stage, group)).treasurer == group.treasurer.person
    assert group.chair.last.facts["unfilled"] == [CHAIR, TREASURER, SECRETARY]


async def test_nobody_stands(stage: Stage) -> None:
    group = await five(stage)
    await called(group.members[0])
    await stood(group, {})
    assert group.members[0].names[-2:] == ["election.ended", "election.over"]
    assert group.members[0].last.facts["held"] == []
    assert (await called(group.members[0]))[-1] == "elect.opened"


async def test_who_is_named_by_another_is_asked_first(stage: Stage) -> None:
    group = await five(stage)
    one, two, three, *_ = group.members
    await called(one, "office_chair")
    for named in (two, three):
        await one.tap("name_somebody")
        await one.tap(str(named.membership))
        assert await one.tap("confirm") == ["election.she_is_asked"]
    assert two.last.facts["namer"] == name_of(one)
    await stood(Group(group.id, "", "", group.facilitator, {}, group.members[1:]), {})
    assert "contest.open" not in one.names  # two are still being asked
    assert await two.tap("decline") == ["election.you_answered"]
    assert "election.declined" in two.names  # her card says so as well
    await three.tap("accept")
    assert one.last.name == "contest.open"
    assert one.last.facts["candidates"] == [name_of(three)]


async def test_consent_can_be_taken_back_while_names_are_gathered(stage: Stage) -> None:
    group = await five(stage)
    one = group.members[0]
    await called(one, "office_chair")
    await one.tap("stand_chair")
    offered = one.newest("election.open").fact("offices", list)
    assert offered == [(CHAIR, [name_of(one)])]
    assert await one.tap("stand_chair") == ["refusals.named_already"]
    card = one.newest("election.you_stand")
    assert await one.tap("decline", card) == ["election.you_answered"]
    assert one.newest("election.open").fact("offices", list) == [(CHAIR, [])]
    await stage.pass_days(4)
    assert await one.tap("decline", card) == ["refusals.vote_is_over"]


async def test_who_may_be_named(stage: Stage) -> None:
    group = await stage.group()
    one, two = group.members[:2]
    naneh = await stage.phoneless(group.id, one)
    await called(group.chair, "office_chair")
    assert await group.treasurer.tap("stand_chair") == ["refusals.holds_another_office"]
    await one.tap("name_somebody")
    assert str(naneh) not in one.last.choices
    await one.tap(str(two.membership))
    await one.tap("confirm")
    await two.tap("decline")
    await one.tap("name_somebody")
    await one.tap(str(two.membership))
    assert await one.tap("confirm") == ["refusals.does_not_stand"]
    newcomer = await stage.member(group.id)
    assert await newcomer.press("menu_assembly") == ["assembly.page", "vote.without_you"]
    stolen = one.newest("election.open").data("stand_chair")
    assert await two.tap_data(stolen or "") == ["common.foreign_button"]
    assert await group.facilitator.tap_data(stolen or "") == ["common.foreign_button"]


async def test_one_post_for_each(stage: Stage) -> None:
    group = await five(stage)
    one, two = group.members[:2]
    await called(one)
    await stood(group, {CHAIR: [one], TREASURER: [one, two]})
    await voted_for(group, "yyyyy")
    assert one.last.facts["candidates"] == [name_of(two)]
    await voted_for(group, "yyyyy")
    now = await offices(stage, group)
    assert (now.chair, now.treasurer) == (one.person, two.person)


async def test_without_a_quorum_nothing_is_counted_and_it_is_called_once_more(stage: Stage) -> None:
    group = await five(stage)
    one = group.members[0]
    await called(one)
    await stood(group, {CHAIR: [one], SECRETARY: [group.members[1]]})
    await voted_for(group, "yyn--")
    await stage.pass_days(4)
    assert one.names[-2:] == ["contest.no_quorum", "contest.open"]
    told = one.newest("contest.no_quorum").facts
    assert (told["cast"], told["quorum"]) == (3, 4)
    assert (one.last.facts["again"], one.last.facts["cast"]) == (True, 0)
    await voted_for(group, "yn---")
    await stage.pass_days(4)
    assert one.names[-2:] == ["contest.no_quorum_again", "contest.open"]
    assert one.last.facts["office"] is SECRETARY  # the election goes on
    await voted_for(group, "yyyy-")
    await stage.pass_days(4)
    assert one.last.facts["unfilled"] == [CHAIR, TREASURER]


async def test_names_are_gathered_until_the_deadline_and_who_is_silent_is_reminded(stage: Stage) -> None:
    group = await five(stage)
    one = group.members[0]
    await called(one, "office_chair")
    await one.tap("stand_chair")
    await stage.pass_days(3)
    assert "election.reminder" not in one.names
    assert group.members[1].last.name == "election.reminder"
    await stage.pass_days(1)
    assert one.last.name == "contest.open"
    assert await group.members[1].tap("nobody_else", group.members[1].newest("election.reminder")) == [
        "refusals.vote_is_over"
    ]


async def test_an_old_card_shows_how_it_ended(stage: Stage) -> None:
    group = await five(stage)
    one = group.members[0]
    await called(one, "office_chair")
    await stood(group, {CHAIR: [one]})
    card = group.members[4].newest("contest.open")
    await voted_for(group, "yyyy-")
    await stage.pass_days(40)
    assert await group.members[4].tap("no", card) == ["vote.over", "contest.accepted"]
    assert await group.members[4].tap("code", card) == ["contest.code_no_more"]


async def test_who_left_before_the_count_is_not_elected(stage: Stage) -> None:
    group = await five(stage)
    one, two = group.members[:2]
    await called(one, "office_chair")
    await stood(group, {CHAIR: [one, two]})
    await voted_for(group, "ooto-", o=one, t=two)
    gone = {"state": "left", "left_at": stage.now}
    await stage.write(lambda conn: groups.update_membership(conn, one.membership, **gone))
    await stage.pass_days(4)
    assert (await offices(stage, group)).chair == two.person


async def test_ballots_cast_at_the_same_instant_all_count(stage: Stage) -> None:
    group = await five(stage)
    one = group.members[0]
    await called(one, "office_chair")
    await stood(group, {CHAIR: [one]})
    taps = [(phone, phone.newest("contest.open").data("yes")) for phone in group.everybody]
    await asyncio.gather(*(phone.tap_data(data or "") for phone, data in taps))
    assert one.newest("contest.accepted").facts["yes"] == 5
