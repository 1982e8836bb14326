"""A group whose bylaws make every vote secret: loans too are voted on without names."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from domain.proposals import Ballots
from domain.votes import Outcome, Vote
from storage import ballot_box
from tests.assembly import ballots, proposal, proposed
from tests.lending import RULES, asked, funded, lending, loan
from tests.phone import Phone
from tests.rules import rules_of
from tests.stage import Stage

BYLAWS = ["bylaws.first_part", "bylaws.second_part", "bylaws.file"]
SECRET = replace(RULES, secret_votes=True)


async def votes_proposed(who: Phone, secret: str) -> list[str]:
    """Propose the bylaws, all votes secret or not, by the talk."""
    await who.press("menu_assembly")
    for choice in ("open_rules", "rules_bylaws", "begin", "keep_rule", "keep_rule", "change_rule"):
        await who.tap(choice)
    for choice in ("3", "2/3", "over1/2", "over1/2", "2/3", secret):
        await who.tap(choice)
    for _ in range(6):
        await who.tap("keep_rule")
    return await who.tap("confirm")


async def waiting_in_the_box(stage: Stage, number: int) -> int:
    found = await proposal(stage, number)
    return len(await stage.read(partial(ballot_box.sealed_in, proposal_id=found.id)))


async def test_the_group_adopts_it_and_the_next_loan_is_voted_on_secretly(stage: Stage) -> None:
    group = await stage.group(members=2)
    await votes_proposed(group.chair, "yes")
    for phone in group.everybody:
        await phone.tap("yes", phone.newest("vote.open"))
    assert (await proposal(stage)).ballots is Ballots.OPEN
    assert (await rules_of(stage, group.id))[1].secret_votes
    await lending(stage, group, SECRET)
    await funded(stage, group)
    borrower = group.members[0]
    await asked(borrower)
    card = group.chair.newest("vote.open")
    assert card.facts["ballots"] is Ballots.SECRET
    assert card.choices == ("yes", "no", "abstain", "code")
    for phone, said in zip(group.everybody, ("yes", "no", "yes", "yes"), strict=True):
        await phone.tap(said, phone.newest("vote.open"))
    assert all(one.vote is None and one.cast_at for one in await ballots(stage, 3))
    assert (await proposal(stage, 3)).state == Outcome.ACCEPTED
    shown = borrower.newest("vote.accepted")
    assert (shown.facts["yes"], shown.facts["no"]) == (3, 1)
    assert [(label, count) for label, count, _ in shown.fact("results", list)] == [
        (Vote.YES, 3),
        (Vote.NO, 1),
        (Vote.ABSTAIN, 0),
    ]
    assert (await loan(stage)).state == "approved"
    await stage.check()


async def test_what_is_read_before_a_vote_stands_on_a_secret_card_too(stage: Stage) -> None:
    group = await stage.group()
    await lending(stage, group, SECRET)
    await votes_proposed(group.chair, "no")
    card = group.treasurer.newest("vote.open")
    assert card.choices == ("yes", "no", "abstain", "code", "read")
    assert await group.treasurer.tap("read", card) == BYLAWS


async def test_a_vote_that_was_open_when_it_was_adopted_stays_open(stage: Stage) -> None:
    group = await stage.group()
    await proposed(group.chair)
    card = group.treasurer.newest("vote.open")
    await lending(stage, group, SECRET)
    assert await group.treasurer.tap("yes", card) == ["vote.counted"]
    (hers,) = [one for one in await ballots(stage) if one.vote is not None]
    assert hers.person_id == group.treasurer.person
    await stage.check()


async def test_a_request_that_is_taken_back_empties_the_box_unopened(stage: Stage) -> None:
    group = await stage.group(members=1)
    await lending(stage, group, SECRET)
    await funded(stage, group)
    borrower = group.members[0]
    await asked(borrower)
    card = group.chair.newest("vote.open")
    await group.chair.tap("no", card)
    assert await waiting_in_the_box(stage, 2) == 1
    await borrower.tap("withdraw", borrower.newest("ask_loan.sent_to_vote"))
    assert await waiting_in_the_box(stage, 2) == 0
    assert await stage.read(partial(ballot_box.counted_in, proposal_id=(await proposal(stage, 2)).id)) == ()
    assert group.chair.newest("vote.withdrawn").choices == ()
    await stage.check()


async def test_without_a_key_no_group_can_make_its_votes_secret(stage: Stage) -> None:
    group = await stage.group()
    stage.use(replace(stage.tools, ballot_key=None))
    assert (await votes_proposed(group.chair, "yes"))[-1] == "refusals.no_ballot_key"
    await stage.check()
