"""The bylaws, heading by heading."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest

from conversations.parts import Deciding
from conversations.talks.bylaws import Facts
from domain.bylaws import Bylaws, Decider, LoanPrice, Part, SavingsAgreement, SurplusRule
from domain.bylaws_bounds import THREE_QUARTERS, out_of_bounds
from domain.calendar import Rhythm
from domain.ids import GroupId
from domain.loan_terms import Method, Period, Rate
from domain.money import Rial, Unit
from domain.proposals import ProposeRules
from domain.votes import MORE_THAN_HALF, TWO_THIRDS, VotingRules
from tests.conversations.play import Play

GROUP = GroupId(3)
DECIDING = Deciding(16, 3, TWO_THIRDS, whole=False)
SAVING = SavingsAgreement(Rial(5_000_000), Rhythm.MONTHLY)
FACTS = Facts(GROUP, "بهار", Bylaws(), SAVING, Unit.TOMAN, deciding=DECIDING)


def test_every_heading_is_kept_with_one_tap(play: Play) -> None:
    """
    bot: bylaws.begin
    member: [begin]
    bot: bylaws.saving
    member: [keep_rule]
    bot: bylaws.board
    member: [keep_rule]
    bot: bylaws.votes
    member: [keep_rule]
    bot: bylaws.loans
    member: [keep_rule]
    bot: bylaws.price
    member: [keep_rule]
    bot: bylaws.repaying
    member: [keep_rule]
    bot: bylaws.surplus
    member: [keep_rule]
    bot: bylaws.members
    member: [keep_rule]
    bot: bylaws.confirm
    member: [confirm]
    """
    assert play(FACTS) == ProposeRules(GROUP, Bylaws())


def test_every_rule_can_be_changed(play: Play) -> None:
    """
    bot: bylaws.begin
    member: [begin]
    bot: bylaws.saving
    member: [change_rule]
    bot: bylaws.late_saving_fine
    member: [amount:200000]
    bot: bylaws.voluntary_saving
    member: [yes]
    bot: bylaws.saving
    member: [keep_rule]
    bot: bylaws.board
    member: [change_rule]
    bot: bylaws.board_months
    member: [count:24]
    bot: bylaws.board
    member: [keep_rule]
    bot: bylaws.votes
    member: [change_rule]
    bot: bylaws.voting_days
    member: [count:5]
    bot: bylaws.first_quorum
    member: [share:3/4]
    bot: bylaws.second_quorum
    member: [share:2/3]
    bot: bylaws.majority
    member: [share:over1/2]
    bot: bylaws.qualified_majority
    member: [share:3/4]
    bot: bylaws.secret_votes
    member: [yes]
    bot: bylaws.votes
    member: [keep_rule]
    bot: bylaws.loans
    member: [change_rule]
    bot: loan_terms.multiple
    member: [count:2]
    bot: loan_terms.fund_per_cent
    member: [count:10]
    bot: loan_terms.instalments
    member: [count:6]
    bot: bylaws.loans_decided_by
    member: [decider_board]
    bot: bylaws.loans
    member: [keep_rule]
    bot: bylaws.price
    member: [change_rule]
    bot: loan_terms.method
    member: [method_balance_equal]
    bot: loan_terms.rate
    member: [rate:1]
    bot: bylaws.price
    member: [keep_rule]
    bot: bylaws.repaying
    member: [change_rule]
    bot: bylaws.payment_order
    member: [payment_order:fine-fee-principal]
    bot: bylaws.instalment_fine
    member: ۳۰ هزار تومان
    bot: bylaws.repaying
    member: [keep_rule]
    bot: bylaws.surplus
    member: [change_rule]
    bot: bylaws.reserve_per_cent
    member: [count:20]
    bot: bylaws.surplus_rule
    member: [surplusrule_saving_time]
    bot: bylaws.surplus
    member: [keep_rule]
    bot: bylaws.members
    member: [change_rule]
    bot: bylaws.size_least
    member: [count:10]
    bot: bylaws.size_most
    member: ۳۰
    bot: bylaws.entry_fee
    member: [amount:1000000]
    bot: bylaws.members
    member: [keep_rule]
    bot: bylaws.confirm
    member: [confirm]
    """
    rules = Bylaws(
        voting=VotingRules(THREE_QUARTERS, TWO_THIRDS, MORE_THAN_HALF, THREE_QUARTERS, 5),
        secret_votes=True,
        loan_price=LoanPrice(Method.BALANCE_EQUAL, Rate(Fraction(1), Period.MONTH)),
        loan_savings_multiple=2,
        loan_fund_per_cent=10,
        loan_most_instalments=6,
        loans_decided_by=Decider.BOARD,
        payment_order=(Part.FINE, Part.FEE, Part.PRINCIPAL),
        instalment_fine=Rial(300_000),
        late_saving_fine=Rial(200_000),
        entry_fee=Rial(1_000_000),
        reserve_per_cent=20,
        surplus_rule=SurplusRule.SAVING_TIME,
        voluntary_saving=True,
        board_months=24,
        size_least=10,
        size_most=30,
    )
    assert list(out_of_bounds(rules)) == []
    assert play(FACTS) == ProposeRules(GROUP, rules)


def test_a_heading_is_changed_until_it_fits(play: Play) -> None:
    """
    bot: bylaws.begin
    member: [begin]
    bot: bylaws.saving
    member: [change_rule]
    bot: bylaws.late_saving_fine
    member: ۲۰ تومن
    bot: common.amount_doubt
    member: [amount:200000]
    bot: bylaws.voluntary_saving
    member: [no]
    bot: bylaws.saving
    member: [change_rule]
    bot: bylaws.late_saving_fine
    member: یک میلیون تومان
    bot: common.charge_too_large
    bot: bylaws.late_saving_fine
    member: [nothing]
    bot: bylaws.voluntary_saving
    member: [no]
    bot: bylaws.saving
    member: /back
    bot: bylaws.voluntary_saving
    member: [yes]
    bot: bylaws.saving
    member: [keep_rule]
    bot: bylaws.board
    member: /cancel
    """
    assert play(FACTS) is None


def test_a_second_call_asks_for_no_more_and_weighty_matters_for_no_less(play: Play) -> None:
    """
    bot: bylaws.begin
    member: [begin]
    bot: bylaws.saving
    member: [keep_rule]
    bot: bylaws.board
    member: ۲۴
    bot: common.choose
    bot: bylaws.board
    member: [keep_rule]
    bot: bylaws.votes
    member: [change_rule]
    bot: bylaws.voting_days
    member: ۰
    bot: common.count_unread
    bot: bylaws.voting_days
    member: ۱
    bot: bylaws.first_quorum
    member: [share:over1/2]
    bot: bylaws.second_quorum
    member: همه
    bot: common.choose
    bot: bylaws.second_quorum
    member: [share:over1/2]
    bot: bylaws.majority
    member: [share:3/4]
    bot: bylaws.qualified_majority
    member: [share:3/4]
    bot: bylaws.secret_votes
    member: [no]
    bot: bylaws.votes
    """
    assert play(FACTS) is None


# What each heading asks, and what is answered the first and the second time.
TWICE = {
    "bylaws.saving": (
        ("bylaws.late_saving_fine", "[amount:200000]", "[nothing]"),
        ("bylaws.voluntary_saving", "[no]", "[yes]"),
    ),
    "bylaws.board": (("bylaws.board_months", "[count:24]", "[count:6]"),),
    "bylaws.votes": (
        ("bylaws.voting_days", "[count:5]", "[count:2]"),
        ("bylaws.first_quorum", "[share:3/4]", "[share:2/3]"),
        ("bylaws.second_quorum", "[share:2/3]", "[share:over1/2]"),
        ("bylaws.majority", "[share:2/3]", "[share:over1/2]"),
        ("bylaws.qualified_majority", "[share:3/4]", "[share:2/3]"),
        ("bylaws.secret_votes", "[no]", "[yes]"),
    ),
    "bylaws.loans": (
        ("loan_terms.multiple", "[count:2]", "[count:3]"),
        ("loan_terms.fund_per_cent", "[count:10]", "[count:25]"),
        ("loan_terms.instalments", "[count:6]", "[count:12]"),
        ("bylaws.loans_decided_by", "[decider_assembly]", "[decider_board]"),
    ),
    "bylaws.price": (
        ("loan_terms.method", "[method_flat]", "[method_balance_equal]"),
        ("loan_terms.rate", "[rate:1]", "[rate:2]"),
    ),
    "bylaws.repaying": (
        ("bylaws.payment_order", "[payment_order:fee-principal-fine]", "[payment_order:principal-fee-fine]"),
        ("bylaws.instalment_fine", "[amount:200000]", "۱۰ هزار"),
    ),
    "bylaws.surplus": (
        ("bylaws.reserve_per_cent", "[count:20]", "[count:5]"),
        ("bylaws.surplus_rule", "[surplusrule_equal]", "[surplusrule_saving_time]"),
    ),
    "bylaws.members": (
        ("bylaws.size_least", "[count:15]", "[count:10]"),
        ("bylaws.size_most", "[count:25]", "[count:20]"),
        ("bylaws.entry_fee", "[amount:1000000]", "[nothing]"),
    ),
}


def gone_through_twice() -> Iterator[str]:
    yield from ("bot: bylaws.begin", "member: [begin]")
    for heading, asked in TWICE.items():
        for answers in zip(*(replies for _, *replies in asked), strict=True):
            yield from (f"bot: {heading}", "member: [change_rule]")
            for (question, *_), answer in zip(asked, answers, strict=True):
                yield from (f"bot: {question}", f"member: {answer}")
        yield from (f"bot: {heading}", "member: [keep_rule]")
    yield from ("bot: bylaws.confirm", "member: [confirm]")


def test_under_each_heading_the_last_answers_hold(play: Play) -> None:
    play.transcript = "\n".join(gone_through_twice())
    rules = Bylaws(
        voting=VotingRules(TWO_THIRDS, MORE_THAN_HALF, MORE_THAN_HALF, TWO_THIRDS, 2),
        secret_votes=True,
        loan_price=LoanPrice(Method.BALANCE_EQUAL, Rate(Fraction(2), Period.MONTH)),
        loan_savings_multiple=3,
        loan_fund_per_cent=25,
        loan_most_instalments=12,
        loans_decided_by=Decider.BOARD,
        payment_order=(Part.PRINCIPAL, Part.FEE, Part.FINE),
        instalment_fine=Rial(100_000),
        reserve_per_cent=5,
        surplus_rule=SurplusRule.SAVING_TIME,
        voluntary_saving=True,
        board_months=6,
        size_least=10,
        size_most=20,
    )
    assert play(FACTS) == ProposeRules(GROUP, rules)
    usual = {"board_months": "6 12 24", "reserve_per_cent": "5 10 20", "size_least": "10 15"}
    assert {rule: " ".join(play.offered[f"bylaws.{rule}"]) for rule in usual} == usual


@pytest.mark.parametrize(("least", "offered"), [("15", "20 25"), ("20", "20 25"), ("21", "25")])
def test_no_group_is_at_most_smaller_than_at_least(play: Play, least: str, offered: str) -> None:
    begin = ["bot: bylaws.begin", "member: [begin]"]
    kept = [line for heading in list(TWICE)[:-1] for line in (f"bot: {heading}", "member: [keep_rule]")]
    members = ["bot: bylaws.members", "member: [change_rule]", "bot: bylaws.size_least", f"member: {least}"]
    too_few = [f"member: {int(least) - 1}", "bot: common.count_unread", "bot: bylaws.size_most"]
    play.transcript = "\n".join([*begin, *kept, *members, "bot: bylaws.size_most", *too_few])
    assert play(FACTS) is None
    assert " ".join(play.offered["bylaws.size_most"]) == offered
