"""What was signed of opening balances turns out wrong: it is confirmed anew, signed by two, booked again."""

from __future__ import annotations

import asyncio
from functools import partial

from domain.ledger import Account
from domain.money import Rial
from storage import corrections, groups, passbooks
from storage.corrections import CorrectionRow
from storage.joining import point_to
from tests.opening import HERS, WHY, both_sign, corrected, opening, signed
from tests.phone import Phone
from tests.repaying import balance
from tests.stage import Group, Stage
from tests.steps import save

LESS = Rial.from_toman(900_000)
FIRST = 3  # the place of the first member without an office


async def open_one(stage: Stage, group: Group) -> CorrectionRow | None:
    found = await opening(stage, group)
    return await stage.read(lambda conn: corrections.open_correction(conn, found.id))


async def savings(stage: Stage, phone: Phone) -> Rial:
    return await stage.read(lambda conn: passbooks.member_balance(conn, phone.membership))


async def test_a_line_is_put_right_by_her_word_and_two_signatures(stage: Stage) -> None:
    group = await signed(stage)
    member = group.members[0]
    assert await corrected(group, FIRST, "۹۰۰ هزار تومان") == ["correction.sent"]
    card = member.last
    assert card.name == "correction.waiting"
    assert (card.facts["before"], card.facts["amount"], card.facts["reason"]) == (HERS, LESS, WHY)
    assert "correction.confirmed" not in (*group.chair.names, *group.secretary.names)
    assert await member.tap("fix_yes") == ["correction.you_confirmed"]
    assert "correction.confirmed" not in group.treasurer.names
    assert (await both_sign(group))[0] == "correction.booked"

    slip = member.newest("correction.slip").facts
    assert (slip["balance"], slip["number"]) == (LESS, 3)
    assert group.treasurer.last.name == "correction.booked"
    assert member.newest("correction.booked").edited
    books = await stage.read(lambda conn: passbooks.books_as_text(conn, group.id))
    others = [phone.membership for phone in group.everybody if phone is not member]
    lines = books.splitlines()
    assert lines[10:12] == ["2 2026-04-04 value 2026-03-20 reversal reverses 1", "  101 -30,000,000"]
    assert lines[20:24] == [
        "3 2026-04-04 value 2026-03-20 opening",
        "  101 +30,000,000",
        "  102 +50,000,000",
        f"  201/{others[0]} -10,000,000",
    ]
    assert f"  201/{member.membership} -9,000,000" in lines[20:30]
    assert "  303 -21,000,000" in lines[20:30]


async def test_her_passbook_shows_both_and_that_of_others_nothing_new(stage: Stage) -> None:
    group = await signed(stage)
    await corrected(group, FIRST, "۹۰۰ هزار تومان")
    await group.members[0].tap("fix_yes")
    await both_sign(group)
    await group.members[0].press("menu_passbook")
    entries = group.members[0].last.fact("entries", tuple)
    assert [(one.kind, one.amount, one.reversed) for one in entries] == [
        ("opening", LESS, False),
        ("reversal", -HERS, False),
        ("opening", HERS, True),
    ]
    await group.members[1].press("menu_passbook")
    (only,) = group.members[1].last.fact("entries", tuple)
    assert (only.amount, only.reversed) == (HERS, False)


async def test_she_says_that_it_is_not_right_and_everything_stays(stage: Stage) -> None:
    group = await signed(stage)
    await corrected(group, FIRST, "۹۰۰ هزار تومان")
    card = group.members[0].last
    assert await group.members[0].tap("fix_no") == ["correction.declined"]
    assert group.treasurer.last.name == "correction.declined"
    assert await savings(stage, group.members[0]) == HERS
    assert await group.members[0].tap("fix_yes", card) == [
        "common.already_answered",
        "correction.declined",
    ]
    assert await corrected(group, FIRST, "۹۵۰ هزار تومان") == ["correction.sent"]


async def test_one_correction_after_the_other_and_it_can_be_taken_back(stage: Stage) -> None:
    group = await signed(stage)
    await corrected(group, FIRST, "۹۰۰ هزار تومان")
    treasurer, member = group.treasurer, group.members[0]
    await treasurer.press("menu_members")
    assert await treasurer.tap("page") == ["opening.booked", "correction.waiting"]
    assert treasurer.newest("opening.booked").choices == ()
    lines = next(heard for heard in reversed(treasurer.heard) if heard.name == "opening.lines")
    data = list(lines.buttons.values())[FIRST + 1]
    assert await treasurer.tap_data(data) == ["refusals.correction_is_open"]
    assert await treasurer.tap("fix_no") == ["correction.declined"]
    assert member.newest("correction.declined").edited
    assert await open_one(stage, group) is None
    assert await treasurer.tap_data(data) == ["opening_line.savings"]


async def test_what_changes_nothing_is_not_sent(stage: Stage) -> None:
    group = await signed(stage)
    assert await corrected(group, FIRST, "یک میلیون تومان") == ["refusals.correction_changes_nothing"]


async def test_who_does_not_answer_is_witnessed_by_those_who_sign_after_seven_days(stage: Stage) -> None:
    group = await signed(stage)
    await corrected(group, FIRST, "۹۰۰ هزار تومان")
    await stage.pass_days(7)
    assert "correction.confirmed" not in group.chair.names
    await stage.pass_days(1)
    assert group.chair.last.facts["sayer"] == ""
    assert (await both_sign(group))[0] == "correction.booked"
    assert group.members[0].last.name == "correction.slip"
    assert await savings(stage, group.members[0]) == LESS


async def test_a_lost_card_is_found_again(stage: Stage) -> None:
    group = await signed(stage)
    await corrected(group, FIRST, "۹۰۰ هزار تومان")
    assert await group.members[0].press("menu_passbook") == ["passbook.page", "correction.waiting"]
    await group.members[0].tap("fix_yes")
    assert await group.chair.press("menu_waiting") == ["waiting.count", "correction.confirmed"]
    assert await group.treasurer.press("menu_waiting") == ["waiting.nothing"]


async def test_whose_line_it_is_does_not_sign_and_the_chair_confirms_for_the_treasurer(stage: Stage) -> None:
    group = await signed(stage)
    await corrected(group, 0, "۹۰۰ هزار تومان")  # the chair's own
    await group.chair.tap("fix_yes")
    assert group.chair.newest("correction.confirmed").choices == ()  # her own card, as it stands now
    await group.secretary.tap("fix_yes", group.secretary.newest("correction.confirmed"))
    facilitator = group.facilitator
    assert (await facilitator.tap("fix_yes", facilitator.newest("correction.confirmed")))[0] == (
        "correction.booked"
    )
    await corrected(group, 2, "۹۰۰ هزار تومان")  # the treasurer's own
    assert (
        group.chair.newest("correction.waiting").facts["name"]
        == group.treasurer.newest("correction.sent").facts["name"]
    )
    await group.chair.tap("fix_yes", group.chair.newest("correction.waiting"))
    assert (await both_sign(group))[0] == "correction.booked"


async def test_the_money_there_was_is_put_right_by_two_signatures(stage: Stage) -> None:
    group = await signed(stage)
    treasurer = group.treasurer
    await treasurer.press("menu_members")
    await treasurer.tap("page")
    assert await treasurer.tap("money") == ["opening.cash"]
    await treasurer.say("دو میلیون و ۵۰۰ هزار تومان")
    await treasurer.tap("50000000")
    await treasurer.say("یک میلیون تومان")
    await treasurer.say("خیریهٔ مهر")
    assert await treasurer.say(WHY) == ["opening.confirm"]
    assert await treasurer.tap("confirm") == ["correction.sent"]
    shown = group.chair.newest("correction.confirmed").facts
    assert (shown["cash_before"], shown["cash"]) == (Rial.from_toman(3_000_000), Rial.from_toman(2_500_000))
    assert (await both_sign(group))[0] == "correction.booked"
    for account, rials in ((Account.CASH, 25_000_000), (Account.RETAINED_SURPLUS, 5_000_000)):
        assert await balance(stage, group, account) == rials
    assert await balance(stage, group, Account.CAPITAL_AID, 1) == 10_000_000


async def test_money_that_has_gone_out_is_not_taken_away(stage: Stage) -> None:
    group = await signed(stage)
    treasurer = group.treasurer
    await treasurer.press("menu_members")
    await treasurer.tap("page")
    await treasurer.tap("money")
    await treasurer.tap("0")
    await treasurer.tap("50000000")
    await treasurer.tap("0")
    await treasurer.say(WHY)
    assert await treasurer.tap("confirm") == ["refusals.opening_falls_short"]


async def test_two_who_sign_at_the_same_instant_book_it_once(stage: Stage) -> None:
    group = await signed(stage)
    await corrected(group, FIRST, "۹۰۰ هزار تومان")
    await group.members[0].tap("fix_yes")
    cards = [phone.newest("correction.confirmed") for phone in (group.chair, group.secretary)]
    await asyncio.gather(group.chair.tap("fix_yes", cards[0]), group.secretary.tap("fix_yes", cards[1]))
    found = await open_one(stage, group)
    if found is not None:
        late = group.secretary if found.signed_by == group.chair.person else group.chair
        await late.tap("fix_yes", late.newest("correction.confirmed"))
    books = await stage.read(lambda conn: passbooks.books_as_text(conn, group.id))
    assert (books.count(" opening"), books.count("reversal")) == (2, 1)


async def test_a_second_tap_and_a_foreign_one_change_nothing(stage: Stage) -> None:
    group = await signed(stage)
    await corrected(group, FIRST, "۹۰۰ هزار تومان")
    card = group.members[0].last
    for data in card.buttons.values():
        assert await group.members[1].tap_data(data) == ["common.foreign_button"]
    await group.members[0].tap("fix_yes", card)
    assert await group.members[0].tap("fix_no", card) == ["common.already_answered", "correction.confirmed"]
    sign = group.chair.newest("correction.confirmed")
    await group.chair.tap("fix_yes", sign)
    again = group.chair.newest("correction.confirmed")
    assert await group.chair.tap("fix_yes", again) == ["refusals.another_officer_signs"]


async def test_who_left_meanwhile_keeps_what_was_signed(stage: Stage) -> None:
    group = await signed(stage)
    member = group.members[0]
    await corrected(group, FIRST, "۹۰۰ هزار تومان")
    await member.press("menu_me")
    await member.tap("leave")
    assert member.last.name == "leave.as_a_wish"
    await member.tap("fix_yes", member.newest("correction.waiting"))
    await group.secretary.tap("fix_yes", group.secretary.newest("correction.confirmed"))
    gone = partial(groups.update_membership, membership_id=member.membership, state="left", left_at=stage.now)
    await stage.write(gone)
    assert await group.chair.tap("fix_yes", group.chair.newest("correction.confirmed")) == [
        "refusals.correction_of_former_member"
    ]
    assert await savings(stage, member) == HERS
    assert await group.chair.tap("fix_no", group.chair.newest("correction.confirmed")) == [
        "correction.declined"
    ]


async def test_an_objection_can_be_answered_with_it_and_settled(stage: Stage) -> None:
    group = await signed(stage)
    member = group.members[0]
    await member.press("menu_passbook")
    await member.tap("object")
    await member.tap("about_entry")
    await member.tap(member.last.choices[0])
    await member.say("۹۰۰ هزار تومان بود")
    await member.tap("confirm")
    await corrected(group, FIRST, "۹۰۰ هزار تومان")
    await member.tap("fix_yes")
    await both_sign(group)
    answerer = next(phone for phone in (group.secretary, group.chair) if "objection.open" in phone.names)
    await answerer.tap("answer", answerer.newest("objection.open"))
    await answerer.say("درست شد")
    await answerer.tap("confirm")
    await member.tap("content", member.newest("objection.answered"))
    assert "objection.settled" in member.names


async def test_one_person_with_two_records_signs_once(stage: Stage) -> None:
    group = await signed(stage)
    await corrected(group, FIRST, "۹۰۰ هزار تومان")
    await group.members[0].tap("fix_yes")
    await group.secretary.tap("fix_yes", group.secretary.newest("correction.confirmed"))
    kept, merged = group.facilitator.person, group.secretary.person
    await stage.write(lambda conn: point_to(conn, kept, merged))
    found = await open_one(stage, group)
    assert found is not None
    assert found.signed_by == kept


async def test_a_group_goes_on_saving_meanwhile(stage: Stage) -> None:
    group = await signed(stage)
    await save(group, group.members[0])
    await corrected(group, FIRST, "۹۰۰ هزار تومان")
    await group.members[0].tap("fix_yes")
    await both_sign(group)
    assert group.members[0].newest("correction.slip").facts["balance"] == Rial.from_toman(1_400_000)
