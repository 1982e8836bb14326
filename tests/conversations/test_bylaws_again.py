"""Each heading of the bylaws gone through more than once: the last answers hold."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest

from conversations.parts import Deciding
from conversations.talks.bylaws import Facts
from domain.bylaws import Bylaws, Decider, LoanPrice, Part, SavingsAgreement, SurplusRule
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


def test_what_is_usual_is_offered_and_a_no_at_the_end_proposes_nothing(play: Play) -> None:
    play.transcript = "\n".join(gone_through_twice()).removesuffix("[confirm]") + "[cancel]"
    assert play(FACTS) is None
    usual = {
        "bylaws.voting_days": "2 3 5 7",
        "bylaws.board_months": "6 12 24",
        "bylaws.reserve_per_cent": "5 10 20",
        "bylaws.size_least": "10 15",
        "loan_terms.multiple": "1 2 3 5",
        "loan_terms.fund_per_cent": "10 25 50",
        "loan_terms.instalments": "6 12 18 24",
    }
    assert {rule: " ".join(play.offered[rule]) for rule in usual} == usual


def test_a_button_names_what_is_paid_first_then_and_last(play: Play) -> None:
    play.transcript = "\n".join(gone_through_twice())
    play(FACTS)
    orders = [order.split("-") for order in play.offered["bylaws.payment_order"]]
    named = ["، ".join(play.texts.label(f"part_{part}", {}) for part in order) for order in orders]
    assert play.labels["bylaws.payment_order"] == named


@pytest.mark.parametrize(("least", "offered"), [("15", "20 25"), ("20", "20 25"), ("21", "25")])
def test_no_group_is_at_most_smaller_than_at_least(play: Play, least: str, offered: str) -> None:
    begin = ["bot: bylaws.begin", "member: [begin]"]
    kept = [line for heading in list(TWICE)[:-1] for line in (f"bot: {heading}", "member: [keep_rule]")]
    members = ["bot: bylaws.members", "member: [change_rule]", "bot: bylaws.size_least", f"member: {least}"]
    too_few = [f"member: {int(least) - 1}", "bot: common.count_unread", "bot: bylaws.size_most"]
    play.transcript = "\n".join([*begin, *kept, *members, "bot: bylaws.size_most", *too_few])
    assert play(FACTS) is None
    assert " ".join(play.offered["bylaws.size_most"]) == offered
