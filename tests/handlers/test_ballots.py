"""Whose ballot it is: strangers, newcomers, those who leave, members without a phone, one person twice."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection

from domain.ids import MembershipId
from domain.offices import Office
from domain.proposals import CastBallot
from domain.refusals import Refused
from domain.votes import Vote
from handlers.carry_out import carry_out
from handlers.turn import Turn
from storage import assembly, people
from tests.assembly import WORDS, ballots, entered, proposal, proposed, voted
from tests.handlers.test_accounts import join_by_code
from tests.handlers.test_leaving import leave
from tests.lending import asked, funded, lending
from tests.stage import Group, Stage

FULL = (Office.CHAIR, Office.SECRETARY, Office.TREASURER)


async def with_naneh(stage: Stage, offices: tuple[Office, ...] = FULL) -> tuple[Group, MembershipId]:
    """A vote in a group with a member without a phone, whom its first member helps."""
    group = await stage.group(offices=offices)
    naneh = await stage.phoneless(group.id, group.members[0])
    await proposed(group.members[1])
    return group, naneh


async def test_a_button_is_worthless_in_another_persons_hands(stage: Stage) -> None:
    group = await stage.group()
    await proposed(group.members[0])
    stolen = group.chair.newest("vote.open").data("yes")
    assert stolen is not None
    for phone in (group.members[0], group.facilitator, stage.phone()):
        assert await phone.tap_data(stolen) == ["common.foreign_button"]
    assert {one.vote for one in await ballots(stage)} == {None}


async def test_who_came_later_votes_next_time(stage: Stage) -> None:
    group = await stage.group()
    await proposed(group.members[0])
    newcomer = await stage.member(group.id)
    assert await newcomer.press("menu_assembly") == ["assembly.page", "vote.without_you"]
    await voted(group, "yyyyy")
    assert newcomer.last.name == "vote.accepted"
    assert newcomer.last.facts["electors"] == 5


async def test_who_rejoined_has_no_second_ballot(stage: Stage) -> None:
    group = await stage.group()
    await proposed(group.members[0])
    member = group.members[2]
    await member.tap("yes")
    await leave(member)
    await stage.member(group.id, phone=member)
    assert await member.tap("no", member.newest("vote.open")) == ["refusals.not_an_elector"]


async def test_a_ballot_cast_before_leaving_counts(stage: Stage) -> None:
    group = await stage.group()
    await proposed(group.members[0])
    await group.members[2].tap("no")
    await leave(group.members[2])
    assert await group.members[2].tap("yes", group.members[2].newest("vote.open")) == [
        "refusals.not_a_member"
    ]
    await voted(group, "yyyy-")
    assert (group.chair.last.facts["electors"], group.chair.last.facts["no"]) == (5, 1)


async def test_who_left_stays_an_elector_and_is_not_waited_for(stage: Stage) -> None:
    group = await stage.group()
    await proposed(group.members[0])
    card = group.members[2].newest("vote.open")
    await leave(group.members[2])
    assert await group.members[2].tap("yes", card) == ["refusals.not_a_member"]
    await voted(group, "yyyy-")
    assert group.chair.last.name == "vote.accepted"
    assert (group.chair.last.facts["electors"], group.chair.last.facts["absent"]) == (5, 1)
    assert group.members[2].last.name == "refusals.not_a_member"  # her card shows it, she is told no more


async def test_the_secretary_writes_down_the_vote_of_a_member_without_a_phone(stage: Stage) -> None:
    group, naneh = await with_naneh(stage)
    assert group.secretary.last.name == "vote.enter"
    assert "vote.enter" not in group.chair.names
    assert await entered(group.secretary, naneh, "yes") == ["vote.entered"]
    assert group.members[0].last.name == "vote.entered_for_you"
    hers = next(one for one in await ballots(stage) if one.membership_id == naneh)
    assert (hers.vote, hers.entered_by) == (Vote.YES, group.secretary.person)
    await voted(group, "nnnnnn")
    assert (group.chair.last.facts["yes"], group.chair.last.facts["entered"]) == (1, 1)
    assert "vote.enter" not in group.secretary.names  # that card shows the result as well


async def test_nobody_writes_down_votes_on_her_own_loan(stage: Stage) -> None:
    group = await stage.group(offices=FULL, members=1)
    await lending(stage, group)
    await funded(stage, group)
    naneh = await stage.phoneless(group.id, group.members[0])
    await asked(group.secretary)
    assert "vote.enter" not in group.secretary.names
    assert await entered(group.chair, naneh, "yes") == ["vote.entered"]


async def test_without_a_secretary_it_is_the_chair_and_without_a_board_the_facilitator(stage: Stage) -> None:
    group, naneh = await with_naneh(stage, (Office.CHAIR, Office.TREASURER))
    assert await entered(group.chair, naneh, "abstain") == ["vote.entered"]
    other, golnaz = await with_naneh(stage, ())
    assert await entered(other.facilitator, golnaz, "no") == ["vote.entered"]


async def test_the_secretary_is_reminded_of_votes_she_has_not_entered(stage: Stage) -> None:
    group, naneh = await with_naneh(stage)
    golnaz = await stage.phoneless(group.id, group.members[0], "گلناز")
    await stage.pass_days(3)
    assert group.secretary.names[-2:] == ["vote.reminder", "vote.enter"]
    assert group.secretary.last.facts["names"] == ["ننه صغری"]  # the other came after the opening
    assert await entered(group.secretary, naneh, "yes") == ["vote.entered"]
    assert golnaz not in {one.membership_id for one in await ballots(stage)}


async def test_a_new_secretary_finds_it_in_the_assembly(stage: Stage) -> None:
    group, naneh = await with_naneh(stage, (Office.CHAIR, Office.TREASURER))
    await group.chair.tap("enter")
    await stage.appoint(group, Office.SECRETARY, group.members[2])
    await group.chair.tap(str(naneh))
    await group.chair.tap("vote_yes")
    assert await group.chair.tap("confirm") == ["refusals.not_yours_to_enter"]
    assert await group.chair.tap("enter") == ["refusals.not_yours_to_enter"]
    await group.members[2].press("menu_assembly")
    assert await entered(group.members[2], naneh, "yes") == ["vote.entered"]


async def test_a_vote_that_ends_while_it_is_written_down_takes_no_more(stage: Stage) -> None:
    group, naneh = await with_naneh(stage)
    await group.secretary.tap("enter")
    await group.secretary.tap(str(naneh))
    await group.secretary.tap("vote_yes")
    card = group.secretary.newest("vote.enter")
    await stage.pass_days(4)
    assert await group.secretary.tap("enter", card) == ["refusals.vote_is_over"]
    assert await group.secretary.tap("confirm") == ["common.continuing", "refusals.vote_is_over"]


async def test_nobody_enters_the_vote_of_who_can_vote_herself(stage: Stage) -> None:
    group, naneh = await with_naneh(stage)
    await group.secretary.tap("enter")
    assert group.secretary.last.choices[:1] == (str(naneh),)
    command = CastBallot((await proposal(stage)).id, group.chair.membership, Vote.YES)

    def by_the_secretary(conn: Connection) -> None:
        turn = Turn(stage.tools, conn, stage.now, person=people.person_by_id(conn, group.secretary.person))
        carry_out(turn, command)

    with pytest.raises(Refused, match="not_yours_to_enter"):
        await stage.database.write(by_the_secretary)


async def test_the_facilitator_proposes_until_there_is_a_chair(stage: Stage) -> None:
    group = await stage.group(offices=(Office.TREASURER,))
    await group.facilitator.press("menu_groups")
    await group.facilitator.tap("open")
    page = group.facilitator.last
    await group.facilitator.tap("propose")
    await group.facilitator.tap("proposalkind_resolution")
    await group.facilitator.say(WORDS)
    assert await group.facilitator.tap("confirm") == ["propose.opened"]
    assert group.treasurer.last.name == "vote.open"
    await stage.appoint(group, Office.CHAIR, group.members[0])
    assert await group.facilitator.tap("propose", page) == ["refusals.not_for_you"]
    await group.facilitator.tap("open")
    assert "propose" not in group.facilitator.last.choices


async def test_who_has_no_place_in_the_group_cannot_propose(stage: Stage) -> None:
    group = await stage.group()
    member = group.members[0]
    await member.press("menu_assembly")
    page = member.last
    await leave(member)
    assert await member.tap("propose", page) == ["refusals.not_for_you"]
    assert await member.say(stage.texts.label("menu_assembly")) == ["refusals.not_for_you"]


async def test_a_group_without_members_has_nobody_to_ask(stage: Stage) -> None:
    group = await stage.group(offices=(), members=0)
    await group.facilitator.press("menu_groups")
    await group.facilitator.tap("open")
    assert await group.facilitator.tap("propose") == ["refusals.no_members_yet"]


@pytest.mark.parametrize(
    ("staying", "going", "left"),
    [
        (None, None, None),
        ("yes", None, Vote.YES),
        (None, "no", Vote.NO),
        ("yes", "no", Vote.YES),
    ],
)
async def test_one_person_with_two_memberships_keeps_one_ballot(
    stage: Stage, staying: str | None, going: str | None, left: Vote | None
) -> None:
    group = await stage.group()
    await proposed(group.members[2])
    first, second = group.members[:2]
    for phone, vote in ((first, staying), (second, going)):
        if vote:
            await phone.tap(vote)
    await stage.write(lambda conn: assembly.join_ballots(conn, first.membership, second.membership))
    found = {one.membership_id: one.vote for one in await ballots(stage)}
    assert len(found) == 4
    assert found[first.membership] is left


async def test_two_accounts_that_become_one_person_vote_once(stage: Stage) -> None:
    group = await stage.group()
    owner, other = group.members[:2]
    await proposed(other)
    await other.tap("no")
    await join_by_code(owner, other)
    assert (await proposal(stage)).proposed_by == owner.person
    assert len(await ballots(stage)) == 4
    assert await other.tap("yes", other.newest("vote.open")) == ["vote.counted"]
    await voted(group, "yyn-n")
    assert (group.chair.last.facts["electors"], group.chair.last.facts["no"]) == (4, 2)


async def test_a_ballot_passes_to_the_membership_that_stays(stage: Stage) -> None:
    group = await stage.group()
    await proposed(group.members[2])
    await group.members[1].tap("no")
    later = await stage.member(group.id)
    await stage.write(lambda conn: assembly.join_ballots(conn, later.membership, group.members[1].membership))
    found = {one.membership_id: one.vote for one in await ballots(stage)}
    assert (len(found), found[later.membership]) == (5, Vote.NO)


async def test_a_person_reads_in_how_many_votes_she_took_part(stage: Stage) -> None:
    group = await stage.group()
    member = group.members[0]
    await proposed(member)
    await member.tap("yes")
    await member.press("menu_me")
    await member.tap("my_data")
    told = member.newest("me.stored_membership").facts
    assert (told["proposed"], told["voted"]) == (1, 1)
