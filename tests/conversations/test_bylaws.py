"""The bylaws, heading by heading."""

from __future__ import annotations

from fractions import Fraction

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
    assert play.shown["bylaws.confirm"]["rules"] == rules


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
