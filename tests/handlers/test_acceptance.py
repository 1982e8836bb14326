"""Every member accepts the bylaws and the savings agreement, version by version."""

from __future__ import annotations

from datetime import timedelta

from domain.agreements import Document
from domain.bylaws import Bylaws
from domain.calendar import Rhythm
from domain.money import Rial
from domain.offices import Office
from handlers.views.rules import Progress
from storage import agreements, groups, rounds
from tests.assembly import voted
from tests.rules import bylaws_proposed, loan_terms_proposed, rules_of, savings_proposed
from tests.stage import Group, Stage
from tests.steps import save


async def adopted(stage: Stage) -> Group:
    """A group of five whose bylaws have just been adopted."""
    group = await stage.group()
    await bylaws_proposed(group.members[0])
    await voted(group, "yyyyy")
    return group


async def done(stage: Stage, group: Group, document: Document = Document.BYLAWS) -> tuple[int, int]:
    """How many accepted, and how many were asked."""
    asked = await stage.read(lambda conn: agreements.asked_of(conn, group.id, document))
    return sum(one.accepted_at is not None for one in asked), len(asked)


async def test_each_member_reads_and_accepts(stage: Stage) -> None:
    group = await adopted(stage)
    assert all(phone.newest("acceptance.bylaws").facts["version"] == 1 for phone in group.everybody)
    member = group.members[0]
    assert await member.tap("rules_text") == ["bylaws.first_part", "bylaws.second_part", "bylaws.file"]
    assert await member.tap("accept_rules") == ["acceptance.thanks"]
    assert (member.last.facts["done"], member.last.facts["asked"]) == (1, 5)
    assert "acceptance.accepted" in member.names
    assert await done(stage, group) == (1, 5)
    await stage.check()


async def test_a_second_tap_changes_nothing(stage: Stage) -> None:
    group = await adopted(stage)
    card = group.chair.newest("acceptance.bylaws")
    await group.chair.tap("accept_rules", card)
    assert await group.chair.tap("accept_rules", card) == ["refusals.accepted_already"]
    assert await stage.repeat() == []
    assert await done(stage, group) == (1, 5)


async def test_the_last_one_is_told_to_who_leads_the_group(stage: Stage) -> None:
    group = await adopted(stage)
    for phone in group.everybody:
        assert "acceptance.all_accepted" not in group.facilitator.names
        await phone.tap("accept_rules")
    for leader in (group.chair, group.treasurer, group.facilitator):
        assert leader.names.count("acceptance.all_accepted") == 1
    assert "acceptance.all_accepted" not in group.members[0].names


async def test_the_board_sees_who_has_not_and_others_how_many(stage: Stage) -> None:
    group = await adopted(stage)
    await group.members[0].tap("accept_rules")
    for phone, named in ((group.chair, 4), (group.members[0], 0)):
        await phone.press("menu_assembly")
        await phone.tap("open_rules")
        page = phone.newest("rules.page")
        progress = page.fact("of_bylaws", Progress)
        assert (progress.done, progress.asked, len(progress.names)) == (1, 5, named)
    assert group.members[0].last.name == "rules.page"
    assert group.chair.last.name == "acceptance.bylaws"  # hers is sent again


async def test_who_has_not_accepted_is_reminded_once(stage: Stage) -> None:
    group = await adopted(stage)
    await group.chair.tap("accept_rules")
    await stage.pass_days(2)
    assert "acceptance.reminder" not in group.treasurer.names
    await stage.pass_days(5)
    assert group.treasurer.names.count("acceptance.reminder") == 1
    assert "acceptance.reminder" not in group.chair.names
    assert await group.treasurer.tap("accept_rules", group.treasurer.newest("acceptance.reminder")) == [
        "acceptance.thanks"
    ]


async def test_a_newer_version_is_accepted_anew(stage: Stage) -> None:
    group = await adopted(stage)
    old = group.chair.newest("acceptance.bylaws")
    await loan_terms_proposed(group.members[1])
    await voted(group, "yyyyy")
    assert await group.chair.tap("accept_rules", old) == ["refusals.newer_version"]
    await stage.pass_days(5)
    reminders = [heard for heard in group.chair.heard if heard.name == "acceptance.reminder"]
    assert [one.facts["version"] for one in reminders] == [2]
    assert await group.chair.tap("accept_rules", reminders[0]) == ["acceptance.thanks"]
    assert await done(stage, group) == (1, 5)


async def test_nobody_accepts_for_somebody_else(stage: Stage) -> None:
    group = await adopted(stage)
    card = group.chair.newest("acceptance.bylaws")
    data = card.buttons[stage.texts.label("accept_rules")]
    assert await group.members[0].tap_data(data) == ["common.foreign_button"]
    await stage.write(lambda conn: groups.update_membership(conn, group.chair.membership, state="left"))
    assert await group.chair.tap_data(data) == ["refusals.not_a_member"]


async def test_a_helper_accepts_for_a_member_without_a_phone(stage: Stage) -> None:
    group = await stage.group()
    helper = group.members[0]
    await stage.phoneless(group.id, helper)
    await bylaws_proposed(group.members[1])
    await voted(group, "yyyyy")
    await stage.pass_days(4)  # nobody wrote down her vote
    hers = [heard for heard in helper.heard if heard.name == "acceptance.bylaws"]
    assert [heard.facts["helped"] for heard in hers] == [False, True]
    for card in hers:
        assert await helper.tap("accept_rules", card) == ["acceptance.thanks"]
    assert await done(stage, group) == (2, 6)


async def test_who_joins_later_accepts_what_holds(stage: Stage) -> None:
    group = await adopted(stage)
    newcomer = stage.phone()
    await newcomer.start(f"g_{group.code}")
    await newcomer.tap("consent")
    await newcomer.contact("+989121234567")
    await newcomer.say("گلی")
    await newcomer.say("خرید بذر")
    await newcomer.tap("confirm")
    await group.chair.tap("admit")
    assert newcomer.last.name == "acceptance.bylaws"
    assert await newcomer.tap("accept_rules") == ["acceptance.thanks"]
    assert await done(stage, group) == (1, 6)


async def test_without_rules_of_its_own_a_group_asks_nobody(stage: Stage) -> None:
    group = await stage.group()
    await loan_terms_proposed(group.members[0])
    await voted(group, "nnnnn")
    assert await rules_of(stage, group.id) == (0, Bylaws())
    assert "acceptance.bylaws" not in group.chair.names


async def test_what_is_saved_changes_with_the_next_round(stage: Stage) -> None:
    group = await stage.group()
    await savings_proposed(group.members[0], "۶۰۰ هزار تومان")
    await voted(group, "yyynn")  # more than half decide on savings
    assert group.chair.newest("acceptance.savings").facts["version"] == 1
    await save(group, group.members[0])  # the open round asks for what it asked for
    first = await stage.read(lambda conn: rounds.latest_round(conn, group.id))
    assert first is not None
    assert first.amount == Rial(5_000_000)
    await stage.pass_days(31)
    second = await stage.read(lambda conn: rounds.latest_round(conn, group.id))
    assert second is not None
    assert (second.number, second.amount) == (2, Rial(6_000_000))
    await save(group, group.members[0], "6000000")
    assert await stage.read(lambda conn: rounds.unpaid_lines(conn, group.members[0].membership)) == ()
    assert await done(stage, group, Document.SAVINGS) == (0, 5)
    await stage.check()


async def test_another_rhythm_begins_when_the_next_round_opens(stage: Stage) -> None:
    group = await stage.group()
    await stage.pass_days(31)
    second = await stage.read(lambda conn: rounds.latest_round(conn, group.id))
    await savings_proposed(group.members[0], "500 هزار تومان", "rhythm_weekly")
    await voted(group, "yyyyy")
    await stage.pass_days(31 + 14)
    opened = await stage.read(lambda conn: rounds.rounds_of(conn, group.id, 9))
    newest, third = opened[0], opened[-3]
    assert second is not None
    assert (third.number, third.opens_on) == (3, second.closes_on)
    for one in opened[:-2]:
        assert one.closes_on - one.opens_on == timedelta(weeks=1)
        assert one.due_on - one.opens_on == timedelta(days=3)
    assert newest.number > 3
    found = await stage.read(lambda conn: groups.group_by_id(conn, group.id))
    assert (found.rhythm, found.first_number) == (Rhythm.WEEKLY, 3)
    await stage.check()


async def test_rhythm_and_amount_change_again(stage: Stage) -> None:
    group = await stage.group()
    for amount, rhythm in (("400 هزار تومان", "rhythm_weekly"), ("500 هزار تومان", "rhythm_two_weekly")):
        await savings_proposed(group.members[0], amount, rhythm)
        await voted(group, "yyyyy")
    await stage.pass_days(60)
    opened = await stage.read(lambda conn: rounds.rounds_of(conn, group.id, 9))
    assert {one.closes_on - one.opens_on for one in opened[:-1]} == {timedelta(weeks=2)}
    assert [one.number for one in opened] == list(range(len(opened), 0, -1))
    assert await stage.read(lambda conn: agreements.version_of(conn, group.id, Document.SAVINGS)) == 2


async def test_who_applies_is_told_that_the_group_agreed(stage: Stage) -> None:
    group = await stage.group(offices=(Office.CHAIR, Office.TREASURER))
    newcomer = stage.phone()
    await newcomer.start(f"g_{group.code}")
    assert newcomer.last.facts["agreed"] is False
    await savings_proposed(group.members[0], "600 هزار تومان")
    await voted(group, "yyyyy")
    await newcomer.tap("consent")
    await newcomer.contact("+989121234567")
    await newcomer.say("گلی")
    await newcomer.say("خرید بذر")
    assert "refusals.terms_changed" in await newcomer.tap("confirm")
    assert newcomer.last.name == "join.consent"
    assert (newcomer.last.facts["agreed"], newcomer.last.facts["saving"]) == (True, Rial(6_000_000))


async def test_what_was_agreed_is_not_voted_on_again(stage: Stage) -> None:
    group = await stage.group()
    await savings_proposed(group.members[0], "500 هزار تومان")  # as founded, but now agreed on
    await voted(group, "yyyyy")
    assert (await savings_proposed(group.members[0], "500 هزار تومان"))[0] == "refusals.holds_already"
