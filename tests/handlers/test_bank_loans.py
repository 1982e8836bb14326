"""A bank loan is shared out: the receivers agree, the assembly votes, the resolution names the shares."""

from __future__ import annotations

from sqlalchemy import update

from domain.money import Rial
from domain.offices import Office
from storage import schema
from storage.verify import verify
from tests.assembly import proposal, proposed, voted
from tests.phone import Phone
from tests.rights import ALL_OFFICES
from tests.stage import Group, Stage

TOMAN = Rial.from_toman


async def four(stage: Stage) -> Group:
    """The board and one member."""
    return await stage.group(offices=ALL_OFFICES, members=1)


async def shared_out(who: Phone, *without: Phone, toman: int = 40_000_000) -> list[str]:
    """Propose to share so much out, equally among all but some."""
    await who.press("menu_assembly")
    await who.tap("share_bank_loan")
    await who.say(f"{toman} تومان")
    await who.tap("nothing")
    await who.tap("all_but_some" if without else "everybody_receives")
    for phone in without:
        await who.tap(str(phone.membership))
    if without:
        await who.tap("nobody_more")
    await who.tap("equal_shares")
    return await who.tap("confirm")


async def agreed(*phones: Phone) -> None:
    for phone in phones:
        await phone.tap("share_agree")


def lines(phone: Phone, text: str) -> dict[str, Rial]:
    return dict(phone.newest(text).fact("lines", list))


async def test_all_agree_and_the_resolution_names_the_shares(stage: Stage) -> None:
    group = await four(stage)
    (member,) = group.members
    assert await shared_out(group.treasurer, group.secretary, toman=40_000_001) == ["share_bank_loan.sent"]
    asked = member.newest("bank_share.asked")
    assert asked.facts["amount"] == TOMAN(13_333_333)
    assert "bank_share.asked" not in group.treasurer.names  # who proposes has agreed
    assert "bank_share.asked" not in group.secretary.names
    await agreed(member)
    assert member.names[-2:] == ["bank_share.agreed", "bank_share.noted"]  # her card says so as well
    assert "vote.open" not in member.names
    await agreed(group.chair)
    assert [phone.last.name for phone in group.everybody] == ["vote.open"] * 4
    assert sum(lines(group.secretary, "vote.open").values(), Rial(0)) == TOMAN(40_000_001)
    await voted(group, "yyyn")
    shares = lines(member, "vote.accepted")
    assert sorted(shares.values()) == [TOMAN(13_333_333), TOMAN(13_333_334), TOMAN(13_333_334)]
    assert group.facilitator.newest("vote.accepted").facts["number"] == 1
    await group.chair.press("menu_assembly")
    assert group.chair.newest("assembly.page").fact("resolutions", list)[0][0] == 1


async def test_two_thirds_must_agree(stage: Stage) -> None:
    group = await four(stage)
    await shared_out(group.chair, *group.everybody[1:3])
    await agreed(group.members[0])
    await voted(group, "yyna")
    assert group.chair.last.name == "vote.accepted"
    await shared_out(group.chair, *group.everybody[1:3])
    await agreed(group.members[0])
    await voted(group, "yynn")
    assert group.chair.last.name == "vote.rejected"


async def test_who_declines_is_told_to_the_proposer_alone_and_nothing_is_voted_on(stage: Stage) -> None:
    group = await four(stage)
    (member,) = group.members
    await shared_out(group.chair)
    asked = group.secretary.newest("bank_share.asked")
    assert await member.tap("share_decline") == ["bank_share.noted"]
    told = group.chair.last
    assert told.name == "share_bank_loan.not_put"
    assert (len(told.fact("declined", list)), len(told.fact("silent", list))) == (1, 2)
    assert group.secretary.last.name == "bank_share.over"
    heard = {name for phone in group.everybody for name in phone.names}
    assert "vote.open" not in heard
    assert await group.secretary.tap("share_agree", asked) == ["refusals.vote_is_over"]
    assert await shared_out(group.chair, member) == ["share_bank_loan.sent"]


async def test_consent_can_be_taken_back_and_is_asked_for_once_more_on_the_last_day(stage: Stage) -> None:
    group = await four(stage)
    (member,) = group.members
    await shared_out(group.treasurer)
    await agreed(group.chair, member)
    await stage.pass_days(3)
    assert group.secretary.last.name == "bank_share.reminder"
    assert "bank_share.reminder" not in member.names
    assert await member.tap("share_decline", member.newest("bank_share.agreed")) == ["bank_share.noted"]
    assert group.treasurer.last.name == "share_bank_loan.not_put"


async def test_who_does_not_answer_in_time_cannot_hold_it_up_for_ever(stage: Stage) -> None:
    group = await four(stage)
    await shared_out(group.treasurer)
    await agreed(group.chair, group.secretary)
    await stage.pass_days(4)
    assert len(group.treasurer.last.fact("silent", list)) == 1
    assert (await proposal(stage)).state == "ended"


async def test_a_helper_agrees_for_whom_she_helps(stage: Stage) -> None:
    group = await four(stage)
    (member,) = group.members
    await stage.phoneless(group.id, member)
    await shared_out(group.chair)
    assert member.names.count("bank_share.asked") == 2
    await agreed(group.treasurer, group.secretary)
    cards = [heard for heard in member.heard if heard.name == "bank_share.asked"]
    assert {heard.facts["helped"] for heard in cards} == {"", "ننه صغری"}
    for asked in cards:
        await member.tap("share_agree", asked)
    assert member.last.name == "vote.open"
    assert len(lines(member, "vote.open")) == 5


async def test_only_chair_and_treasurer_propose_it_one_at_a_time(stage: Stage) -> None:
    group = await four(stage)
    await group.secretary.press("menu_assembly")
    assert "share_bank_loan" not in group.secretary.newest("assembly.page").choices
    await group.chair.press("menu_assembly")
    page = group.chair.newest("assembly.page")
    await shared_out(group.treasurer)
    assert await group.chair.tap("share_bank_loan", page) == ["refusals.bank_loan_is_shared_already"]
    await stage.appoint(group, Office.CHAIR, group.members[0])
    assert await group.chair.tap("share_bank_loan", page) == ["refusals.chair_or_treasurer_shares"]


async def test_it_is_the_proposers_only_open_proposal(stage: Stage) -> None:
    group = await four(stage)
    await shared_out(group.treasurer)
    await group.treasurer.press("menu_assembly")
    assert group.treasurer.newest("assembly.page").facts["votes"] == 0
    assert (await group.treasurer.tap("propose")) == ["refusals.your_proposal_is_open"]
    assert (await proposed(group.members[0]))[-1] == "propose.opened"


async def test_who_is_asked_finds_her_card_again_in_the_assembly(stage: Stage) -> None:
    group = await four(stage)
    await shared_out(group.treasurer)
    assert (await group.secretary.press("menu_assembly"))[-2:] == ["assembly.page", "bank_share.asked"]


async def test_a_foreign_hand_agrees_for_nobody(stage: Stage) -> None:
    group = await four(stage)
    (member,) = group.members
    await shared_out(group.treasurer)
    hers = member.newest("bank_share.asked").data("share_agree", stage.tools.texts.label("share_agree"))
    assert hers
    assert await group.secretary.tap_data(hers) == ["common.foreign_button"]


async def test_shares_that_were_tampered_with_are_named(stage: Stage) -> None:
    group = await four(stage)
    (member,) = group.members
    await shared_out(group.treasurer, group.chair, group.secretary)
    await agreed(member)
    of_consent = update(schema.ballot).where(schema.ballot.c.proposal_id == 1)
    await stage.write(lambda conn: conn.execute(of_consent.values(vote=None)))
    flaws = await stage.read(lambda conn: [flaw.sentence for flaw in verify(conn)])
    assert flaws == ["not all who receive a share by proposal 2 had agreed to it"]
    await stage.write(lambda conn: conn.execute(of_consent.values(vote="yes")))
