"""The group's own rules: proposed, explained, voted on, adopted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from fractions import Fraction
from functools import partial

from sqlalchemy import Connection

from domain.bylaws import Bylaws, LoanPrice
from domain.loan_terms import Method, Period, Rate
from domain.money import Rial
from domain.proposals import ProposalKind
from storage import pictures
from storage.pictures import Content
from tests.assembly import proposal, proposed, voted
from tests.phone import Phone
from tests.rules import (
    agree_to_all,
    bylaws_proposed,
    loan_terms_proposed,
    meetings_proposed,
    rules_of,
    savings_proposed,
)
from tests.stage import Group, Stage
from tests.steps import save

TWELVE = LoanPrice(Method.FIXED_FEE, Rate(Fraction(12), Period.YEAR))


async def five(stage: Stage) -> Group:
    """A chair, a treasurer and three members; two thirds of all who say yes or no decide on rules."""
    return await stage.group()


async def test_the_price_of_loans_is_explained_voted_on_and_adopted(stage: Stage) -> None:
    group = await five(stage)
    await save(group, group.members[0])
    said = await loan_terms_proposed(group.members[0])
    assert said == ["loan_terms.figures", "vote.open", "propose.opened"]
    for phone in group.everybody:
        figures = phone.newest("loan_terms.figures")
        assert figures.facts["principal"] == Rial(600_000)  # of a fifth of what was saved
        assert len(figures.fact("instalments", tuple)) == 12
        assert phone.newest("vote.open").facts["kind"] is ProposalKind.LOAN_TERMS
    await voted(group, "yyyyn")
    assert "vote.accepted" in group.chair.names
    version, rules = await rules_of(stage, group.id)
    assert (version, rules.loan_price) == (1, TWELVE)
    assert rules.entry_fee == Bylaws().entry_fee
    await stage.check()


async def test_rules_need_two_thirds(stage: Stage) -> None:
    group = await five(stage)
    await loan_terms_proposed(group.members[0])
    await voted(group, "yyynn")
    assert group.chair.last.name == "vote.rejected"
    assert await rules_of(stage, group.id) == (0, Bylaws())


async def test_the_example_is_shown_again_to_those_who_vote(stage: Stage) -> None:
    group = await five(stage)
    await loan_terms_proposed(group.members[0])
    card = group.chair.newest("vote.open")
    assert await group.chair.tap("read", card) == ["loan_terms.figures"]
    stranger = await stage.member((await stage.group()).id)
    assert await stranger.tap_data(card.buttons[stage.texts.label("vote_read")]) == ["common.foreign_button"]
    newcomer = await stage.member(group.id)
    await newcomer.press("menu_assembly")
    assert newcomer.last.name == "vote.without_you"


async def test_our_bylaws_are_adopted_as_they_are(stage: Stage) -> None:
    group = await five(stage)
    said = await bylaws_proposed(group.members[0])
    assert said[:3] == ["bylaws.first_part", "bylaws.second_part", "bylaws.file"]
    assert said[3:] == ["vote.open", "propose.opened"]
    await voted(group, "yyyyy")
    assert await rules_of(stage, group.id) == (1, Bylaws())
    await group.chair.press("menu_assembly")
    await group.chair.tap("open_rules")
    page = group.chair.newest("rules.page")
    assert (page.facts["whole"], page.facts["version"]) == (True, 1)
    await stage.check()


async def test_the_text_is_a_file_as_well(stage: Stage) -> None:
    group = await five(stage)
    await bylaws_proposed(group.members[0])
    picture_id = group.chair.newest("bylaws.file").picture_id
    assert picture_id is not None

    def content(conn: Connection) -> Content:
        return pictures.content_of(conn, pictures.picture_of(conn, picture_id).sha256 or "")

    found = await stage.read(content)
    assert found.mime == "text/plain"
    text = found.content.decode()
    assert text.startswith("\ufeff")
    assert not set("*\u2068\u2069") & set(text)
    assert str(group.name) in text


async def test_what_holds_is_marked_as_ours_until_all_rules_were_voted_on(stage: Stage) -> None:
    group = await five(stage)
    await loan_terms_proposed(group.members[0], "method_zero")
    await voted(group, "yyyyy")
    await group.chair.press("menu_assembly")
    await group.chair.tap("open_rules")
    page = group.chair.newest("rules.page")
    assert (page.facts["whole"], page.facts["version"]) == (False, 1)
    assert await group.chair.tap("rules_text", page) == [
        "bylaws.first_part",
        "bylaws.second_part",
        "bylaws.file",
    ]


async def test_what_is_voted_on_is_named_once(stage: Stage) -> None:
    """A card says of what kind it is, and then what it is about."""
    group = await five(stage)
    saving = partial(savings_proposed, amount="۶۰۰ هزار تومان")
    ways: tuple[Callable[[Phone], Awaitable[object]], ...] = (bylaws_proposed, saving, meetings_proposed)
    for who, propose in zip(group.members, ways, strict=True):
        await propose(who)
        card = group.chair.newest("vote.open")
        kind = card.fact("kind", ProposalKind)
        label = stage.texts.label(f"proposalkind_{kind.value}")
        assert not card.fact("words", str).startswith(label)


async def test_later_rules_change_only_what_they_name(stage: Stage) -> None:
    group = await five(stage)
    await bylaws_proposed(group.members[0], entry_fee="1000000")
    await voted(group, "yyyyy")
    await loan_terms_proposed(group.members[1])
    await voted(group, "yyyyy")
    version, rules = await rules_of(stage, group.id)
    assert (version, rules.entry_fee, rules.loan_price) == (2, Rial(1_000_000), TWELVE)


async def test_what_holds_already_is_not_voted_on(stage: Stage) -> None:
    group = await five(stage)
    for propose in (loan_terms_proposed, bylaws_proposed):
        await propose(group.members[0])
        await voted(group, "yyyyy")
        assert (await propose(group.members[0]))[0] == "refusals.holds_already"


async def test_one_open_proposal_for_each_whatever_it_is_about(stage: Stage) -> None:
    group = await five(stage)
    await proposed(group.members[0])
    await group.members[0].press("menu_assembly")
    await group.members[0].tap("open_rules")
    assert await group.members[0].tap("rules_bylaws") == ["refusals.your_proposal_is_open"]


async def test_the_rules_of_others_are_not_shown(stage: Stage) -> None:
    group, other = await five(stage), await five(stage)
    await group.chair.press("menu_assembly")
    await group.chair.tap("open_rules")
    data = group.chair.last.buttons[stage.texts.label("rules_text")]
    assert await other.chair.tap_data(data) == ["common.foreign_button"]


async def test_a_vote_is_decided_by_the_rules_it_was_opened_with(stage: Stage) -> None:
    """Bylaws that ask for fewer ballots do not change a vote that runs."""
    group = await five(stage)
    await loan_terms_proposed(group.members[0])
    await bylaws_proposed(group.members[1])
    await voted(group, "yyyyy")
    assert (await proposal(stage, 2)).state == "accepted"
    assert (await proposal(stage, 1)).bylaws == 0


async def test_the_facilitator_reads_the_rules_and_proposes_only_while_there_is_no_chair(
    stage: Stage,
) -> None:
    group, young = await five(stage), await stage.group(offices=())
    for one, proposes in ((group, False), (young, True)):
        leader = one.facilitator
        await leader.press("menu_groups")
        await leader.tap("open")
        assert await leader.tap("open_rules") == ["rules.page"]
        assert (stage.texts.label("rules_bylaws") in leader.last.buttons) is proposes
        assert (await leader.tap("rules_text"))[0] == "bylaws.first_part"
    assert (await agree_to_all(young.facilitator))[-1] == "propose.opened"
