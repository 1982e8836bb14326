"""Secret ballots: the code of one's own, sealed papers, one person twice, and no key."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Connection, select

from domain.elections import EnterPapers
from domain.ids import MembershipId, Platform, ProposalId
from domain.offices import BOARD
from domain.refusals import Refused
from domain.values import Code
from handlers.carry_out import carry_out
from handlers.turn import Turn
from storage import inbox, people
from storage.inbox import Incoming, Lane
from storage.schema import inbox as table
from tests.elections import CHAIR, SECRETARY, TREASURER, called, stood, voted_for
from tests.handlers.test_accounts import join_by_code
from tests.phone import Heard, Phone
from tests.stage import Group, Stage


async def ballot_for_chair(stage: Stage, members: int = 5) -> Group:
    """An open ballot between the first two members."""
    group = await stage.group(offices=(), members=members)
    await called(group.members[0], "office_chair")
    await stood(group, {CHAIR: group.members[:2]})
    return group


async def code_of(phone: Phone) -> str:
    """Ask for the code of one's ballot."""
    assert await phone.tap("code") == ["contest.code"]
    return phone.last.fact("code", Code).text


def listed(result: Heard) -> dict[str, list[str]]:
    """The codes that the result lists, by what was said."""
    return {str(label): [code.text for code in codes] for label, _, codes in result.fact("results", list)}


async def test_each_voter_finds_her_code_under_the_name_she_chose(stage: Stage) -> None:
    group = await ballot_for_chair(stage)
    one, two = group.members[:2]
    await voted_for(group, "ot---", o=one, t=two)
    codes = [await code_of(one), await code_of(two)]
    await voted_for(group, "--oa-", o=one)
    codes += [await code_of(phone) for phone in group.members[2:4]]
    await voted_for(group, "----a")
    under = listed(one.newest("contest.accepted") if "contest.accepted" in one.names else one.last)
    first, second, neither = under.values()
    assert sorted(first) == sorted([codes[0], codes[2]])
    assert second == [codes[1]]
    assert set(codes[3:]) < set(neither)
    assert await code_of(group.members[4]) in neither  # also after the count, for some days


async def test_a_code_changes_with_the_vote_and_the_old_one_is_not_listed(stage: Stage) -> None:
    group = await ballot_for_chair(stage)
    one, two = group.members[:2]
    await voted_for(group, "o----", o=one)
    before = await code_of(one)
    await voted_for(group, "t----", t=two)
    now = await code_of(one)
    assert now != before
    await voted_for(group, "-tttt", t=two)
    everything = [code for codes in listed(one.newest("contest.accepted")).values() for code in codes]
    assert now in everything
    assert before not in everything


async def test_who_has_not_voted_has_no_code(stage: Stage) -> None:
    group = await ballot_for_chair(stage)
    assert await group.members[3].tap("code") == ["contest.no_code"]


async def test_nobody_asks_for_the_code_of_another(stage: Stage) -> None:
    group = await ballot_for_chair(stage)
    await voted_for(group, "---a-")
    stolen = group.members[3].newest("contest.counted").data("code")
    assert await group.members[0].tap_data(stolen or "") == ["common.foreign_button"]
    assert await group.facilitator.tap_data(stolen or "") == ["common.foreign_button"]


async def papers(officer: Phone, said: list[tuple[MembershipId, bool]], choices: list[str]) -> list[str]:
    """Enter sealed papers."""
    await officer.tap("enter")
    for _, given in said:
        await officer.tap("yes" if given else "no")
    for choice in choices:
        await officer.tap(choice)
    return await officer.tap("confirm")


async def with_two_papers(stage: Stage) -> tuple[Group, list[MembershipId]]:
    """A yes or no on a treasurer, in a group with two members who have no phone."""
    group = await stage.group()
    served = [await stage.phoneless(group.id, group.members[0], name) for name in ("ننه صغری", "ننه گلناز")]
    await called(group.chair, "office_treasurer")
    await stood(group, {TREASURER: [group.members[0]]})
    return group, served


async def test_sealed_papers_are_entered_together_and_again(stage: Stage) -> None:
    group, served = await with_two_papers(stage)
    assert group.chair.newest("contest.enter").facts["names"] == ["ننه صغری", "ننه گلناز"]
    everybody = [(one, True) for one in served]
    assert (await papers(group.chair, everybody, ["vote_no", "vote_no"]))[-1] == "contest.papers_entered"
    assert group.chair.newest("contest.open").facts["cast"] == 2
    only_one = [(served[0], False), (served[1], True)]
    assert (await papers(group.chair, only_one, ["vote_yes"]))[-1] == "contest.papers_entered"
    assert group.chair.newest("contest.open").facts["cast"] == 1
    await voted_for(group, "nnyyy")
    await papers(group.chair, everybody, ["vote_abstain", "vote_yes"])
    result = group.chair.newest("contest.accepted")
    assert [result.facts[name] for name in ("yes", "no", "abstained", "entered")] == [4, 2, 1, 2]


async def test_who_stands_writes_down_no_papers_in_her_own_election(stage: Stage) -> None:
    group = await stage.group(offices=BOARD)
    naneh = await stage.phoneless(group.id, group.members[0])
    await called(group.chair)
    await stood(group, {CHAIR: [group.chair, group.secretary], SECRETARY: [group.members[0]]})
    assert "contest.enter" not in group.secretary.names + group.chair.names
    stolen = group.facilitator.newest("contest.enter")
    assert await papers(group.facilitator, [(naneh, True)], ["vote_abstain"]) == ["contest.papers_entered"]
    await voted_for(group, "ccccca", c=group.chair)
    assert group.facilitator.names.count("contest.enter") == 0  # that card shows the result
    assert await group.facilitator.tap("enter", stolen) == ["refusals.vote_is_over"]
    assert group.secretary.newest("contest.enter").facts["office"] is SECRETARY  # there she does not stand


async def test_where_the_secretary_stands_the_chair_writes_the_papers_down(stage: Stage) -> None:
    group = await stage.group(offices=BOARD)
    naneh = await stage.phoneless(group.id, group.members[0])
    await called(group.chair, "office_secretary")
    await stood(group, {SECRETARY: [group.secretary, group.members[0]]})
    assert "contest.enter" not in group.secretary.names
    assert await papers(group.chair, [(naneh, True)], ["vote_abstain"]) == ["contest.papers_entered"]


async def test_only_whoever_leads_the_meeting_enters_papers_and_one_for_each(stage: Stage) -> None:
    group, served = await with_two_papers(stage)
    found = group.chair.newest("contest.enter").data("enter")
    assert found is not None
    number = int(found.split(".")[1])

    async def by(phone: Phone, command: EnterPapers) -> None:
        def unit(conn: Connection) -> None:
            person = people.person_by_id(conn, phone.person)
            carry_out(Turn(stage.tools, conn, stage.now, person=person), command)

        await stage.database.write(unit)

    right = EnterPapers(ProposalId(number), (served[0],), ("yes",))
    for phone, command in (
        (group.treasurer, right),
        (group.chair, replace(right, papers=("yes", "yes"))),
        (group.chair, replace(right, handed_in=(group.treasurer.membership,))),
    ):
        with pytest.raises(Refused, match="not_yours_to_enter"):
            await by(phone, command)
    with pytest.raises(Refused, match="not_found"):
        await by(group.chair, replace(right, papers=("for_1",)))


async def test_two_accounts_that_become_one_person_have_one_ballot(stage: Stage) -> None:
    group = await ballot_for_chair(stage)
    one, two, owner, other, last = group.members
    await voted_for(group, "--ot-", o=one, t=two)
    await join_by_code(owner, other)
    assert owner.newest("contest.open").facts["cast"] == 2  # shown anew with the next ballot
    await voted_for(group, "oo--o", o=one)
    result = last.newest("contest.accepted").facts
    assert (result["electors"], result["yes"], result["no"]) == (4, 4, 0)


async def test_a_ballot_passes_to_the_membership_that_stays(stage: Stage) -> None:
    group = await ballot_for_chair(stage)
    one, two, owner, other, last = group.members
    await voted_for(group, "---t-", t=two)
    await join_by_code(owner, other)
    await owner.tap("for_" + str(one.membership), owner.newest("contest.open"))
    await voted_for(group, "oo--o", o=one)
    result = last.newest("contest.accepted").facts
    assert (result["electors"], result["yes"], result["no"]) == (4, 4, 0)


async def test_without_a_key_no_election_is_called(stage: Stage) -> None:
    group = await stage.group()
    stage.use(replace(stage.tools, ballot_key=None))
    await group.chair.press("menu_assembly")
    assert await group.chair.tap("elect") == ["refusals.no_ballot_key"]


async def test_a_tap_that_failed_for_good_is_not_kept(stage: Stage) -> None:
    """What is set aside may be looked at for a month, and a tap might be a vote."""
    said = {"tap": '{"update_id": 1, "callback_query": {}}', "text": '{"update_id": 2, "message": {}}'}

    def unit(conn: Connection) -> dict[str, str | None]:
        lane = Lane(Platform.TELEGRAM, 5)
        updates = [Incoming(lane, 1, n, b"", body) for n, body in enumerate(said.values())]
        inbox.keep(conn, updates, stage.now)
        while (pending := inbox.first_pending(conn, lane)) is not None:
            inbox.set_aside(conn, pending.id, "failed", stage.now)
        kept = conn.execute(select(table.c.body).where(table.c.state == "aside").order_by(table.c.id))
        return dict(zip(said, kept.scalars(), strict=True))

    assert await stage.write(unit) == {"tap": None, "text": said["text"]}
