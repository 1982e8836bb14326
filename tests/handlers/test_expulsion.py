"""The assembly ends a membership: secretly, without whom it is about, and what is hers is not taken."""

from __future__ import annotations

from domain.ledger import Account
from domain.lending import Allowance
from domain.money import Rial
from domain.offices import Office
from domain.votes import Outcome
from handlers.parting import Parted
from storage import groups, payouts
from storage.payouts import PayoutRow
from tests.assembly import ballots, proposal
from tests.handlers.test_write_off import put_to_vote as write_off_proposed
from tests.lending import asked, funded, lending, loan
from tests.phone import Phone
from tests.repaying import balance, lent, outstanding, say
from tests.stage import Group, Stage
from tests.steps import report

WHY = "یک سال است که نیامده است"
FULL = (Office.CHAIR, Office.SECRETARY, Office.TREASURER)


async def proposed(who: Phone, whom: Phone) -> list[str]:
    await who.press("menu_assembly")
    await who.tap("expel")
    await who.tap(str(whom.membership))
    await who.say(WHY)
    return await who.tap("confirm")


async def voted(group: Group, whom: Phone, said: str = "yes") -> None:
    """Everybody else votes alike."""
    for phone in group.everybody:
        if phone is not whom:
            await phone.tap(said, phone.newest("vote.open"))


async def expelled(group: Group, whom: Phone) -> Parted:
    """Propose it and vote for it; return what she is told."""
    proposer = next(phone for phone in group.everybody if phone is not whom)
    await proposed(proposer, whom)
    await voted(group, whom)
    return whom.newest("expel.told_member").fact("parted", Parted)


async def state_of(stage: Stage, phone: Phone) -> str:
    found = await stage.read(lambda conn: groups.member_by_id(conn, phone.membership))
    assert found is not None
    return found.state


async def waiting(stage: Stage, group: Group) -> tuple[PayoutRow, ...]:
    return await stage.read(lambda conn: payouts.open_payouts(conn, group.id))


async def test_all_others_decide_secretly_and_what_is_hers_is_paid(stage: Stage) -> None:
    group = await stage.group(members=2)
    await funded(stage, group)
    whom = group.members[0]
    assert (await proposed(group.chair, whom))[-1] == "propose.opened"
    assert whom.last.name == "expel.about_you"
    await whom.press("menu_assembly")
    assert whom.last.name == "vote.about_you"
    assert len(await ballots(stage)) == 3
    await voted(group, whom)
    assert all(one.vote is None for one in await ballots(stage))
    assert (await proposal(stage)).state == Outcome.ACCEPTED
    assert len(group.chair.newest("vote.accepted").fact("results", list)[0][2]) == 3
    assert group.chair.names.count("expel.told_member") == 0
    money = Rial.from_toman(1_000_000)
    assert whom.newest("expel.told_member").facts["parted"] == Parted(
        money, Rial(0), money, (), Rial(0), Rial(0)
    )
    assert await state_of(stage, whom) == "left"
    assert await balance(stage, group, Account.PAYABLE_TO_LEAVERS, whom.membership) == money.rials
    assert await group.treasurer.tap("paid_cash") == ["payout.you_paid"]
    assert await whom.tap("received_it") == ["payout.receipt"]
    assert await waiting(stage, group) == ()
    await stage.check()


async def test_without_two_thirds_nothing_changes(stage: Stage) -> None:
    group = await stage.group(members=2)
    whom = group.members[0]
    await proposed(group.chair, whom)
    await voted(group, whom, "no")
    assert (await proposal(stage)).state == Outcome.REJECTED
    assert await state_of(stage, whom) == "admitted"
    assert "expel.told_member" not in whom.names
    await stage.check()


async def test_an_office_ends_with_it_and_a_loan_that_waits_is_withdrawn(stage: Stage) -> None:
    group = await stage.group(offices=FULL, members=1)
    await lending(stage, group)
    await funded(stage, group)
    await asked(group.secretary)
    helped = await stage.phoneless(group.id, group.secretary)
    await proposed(group.chair, group.secretary)
    for phone in (group.chair, group.treasurer, group.members[0]):
        secret = next(h for h in reversed(phone.heard) if h.name == "vote.open" and "code" in h.choices)
        await phone.tap("yes", secret)
    await stage.pass_days(4)
    await stage.tick()
    assert await state_of(stage, group.secretary) == "left"
    assert (await loan(stage)).state == "withdrawn"
    found = await stage.read(lambda conn: groups.group_by_id(conn, group.id))
    assert (await stage.read(lambda conn: groups.offices_of(conn, found))).secretary is None
    served_now = await stage.read(lambda conn: groups.member_by_id(conn, helped))
    assert served_now is not None
    assert served_now.helper_id == group.chair.person
    await stage.check()


async def test_the_secretary_does_not_write_down_votes_about_herself(stage: Stage) -> None:
    group = await stage.group(offices=FULL, members=1)
    naneh = await stage.phoneless(group.id, group.members[0])
    await proposed(group.members[0], group.secretary)
    assert "contest.enter" not in group.secretary.names
    card = group.chair.newest("contest.enter")
    await group.secretary.press("menu_assembly")
    assert group.secretary.last.name == "vote.about_you"
    await voted(group, group.secretary, "no")
    assert await group.chair.tap("enter", card) == ["enter_papers.handed_in"]
    await group.chair.tap("yes")
    await group.chair.tap("vote_no")
    await group.chair.tap("confirm")
    assert (await proposal(stage)).state == Outcome.REJECTED
    assert len(await ballots(stage)) == 4
    assert naneh in {one.membership_id for one in await ballots(stage)}


async def test_what_she_owes_is_set_off_and_what_is_left_of_it_she_can_still_pay(stage: Stage) -> None:
    group = await lent(stage)  # she saved 10,000,000 and owes 10,100,000
    (whom,) = group.members
    parted = await expelled(group, whom)
    assert (parted.set_off, parted.rest, parted.debt) == (Rial(10_000_000), Rial(0), Rial(100_000))
    assert (await loan(stage)).state == "running"
    assert await waiting(stage, group) == ()
    assert await outstanding(stage, group) == 100_000
    await stage.check()
    await group.chair.press("menu_loans")
    assert len(group.chair.newest("repayment.board").fact("loans", list)) == 1
    assert await whom.tap("pay") == ["repay.amount"]
    await say(whom, "100000")
    await group.treasurer.tap("confirm_deposit")
    assert (await loan(stage)).state == "settled"
    await stage.check()


async def test_who_was_expelled_finds_her_loan_and_may_object(stage: Stage) -> None:
    group = await lent(stage)
    (whom,) = group.members
    await expelled(group, whom)
    told = whom.newest("expel.told_member")
    await whom.press("menu_me")
    assert await whom.tap("owed") == ["repayment.page"]
    assert await whom.tap("pay") == ["repay.amount"]
    await whom.tap("/cancel")
    assert await whom.tap("object", told) == ["objection.about"]


async def test_what_she_still_owes_counts_when_she_has_joined_again(stage: Stage) -> None:
    group = await lent(stage)
    (whom,) = group.members
    await expelled(group, whom)
    await stage.member(group.id, phone=whom)
    await funded(stage, group)
    await whom.press("menu_loans")
    assert whom.last.fact("allowance", Allowance).running == Rial(100_000)
    assert (await write_off_proposed(group.secretary))[-1] == "propose.opened"
    await voted(group, whom)
    assert (await loan(stage)).state == "written_off"
    await whom.press("menu_loans")
    assert whom.last.name == "refusals.loan_while_written_off"


async def test_a_saving_that_waited_is_paid_out_as_well(stage: Stage) -> None:
    group = await stage.group(members=2)
    whom = group.members[0]
    await report(whom)
    parted = await expelled(group, whom)
    assert parted.rest == Rial(0)
    await group.treasurer.tap("confirm_deposit")
    (due,) = await waiting(stage, group)
    assert due.amount == Rial.from_toman(500_000)
    await group.treasurer.tap("paid_cash")
    assert await whom.tap("received_it") == ["payout.receipt"]
    await stage.check()


async def test_what_the_treasurer_takes_in_she_agrees_to_though_she_has_left(stage: Stage) -> None:
    group = await lent(stage)
    (whom,) = group.members
    await expelled(group, whom)
    await group.treasurer.press("menu_loans")
    await group.treasurer.tap("took_instalment")
    assert await say(group.treasurer, "100000") == ["deposit.payer_asked"]
    await whom.tap("agree_amount")
    assert whom.last.name == "repayment.receipt_slip"
    assert (await loan(stage)).state == "settled"
    await stage.check()
