"""A vote ends as soon as nobody can vote any more who has not: also where the last one awaited is gone."""

from __future__ import annotations

from tests.assembly import proposal, proposed, voted
from tests.elections import CHAIR, called, stood, voted_for
from tests.handlers.test_accounts import join_by_code
from tests.handlers.test_leaving import leave
from tests.stage import Stage


async def test_a_vote_ends_as_the_last_who_has_not_voted_leaves(stage: Stage) -> None:
    group = await stage.group()
    await proposed(group.members[0])
    await voted(group, "yyy--")
    await leave(group.members[1])
    await stage.tick()
    assert (await proposal(stage)).state == "open"
    await leave(group.members[2])
    await stage.tick()
    assert (await proposal(stage)).state == "no_quorum"  # three of five are not two thirds
    assert (group.chair.last.name, group.chair.last.facts["electors"]) == ("vote.open", 3)  # once more


async def test_where_somebody_is_still_awaited_the_reminder_comes_once_and_the_vote_goes_on(
    stage: Stage,
) -> None:
    group = await stage.group()
    await proposed(group.members[0])
    await voted(group, "yyy--")
    await leave(group.members[1])
    await stage.tick()
    assert "vote.reminder" not in group.members[2].names
    await stage.pass_days(3)
    await group.chair.tap("no", group.chair.newest("vote.open"))
    await stage.tick()
    assert group.members[2].names.count("vote.reminder") == 1
    await stage.pass_days(1)
    assert (await proposal(stage)).state == "no_quorum"


async def test_a_secret_ballot_ends_as_the_last_who_has_not_voted_leaves(stage: Stage) -> None:
    group = await stage.group(offices=(), members=5)
    one = group.members[0]
    await called(one, "office_chair")
    await stood(group, {CHAIR: [one]})
    await voted_for(group, "yyyy-")
    await leave(group.members[4])
    assert (await proposal(stage, 2)).state == "open"
    await stage.tick()
    assert one.newest("contest.accepted").facts["absent"] == 1
    assert one.last.name == "election.you_are"


async def test_names_are_gathered_no_longer_than_somebody_can_still_name_one(stage: Stage) -> None:
    group = await stage.group(offices=(), members=5)
    one, asked, silent = group.members[0], group.members[3], group.members[4]
    await called(one, "office_chair")
    await one.tap("stand_chair")
    await group.members[1].tap("name_somebody")
    await group.members[1].tap(str(asked.membership))
    await group.members[1].tap("confirm")
    for phone in (group.members[2], asked):
        await phone.tap("nobody_else", phone.newest("election.open"))
    await leave(silent)
    await stage.tick()
    assert (await proposal(stage)).state == "open"  # who was named has not answered
    await leave(asked)
    await stage.tick()
    assert one.last.name == "contest.open"


async def test_a_vote_ends_as_two_records_become_one_that_has_voted(stage: Stage) -> None:
    group = await stage.group()
    owner, other = group.members[:2]
    await proposed(group.members[2])
    await voted(group, "yyy-y")
    await join_by_code(owner, other)
    await stage.tick()
    assert group.chair.last.name == "vote.accepted"
    assert group.chair.last.facts["electors"] == 4
