"""The assembly decides by vote: from a proposal to its numbered resolution."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from sqlalchemy import Connection, select

from domain.proposals import ProposalKind
from domain.votes import Vote
from storage import assembly, groups, inbox
from storage.inbox import Incoming, Lane
from storage.schema import outbox
from tests.assembly import WORDS, ballots, proposal, proposed, voted
from tests.installation import BOT_ID
from tests.phone import Heard
from tests.stage import Group, Stage


def figures(heard: Heard) -> tuple[object, ...]:
    """Electors, yes, no, abstained, not voted."""
    return tuple(heard.facts[name] for name in ("electors", "yes", "no", "abstained", "absent"))


async def five(stage: Stage) -> Group:
    """A chair, a treasurer and three members: four ballots are a quorum, at the second call three."""
    return await stage.group()


async def test_everybody_votes_and_it_is_resolved_at_once(stage: Stage) -> None:
    group = await five(stage)
    assert await proposed(group.members[0]) == ["vote.open", "propose.opened"]
    assert [phone.newest("vote.open").facts["words"] for phone in group.everybody] == [WORDS] * 5
    await voted(group, "yyyn-")
    assert "vote.accepted" not in group.facilitator.names
    assert (await group.members[2].tap("abstain"))[0] == "vote.counted_last"

    for phone in (*group.everybody, group.facilitator):
        assert phone.last.name == "vote.accepted"
        assert figures(phone.last) == (5, 3, 1, 1, 0)
        assert phone.last.facts["number"] == 1
    assert "vote.open" not in group.chair.names  # her card shows the result as well


async def test_how_many_have_voted_is_seen_but_not_how(stage: Stage) -> None:
    group = await five(stage)
    await proposed(group.members[0])
    await voted(group, "yn---")
    card = group.members[2].newest("vote.open")
    assert (card.facts["cast"], card.facts["electors"], card.facts["quorum"]) == (2, 5, 4)
    assert not {"yes", "no", "abstained"} & card.facts.keys()


async def test_a_vote_is_changed_and_counts_once(stage: Stage) -> None:
    group = await five(stage)
    await proposed(group.members[0])
    assert await group.chair.tap("yes") == ["vote.counted"]
    assert await group.chair.tap("no") == ["vote.counted"]
    assert await stage.repeat() == []
    assert group.chair.last.facts["vote"] is Vote.NO
    assert group.chair.newest("vote.open").facts["cast"] == 1
    await voted(group, "-yyyy")
    assert figures(group.chair.last) == (5, 4, 1, 0, 0)


async def test_more_against_than_for_is_no_resolution(stage: Stage) -> None:
    group = await five(stage)
    await proposed(group.members[0])
    await voted(group, "yynna")
    assert group.chair.last.name == "vote.rejected"
    assert await group.chair.press("menu_assembly") == ["assembly.page"]
    assert group.chair.last.facts["resolutions"] == []


async def test_resolutions_are_numbered_and_listed(stage: Stage) -> None:
    group = await five(stage)
    await proposed(group.members[0], "صندوق یک دفتر کل هم بخرد")
    await voted(group, "yyyyy")
    await proposed(group.members[1])
    await voted(group, "yyyyy")
    await group.members[2].press("menu_assembly")
    page = group.members[2].last
    shown = page.fact("resolutions", list)
    assert [(number, kind) for number, _, kind, _ in shown] == [
        (2, ProposalKind.RESOLUTION),
        (1, ProposalKind.RESOLUTION),
    ]


async def test_the_group_takes_the_name_it_resolved(stage: Stage) -> None:
    group = await five(stage)
    await proposed(group.members[0], "شکوفه", "proposalkind_name")
    await voted(group, "yyyyy")
    assert (group.chair.last.facts["group"], group.chair.last.facts["words"]) == (group.name, "شکوفه")
    assert (await stage.read(lambda conn: groups.group_by_id(conn, group.id))).name == "شکوفه"
    await group.chair.say("/menu")
    assert group.chair.last.facts["group"] == "شکوفه"


async def test_at_the_deadline_it_is_counted_and_who_has_not_voted_was_reminded_once(stage: Stage) -> None:
    group = await five(stage)
    await proposed(group.members[0])
    await voted(group, "yyyn-")
    await stage.pass_days(2)
    assert "vote.reminder" not in group.members[2].names
    await stage.pass_days(1)
    await stage.pass_time(timedelta(hours=1))
    assert group.members[2].names.count("vote.reminder") == 1
    assert not [phone for phone in group.everybody[:4] if "vote.reminder" in phone.names]
    assert (await proposal(stage)).state == "open"
    await stage.pass_days(1)
    assert group.members[2].last.name == "vote.accepted"
    assert figures(group.members[2].last) == (5, 3, 1, 0, 1)


async def test_the_reminder_has_the_buttons(stage: Stage) -> None:
    group = await five(stage)
    await proposed(group.members[0])
    await stage.pass_days(3)
    reminder = group.members[2].newest("vote.reminder")
    assert await group.members[2].tap("no", reminder) == ["vote.counted"]
    assert [one.vote for one in await ballots(stage)] == [None] * 4 + [Vote.NO]


async def test_without_a_quorum_it_is_called_once_more_with_todays_members(stage: Stage) -> None:
    group = await five(stage)
    await proposed(group.members[0])
    await voted(group, "yyy--")
    newcomer = await stage.member(group.id)
    await stage.pass_days(4)
    again = newcomer.newest("vote.open")
    assert (again.facts["again"], again.facts["cast"], again.facts["quorum"]) == (True, 0, 4)
    assert group.chair.names[-2:] == ["vote.no_quorum", "vote.open"]
    await voted(group, "yyyn-")
    await stage.pass_days(4)
    assert newcomer.last.name == "vote.accepted"
    assert figures(newcomer.last) == (6, 3, 1, 0, 2)


async def test_a_second_call_without_a_quorum_is_the_last(stage: Stage) -> None:
    group = await five(stage)
    await proposed(group.members[0])
    await stage.pass_days(4)
    await voted(group, "yy---")
    await stage.pass_days(4)
    assert group.chair.last.name == "vote.no_quorum_again"
    assert await stage.read(lambda conn: assembly.open_proposals(conn, group.id)) == ()
    assert await proposed(group.members[0]) == ["vote.open", "propose.opened"]


async def test_after_the_deadline_nothing_counts_and_a_month_later_the_result_is_shown(stage: Stage) -> None:
    group = await five(stage)
    await proposed(group.members[0])
    await voted(group, "yyyy-")
    reminder_or_card = group.members[2].newest("vote.open")
    stage.now = (await proposal(stage)).closes_at
    assert await group.members[2].tap("no", reminder_or_card) == ["refusals.voting_has_ended"]
    await stage.pass_days(31)
    assert await group.members[2].tap("no", reminder_or_card) == ["vote.over", "vote.accepted"]
    assert figures(group.members[2].last) == (5, 4, 0, 0, 1)


async def test_what_reached_us_in_time_is_waited_for(stage: Stage) -> None:
    """A tap lies unread while the deadline passes: the vote stays open until it was worked off."""
    group = await five(stage)
    await proposed(group.members[0])
    await voted(group, "yyy--")
    found = await proposal(stage)
    lane = Lane(group.members[2].platform, group.members[2].user_id)
    tap = Incoming(lane, BOT_ID, 9_999, b"tap", "{}")
    await stage.write(lambda conn: inbox.keep(conn, [tap], found.closes_at - timedelta(seconds=1)))
    await stage.pass_days(5)
    assert (await proposal(stage)).state == "open"

    def work_off(conn: Connection) -> None:
        pending = inbox.first_pending(conn, lane)
        assert pending is not None
        inbox.finish(conn, pending.id, stage.now)

    await stage.write(work_off)
    await stage.tick()
    assert (await proposal(stage)).state == "no_quorum"


async def test_ballots_cast_at_the_same_instant_all_count(stage: Stage) -> None:
    group = await five(stage)
    await proposed(group.members[0])
    taps = [(phone, phone.newest("vote.open").data("yes")) for phone in group.everybody]
    await asyncio.gather(*(phone.tap_data(data or "") for phone, data in taps))
    assert [one.vote for one in await ballots(stage)] == [Vote.YES] * 5
    told = select(outbox.c.key).where(outbox.c.key.like("result:1:%"))
    assert len(await stage.read(lambda conn: conn.scalars(told).all())) == 6
    assert (await proposal(stage)).state == "accepted"


async def test_a_proposal_at_a_time_and_five_in_a_group(stage: Stage) -> None:
    group = await stage.group(members=4)
    for phone in group.everybody[:5]:
        assert (await proposed(phone))[-1] == "propose.opened"
    await group.chair.press("menu_assembly")
    assert await group.chair.tap("propose") == ["refusals.your_proposal_is_open"]
    last = group.everybody[5]
    assert (await last.press("menu_assembly")) == ["assembly.page", *["vote.open"] * 5]
    assert await last.tap("propose") == ["refusals.too_many_votes"]
    await stage.pass_days(9)
    assert (await proposed(last))[-1] == "propose.opened"


async def test_long_words_are_cut_and_shown_as_they_will_stand(stage: Stage) -> None:
    group = await five(stage)
    await proposed(group.members[0], "<b>" + "ن" * 5000)
    assert group.chair.newest("vote.open").facts["words"] == "b" + "ن" * 299
