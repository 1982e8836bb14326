"""A member has died: two of the board say so, what she owed is set off, the rest goes to her heir."""

from __future__ import annotations

from sqlalchemy import update

from domain.ledger import Account
from domain.money import Rial
from domain.offices import Office
from handlers.parting import Parted
from storage import groups
from storage.schema import death
from storage.verify import verify
from tests.keeping import handed, held, kept
from tests.lending import funded, loan
from tests.phone import Phone
from tests.repaying import balance, lent, outstanding
from tests.stage import Group, Stage

FULL = (Office.CHAIR, Office.SECRETARY, Office.TREASURER)


async def said(group: Group, officer: Phone, whom: Phone) -> list[str]:
    """One of the board says that a member has died."""
    await officer.press("menu_members")
    await officer.tap("say_death")
    await officer.tap(str(whom.membership))
    await officer.say("احمد شریفی")
    return await officer.tap("confirm")


async def state_of(stage: Stage, phone: Phone) -> str:
    found = await stage.read(lambda conn: groups.member_by_id(conn, phone.membership))
    assert found is not None
    return found.state


async def test_two_of_the_board_say_it_and_her_heir_is_paid(stage: Stage) -> None:
    group = await stage.group(offices=FULL, members=2)
    await funded(stage, group)
    gone, other = group.members
    assert await said(group, group.secretary, gone) == ["death.second_asked"]
    assert await state_of(stage, gone) == "admitted"
    before = len(gone.heard)
    assert "death.said" not in group.secretary.names
    await group.chair.tap("confirm_death")
    assert await state_of(stage, gone) == "left"
    money = Rial.from_toman(1_000_000)
    for officer in (group.chair, group.secretary, group.treasurer):
        told = officer.newest("death.told_board").fact("parted", Parted)
        assert told == Parted(money, Rial(0), money, (), Rial(0), Rial(0))
    assert other.last.name == "death.told_all"
    assert group.chair.names.index("death.told_all") < group.chair.names.index("death.told_board")
    assert group.treasurer.newest("payout.due").facts["heir"] == "احمد شریفی"
    assert await group.treasurer.tap("paid_cash") == ["payout.you_paid"]
    await group.chair.tap("received_it")
    assert group.chair.newest("payout.received").facts["heir"] == "احمد شریفی"
    assert await balance(stage, group, Account.PAYABLE_TO_LEAVERS, gone.membership) == 0
    assert len(gone.heard) == before  # nothing is sent to her
    await stage.check()


async def test_what_she_owed_is_set_off_and_nobody_is_asked_for_what_is_left(stage: Stage) -> None:
    group = await lent(stage)  # she saved 10,000,000 and owes 10,100,000
    (gone,) = group.members
    await said(group, group.treasurer, gone)
    await group.chair.tap("confirm_death")
    told = group.chair.newest("death.told_board").fact("parted", Parted)
    assert (told.set_off, told.rest, told.debt) == (Rial(10_000_000), Rial(0), Rial(100_000))
    assert (await loan(stage)).state == "running"
    assert await outstanding(stage, group) == 100_000
    await group.treasurer.press("menu_loans")
    page = group.treasurer.newest("repayment.board")
    assert "take_in" not in page.choices
    assert "write_off" in page.choices
    await stage.check()


async def test_declined_nothing_changes_and_it_can_be_said_again(stage: Stage) -> None:
    group = await stage.group(offices=FULL, members=1)
    (member,) = group.members
    await said(group, group.secretary, member)
    card = group.chair.newest("death.said")
    await group.chair.tap("decline_death", card)
    assert await state_of(stage, member) == "admitted"
    assert group.secretary.last.name == "death.declined"
    assert await group.chair.tap("confirm_death", card) == ["common.already_answered", "death.declined"]
    assert await said(group, group.chair, member) == ["death.second_asked"]


async def test_who_is_not_of_the_board_cannot_say_it(stage: Stage) -> None:
    group = await stage.group(members=2)
    one, _ = group.members
    await group.chair.press("menu_members")
    button = next(d for d in group.chair.last.buttons.values() if d.split(".")[2] == "say_death")
    assert await one.tap_data(button) == ["common.foreign_button"]


async def test_one_person_alone_who_said_and_confirmed_it_is_found(stage: Stage) -> None:
    group = await stage.group(offices=FULL, members=1)
    (gone,) = group.members
    await said(group, group.secretary, gone)
    await group.chair.tap("confirm_death")
    await changed(stage, gone, group.secretary, "admitted")
    flaws = [flaw.sentence for flaw in await stage.read(lambda conn: list(verify(conn)))]
    assert flaws == [
        f"death 1 was said and confirmed by person {group.secretary.person}",
        "death 1 is confirmed, the membership is admitted",
    ]
    await changed(stage, gone, group.chair, "left")


async def changed(stage: Stage, gone: Phone, by: Phone, state: str) -> None:
    """Behind the program's back."""
    await stage.write(lambda conn: conn.execute(update(death).values(decided_by=by.person)))
    await stage.write(lambda conn: groups.update_membership(conn, gone.membership, state=state))


async def test_what_she_kept_of_the_groups_cash_is_told_and_handed_over(stage: Stage) -> None:
    group = await stage.group(offices=(Office.CHAIR, Office.SECRETARY), members=3)
    await kept(group, group.chair)
    await stage.appoint(group, Office.TREASURER, group.members[2])
    treasurer = group.members[2]
    assert await said(group, group.secretary, group.chair) == ["death.second_asked"]
    await treasurer.tap("confirm_death")
    for officer in (group.secretary, treasurer):
        assert officer.newest("death.told_board").fact("parted", Parted).kept == Rial(5_000_000)
    await treasurer.press("menu_money")
    assert await handed(treasurer, "5000000") == ["money_move.written_down"]
    await group.secretary.tap("agree_move")
    assert await held(stage, group, group.chair) == [5_000_000, 0]
    await stage.check()
