from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection

from domain.identity import Phone as Number
from domain.ids import PersonId, Platform
from domain.money import Rial
from domain.offices import Office
from domain.values import Code, Link
from storage import groups, loans, passbooks, people
from storage.groups import MemberRow
from tests.lending import funded, granted, lending, loan
from tests.phone import Phone
from tests.stage import Stage
from tests.steps import report, save

NUMBER = "+989121234567"
USUAL = Rial.from_toman(500_000)


async def person_of(stage: Stage, phone: Phone) -> PersonId | None:
    """Whoever stands behind a phone now."""

    def unit(conn: Connection) -> PersonId | None:
        return people.account_for(conn, phone.platform, phone.user_id, phone.user_id, stage.now).person_id

    return await stage.write(unit)


async def member_of(stage: Stage, phone: Phone) -> MemberRow:
    found = await stage.read(lambda conn: groups.member_by_id(conn, phone.membership))
    assert found is not None
    return found


async def code_of(phone: Phone) -> str:
    """Have a code shown that joins another account."""
    await phone.press("menu_me")
    assert await phone.tap("connect_messenger") == ["join_accounts.code"]
    code = phone.last.facts["code"]
    assert isinstance(code, Code)
    return code.text


async def join_by_code(owner: Phone, other: Phone) -> list[str]:
    """Join two accounts with everybody agreeing; return what the owner hears last."""
    assert await other.say(await code_of(owner)) == ["join_accounts.confirm"]
    assert await other.tap("confirm") == ["join_accounts.other_is_asked"]
    return await owner.tap("that_is_me")


async def test_a_second_messenger_shows_the_same_passbook(stage: Stage) -> None:
    group = await stage.group()
    member, other = group.members[0], stage.phone("bale")
    assert await join_by_code(member, other) == ["join_accounts.joined"]
    assert "join_accounts.nameless_asks_owner" in member.names
    assert other.last.name == "join_accounts.joined"
    assert other.last.facts["platform"] is Platform.TELEGRAM
    assert await person_of(stage, other) == member.person
    await save(group, member)
    assert await other.press("menu_passbook") == ["passbook.page"]
    assert other.last.facts["balance"] == USUAL


async def test_the_link_for_the_other_messenger_carries_the_code(stage: Stage) -> None:
    member, other = await stage.person(), stage.phone("bale")
    code = await code_of(member)
    assert member.last.facts["links"] == (
        Link(f"https://t.me/khodyar_test_bot?start=j_{code}"),
        Link(f"https://ble.ir/khodyar_test_bale_bot?start=j_{code}"),
    )
    assert await other.start(f"j_{code}") == ["join_accounts.confirm"]


async def test_nothing_is_joined_until_both_accounts_agreed(stage: Stage) -> None:
    member, other = await stage.person(), stage.phone("bale")
    await other.say(await code_of(member))
    await other.tap("confirm")
    assert await person_of(stage, other) is None
    assert await member.tap("that_is_not_me") == ["join_accounts.you_declined"]
    assert other.last.name == "join_accounts.declined"
    assert await person_of(stage, other) is None


async def test_a_code_serves_once_and_a_quarter_of_an_hour(stage: Stage) -> None:
    member, other, third = await stage.person(), stage.phone("bale"), stage.phone("bale")
    code = await code_of(member)
    await other.start(f"j_{code}")
    await other.tap("confirm")
    assert await third.start(f"j_{code}") == ["refusals.joining_code_unknown"]

    code = await code_of(member)
    stage.now += timedelta(minutes=15)
    assert await third.start(f"j_{code}") == ["refusals.joining_code_unknown"]


async def test_a_new_code_makes_the_earlier_one_worthless(stage: Stage) -> None:
    member, other = await stage.person(), stage.phone("bale")
    first = await code_of(member)
    second = await code_of(member)
    assert await other.start(f"j_{first}") == ["refusals.joining_code_unknown"]
    assert await other.start(f"j_{second}") == ["join_accounts.confirm"]


async def test_a_code_that_ran_out_while_waiting_for_the_yes_joins_nothing(stage: Stage) -> None:
    member, other = await stage.person(), stage.phone("bale")
    await other.start(f"j_{await code_of(member)}")
    stage.now += timedelta(minutes=15)
    assert await other.tap("confirm") == ["refusals.joining_code_unknown"]
    assert "join_accounts.nameless_asks_owner" not in member.names


async def test_guessing_ends_after_five_wrong_codes_for_an_hour(stage: Stage) -> None:
    member, other = await stage.person(), stage.phone("bale")
    for wrong in range(5):
        assert await other.start(f"j_0000000{wrong}") == ["refusals.joining_code_unknown"]
    assert await other.start(f"j_{await code_of(member)}") == ["refusals.joining_code_unknown"]
    stage.now += timedelta(hours=1)
    assert await other.start(f"j_{await code_of(member)}") == ["join_accounts.confirm"]


async def test_ones_own_code_in_the_same_account_joins_nothing(stage: Stage) -> None:
    member = await stage.person()
    code = await code_of(member)
    assert await member.start(f"j_{code}") == ["refusals.joining_code_unknown"]


async def test_the_agreement_pressed_twice_joins_once(stage: Stage) -> None:
    member, other = await stage.person(), stage.phone("bale")
    await join_by_code(member, other)
    assert await member.tap("that_is_me") == ["refusals.joined_already"]
    assert other.names.count("join_accounts.joined") == 1


async def test_two_persons_become_one_with_all_their_groups(stage: Stage) -> None:
    first, second = await stage.group(), await stage.group(offices=(Office.CHAIR,))
    owner, other = first.members[0], second.chair
    await join_by_code(owner, other)
    assert await person_of(stage, other) == owner.person
    belongs = await stage.read(lambda conn: groups.memberships_of(conn, owner.person))
    assert {m.group_id for m in belongs} == {first.id, second.id}
    offices = await stage.read(lambda conn: groups.offices_of(conn, groups.group_by_id(conn, second.id)))
    assert offices.chair == owner.person


async def test_two_memberships_in_one_group_are_joined_by_a_transfer(stage: Stage) -> None:
    group = await stage.group()
    owner, other = group.members[0], group.members[1]
    await save(group, owner)
    await save(group, other, "700 هزار تومان")
    before = await stage.read(lambda conn: passbooks.group_totals(conn, group.id))
    await join_by_code(owner, other)
    after = await stage.read(lambda conn: passbooks.group_totals(conn, group.id))
    assert after == before
    assert (await member_of(stage, other)).state == "left"
    mine = await stage.read(lambda conn: passbooks.member_balance(conn, owner.membership))
    ahead = await stage.read(lambda conn: passbooks.member_advance(conn, owner.membership))
    assert (mine, ahead) == (USUAL * 2, Rial.from_toman(200_000))
    assert await stage.read(lambda conn: passbooks.member_balance(conn, other.membership)) == Rial(0)


async def test_the_office_of_the_closed_membership_passes_over(stage: Stage) -> None:
    group = await stage.group()
    owner, other = group.members[0], group.chair
    await join_by_code(owner, other)
    offices = await stage.read(lambda conn: groups.offices_of(conn, groups.group_by_id(conn, group.id)))
    assert offices.chair == owner.person


async def test_a_running_loan_goes_with_the_membership_one_that_waits_is_settled_first(stage: Stage) -> None:
    group = await stage.group()
    await lending(stage, group)
    await funded(stage, group)
    owner, other = group.members[0], group.members[1]
    await granted(stage, group, other)
    assert await join_by_code(owner, other) == ["refusals.settle_loan_before_joining"]
    await group.treasurer.tap("cash")
    await other.tap("receive")
    await join_by_code(owner, other)
    assert (await loan(stage)).membership_id == owner.membership
    owed = await stage.read(lambda conn: loans.owed_by_member(conn, owner.membership))
    assert owed == Rial.from_toman(1_000_000)


async def test_what_waits_is_settled_before_memberships_are_joined(stage: Stage) -> None:
    group = await stage.group()
    owner, other = group.members[0], group.members[1]
    await report(other)
    assert await join_by_code(owner, other) == ["refusals.settle_waiting_before_joining"]
    assert await person_of(stage, other) == other.person


async def apply_with_number(phone: Phone, code: str) -> list[str]:
    """Apply on another messenger with a number that is proven there."""
    await phone.start(f"g_{code}")
    await phone.tap("consent")
    await phone.contact(NUMBER)
    await phone.say("مریم")
    await phone.say("مرغداری")
    return await phone.tap("confirm")


async def test_the_same_proven_number_is_one_person_after_both_agreed(stage: Stage) -> None:
    group = await stage.group()
    owner = await stage.member(group.id, phone=await stage.person(name="مریم احمدی", phone=NUMBER))
    other = stage.phone("bale")
    second = await stage.group()
    assert await apply_with_number(other, second.code) == ["join.applied", "join_accounts.same_number"]
    assert other.last.facts["name"] == "مریم احمدی"
    assert owner.names == []
    assert await other.tap("that_is_me") == ["join_accounts.other_is_asked"]
    assert owner.last.name == "join_accounts.asks_owner"
    assert await owner.tap("that_is_me") == ["join_accounts.joined"]
    assert await person_of(stage, other) == owner.person
    belongs = await stage.read(lambda conn: groups.memberships_of(conn, owner.person))
    assert {(m.group_id, m.state) for m in belongs} == {(group.id, "admitted"), (second.id, "applied")}


async def test_applying_again_from_a_second_messenger_leaves_one_membership(stage: Stage) -> None:
    group = await stage.group()
    owner = await stage.member(group.id, phone=await stage.person(name="مریم احمدی", phone=NUMBER))
    other = stage.phone("bale")
    await apply_with_number(other, group.code)
    await other.tap("that_is_me")
    await owner.tap("that_is_me")
    (member,) = await stage.read(lambda conn: groups.memberships_of(conn, owner.person))
    assert (member.id, member.state) == (owner.membership, "admitted")


async def test_a_number_shared_in_the_family_joins_nobody(stage: Stage) -> None:
    group = await stage.group()
    owner = await stage.member(group.id, phone=await stage.person(phone=NUMBER))
    other = stage.phone("bale")
    await apply_with_number(other, group.code)
    assert await other.tap("that_is_not_me") == ["join_accounts.stays_apart"]
    assert owner.names == []
    assert await person_of(stage, other) != owner.person


async def test_a_typed_number_offers_nothing(stage: Stage) -> None:
    group = await stage.group()
    await stage.person(phone=NUMBER)
    other = stage.phone("bale")
    await other.start(f"g_{group.code}")
    await other.tap("consent")
    await other.say("09121234567")
    await other.say("مریم")
    await other.say("مرغداری")
    assert await other.tap("confirm") == ["join.applied"]


async def test_a_new_name_is_told_to_those_who_lead_the_group(stage: Stage) -> None:
    group = await stage.group()
    member = group.members[0]
    await member.press("menu_me")
    assert await member.tap("rename") == ["rename.name"]
    assert await member.say("مریم بانو") == ["rename.confirm"]
    assert await member.tap("confirm") == ["rename.done"]
    told = {p.last.name for p in (group.chair, group.treasurer, group.facilitator)}
    assert told == {"rename.told"}
    assert (await member_of(stage, member)).name == "مریم بانو"


async def test_a_person_reads_all_that_is_stored_about_her(stage: Stage) -> None:
    group = await stage.group()
    member = await stage.member(group.id, phone=await stage.person(name="مریم احمدی", phone=NUMBER))
    await member.press("menu_me")
    assert await member.tap("my_data") == ["me.stored", "me.stored_membership", "me.stored_money"]
    facts = member.newest("me.stored").facts
    assert (facts["name"], facts["phone"], facts["proven"]) == ("مریم احمدی", Number(NUMBER), True)
    assert facts["platforms"] == [Platform.TELEGRAM]
    assert member.newest("me.stored_membership").facts["group"] == group.name


async def test_a_facilitator_reads_her_role_there(stage: Stage) -> None:
    facilitator = await stage.facilitator()
    await facilitator.press("menu_me")
    assert await facilitator.tap("my_data") == ["me.stored", "me.stored_money"]


async def test_what_concerns_an_older_record_is_told_to_who_she_is_now(stage: Stage) -> None:
    """The treasurer paid a leaver; then her record became part of another, and the money is not there."""
    group = await stage.group()
    member, treasurer, known = group.members[0], group.treasurer, await stage.person(platform="bale")
    await save(group, member)
    await member.press("menu_me")
    await member.tap("leave")
    await member.tap("confirm")
    await treasurer.tap("paid_cash")
    await join_by_code(known, treasurer)
    assert await person_of(stage, treasurer) == known.person
    await member.tap("not_received_it")
    assert "payout.not_received" in (*known.names, *treasurer.names)
