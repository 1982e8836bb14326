"""A loan from the request to the decision: by the assembly, or by the board where the bylaws say so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.calendar import local_day
from domain.ids import GroupId
from domain.lending import Allowance, first_due
from domain.money import Rial
from storage import assembly, passbooks
from tests.assembly import proposed, voted
from tests.lending import RULES, SHEEP, asked, funded, granted, lending, loan
from tests.stage import NAMES, Group, Stage
from tests.steps import report

MILLION = Rial.from_toman(1_000_000)


@pytest.fixture
async def group(stage: Stage) -> Group:
    """A chair, a treasurer and three members with a million toman each, who lend without a price."""
    made = await stage.group()
    await lending(stage, made)
    await funded(stage, made)
    return made


async def balances(stage: Stage, group: Group) -> tuple[Rial, Rial]:
    """What is in the box, and what is lent."""
    totals = await stage.read(lambda conn: passbooks.group_totals(conn, group.id))
    return totals.cash, totals.lent


async def test_a_loan_goes_from_the_request_into_the_borrowers_hand(stage: Stage, group: Group) -> None:
    borrower, treasurer = group.members[0], group.treasurer
    assert await borrower.press("menu_loans") == ["loan.page", "loan.may_ask"]
    assert borrower.last.fact("allowance", Allowance).most == Rial.from_toman(2_500_000)
    assert await asked(borrower, 2_000_000) == ["vote.open", "ask_loan.sent_to_vote"]
    words = group.chair.newest("vote.open").fact("words", str)
    assert [name for name in NAMES if name in words]
    assert SHEEP in words

    await voted(group, "yyyyy")
    assert borrower.names[-2:] == ["vote.accepted", "loan.granted"]
    assert treasurer.newest("loan.pay").facts["amount"] == 2 * MILLION

    assert await treasurer.tap("cash") == ["loan.you_paid"]
    assert treasurer.newest("loan.paid_out").edited
    assert borrower.last.name == "loan.receive"
    assert await balances(stage, group) == (5 * MILLION, Rial(0))

    assert await borrower.tap("receive") == ["loan.receipt_slip"]
    assert await balances(stage, group) == (3 * MILLION, 2 * MILLION)
    assert treasurer.last.name == "loan.received"
    found = await loan(stage)
    assert (found.state, found.first_due) == ("running", first_due(local_day(stage.now)))
    assert borrower.last.facts["plan"] == found.plan()
    assert (found.paid_by, found.received_by) == (treasurer.person, borrower.person)


async def test_before_the_price_is_decided_nobody_may_ask(stage: Stage) -> None:
    group = await stage.group()
    await funded(stage, group)
    assert await group.members[0].press("menu_loans") == [
        "loan.page",
        "loan.may_not_ask",
        "refusals.loan_price_undecided",
    ]
    assert not group.members[0].newest("loan.page").choices


async def test_without_savings_nobody_may_ask(stage: Stage) -> None:
    group = await stage.group()
    await lending(stage, group)
    assert (await group.members[0].press("menu_loans"))[-1] == "refusals.save_before_asking"


async def test_who_is_behind_with_her_saving_may_not_ask_until_she_reports_it(
    stage: Stage, group: Group
) -> None:
    borrower = group.members[0]
    await stage.pass_days(8)
    assert (await borrower.press("menu_loans"))[-1] == "refusals.loan_while_in_arrears"
    assert borrower.last.facts["rounds"] == (1,)
    await report(borrower)
    assert (await borrower.press("menu_loans"))[-1] == "loan.may_ask"


async def test_who_wants_to_leave_may_not_ask(stage: Stage, group: Group) -> None:
    borrower = group.members[0]
    await borrower.press("menu_me")
    await borrower.tap("leave")
    await borrower.tap("confirm")
    assert (await borrower.press("menu_loans"))[-1] == "refusals.leaving_borrows_no_more"


async def test_one_loan_at_a_time_waits(stage: Stage, group: Group) -> None:
    borrower = group.members[0]
    await asked(borrower)
    assert await borrower.press("menu_loans") == [
        "loan.page",
        "loan.voting",
        "loan.may_not_ask",
        "refusals.loan_asked_already",
    ]


async def test_what_one_owes_counts_against_what_one_may_ask(stage: Stage, group: Group) -> None:
    borrower = group.members[0]
    await granted(stage, group, borrower, 2_000_000)
    await group.treasurer.tap("cash")
    await borrower.tap("receive")
    assert (await borrower.press("menu_loans"))[:2] == ["loan.page", "repayment.page"]
    allowance = borrower.last.fact("allowance", Allowance)
    assert (allowance.running, allowance.most) == (2 * MILLION, Rial.from_toman(500_000))


async def test_money_that_was_promised_meanwhile_cannot_be_asked_for(stage: Stage, group: Group) -> None:
    """She sees that there are two million; when she confirms, one is left."""
    first, second, third = group.members
    await granted(stage, group, first, 2_500_000)
    await asked(second, 1_500_000)
    await third.press("menu_loans")
    await third.tap("ask")
    await third.say(SHEEP)
    await third.say("2,000,000 تومان")
    await third.say("3")
    await third.tap("consent")
    await voted(group, "yyyyy")
    assert await third.tap("confirm") == ["refusals.loan_above_money", "ask_loan.amount"]
    assert third.last.fact("allowance", Allowance).most == MILLION
    await third.say("1,000,000 تومان")
    await third.say("3")
    await third.tap("consent")
    assert (await third.tap("confirm"))[-1] == "ask_loan.sent_to_vote"


async def test_bylaws_that_changed_meanwhile_are_shown_anew(stage: Stage, group: Group) -> None:
    borrower = group.members[0]
    await borrower.press("menu_loans")
    await borrower.tap("ask")
    await borrower.say(SHEEP)
    await borrower.say("2,000,000 تومان")
    await borrower.say("3")
    await borrower.tap("consent")
    await lending(stage, group, replace(RULES, loan_fund_per_cent=20))
    assert await borrower.tap("confirm") == ["refusals.terms_changed", "ask_loan.amount"]
    assert borrower.last.fact("allowance", Allowance).most == MILLION


async def test_a_loan_that_is_voted_down_is_told_and_another_may_be_asked_for(
    stage: Stage, group: Group
) -> None:
    borrower = group.members[0]
    await asked(borrower)
    await voted(group, "ynnnn")
    assert borrower.names[-2:] == ["vote.rejected", "loan.not_granted"]
    assert (await loan(stage)).state == "rejected"
    assert "loan.pay" not in group.treasurer.names
    assert (await borrower.press("menu_loans"))[-1] == "loan.may_ask"


async def test_the_second_call_decides_where_the_first_had_no_quorum(stage: Stage, group: Group) -> None:
    await asked(group.members[0])
    await stage.pass_days(4)
    assert (await loan(stage)).state == "voting"
    await voted(group, "yyy--")
    await stage.pass_days(4)
    found = await loan(stage)
    assert (found.state, found.proposal_id) == ("approved", 3)


async def test_no_quorum_at_the_second_call_either_is_a_no(stage: Stage, group: Group) -> None:
    await asked(group.members[0])
    await stage.pass_days(8)
    assert (await loan(stage)).state == "rejected"
    assert "loan.not_granted" in group.members[0].names


async def open_votes(stage: Stage, group: GroupId) -> int:
    return len(await stage.read(lambda conn: assembly.open_proposals(conn, group)))


@pytest.mark.parametrize("days", [0, 4])
async def test_who_no_longer_wants_it_takes_it_back_and_the_vote_ends(
    stage: Stage, group: Group, days: int
) -> None:
    """At the first call, and at the second."""
    borrower = group.members[0]
    await asked(borrower)
    await stage.pass_days(days)
    ballot = group.chair.newest("vote.open")
    assert await borrower.tap("withdraw") == ["loan.you_withdrew"]
    assert await open_votes(stage, group.id) == 0
    assert group.chair.newest("vote.withdrawn").edited
    assert await group.chair.tap("yes", ballot) == ["vote.over", "vote.withdrawn"]
    assert (await loan(stage)).state == "withdrawn"
    await stage.pass_days(4)
    assert await open_votes(stage, group.id) == 0
    await borrower.press("menu_loans")
    assert "refusals.loan_asked_already" not in borrower.names


async def test_what_was_granted_can_be_taken_back_before_it_is_paid(stage: Stage, group: Group) -> None:
    borrower = group.members[0]
    await granted(stage, group, borrower)
    offered = group.treasurer.newest("loan.pay")
    assert await borrower.tap("withdraw") == ["loan.you_withdrew"]
    assert group.treasurer.newest("loan.withdrawn").edited
    assert await group.treasurer.tap("cash", offered) == ["common.already_answered", "loan.withdrawn"]


async def test_an_old_button_changes_nothing_and_shows_how_it_stands(stage: Stage, group: Group) -> None:
    borrower = group.members[0]
    await asked(borrower)
    sent = borrower.newest("ask_loan.sent_to_vote")
    await voted(group, "yyyyy")
    assert await borrower.tap("withdraw", sent) == ["common.already_answered", "loan.approved"]
    assert (await loan(stage)).state == "approved"


async def test_a_loan_is_not_proposed_by_its_words_alone(stage: Stage, group: Group) -> None:
    member = group.members[0]
    await member.press("menu_assembly")
    await member.tap("propose")
    assert "proposalkind_loan" not in member.last.choices


async def test_five_votes_of_a_group_are_open_at_most(stage: Stage, group: Group) -> None:
    await stage.member(group.id)
    for phone in (group.chair, group.treasurer, *group.members):
        await proposed(phone)
    assert (await asked(group.members[0]))[-1] == "refusals.too_many_votes"
    assert (await group.members[0].press("menu_loans"))[-1] == "loan.may_ask"


async def test_who_has_a_loan_does_not_leave_at_once(stage: Stage, group: Group) -> None:
    borrower = group.members[0]
    await asked(borrower)
    await borrower.press("menu_me")
    await borrower.tap("leave")
    assert "loan" in {reason.value for reason in borrower.last.fact("unsettled", tuple)}
