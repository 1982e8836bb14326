from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from conversations.talks.ask_loan import Facts
from domain.bylaws import LoanPrice
from domain.ids import MembershipId
from domain.lending import Allowance, AskLoan
from domain.loan_terms import Method, Period, Rate
from domain.money import Rial, Unit
from tests.conversations.play import Play

ALLOWANCE = Allowance(
    savings=Rial.from_toman(2_000_000),
    multiple=3,
    fund=Rial.from_toman(30_000_000),
    per_cent=25,
    running=Rial(0),
    money=Rial.from_toman(20_000_000),
    unit=Rial(1_000),
)
FACTS = Facts(
    subject=MembershipId(7),
    group="بهار",
    name="مریم احمدی",
    helped=False,
    unit=Unit.TOMAN,
    allowance=ALLOWANCE,
    most_months=12,
    price=LoanPrice(Method.FIXED_FEE, Rate(Fraction(4), Period.YEAR)),
    version=3,
    by_board=False,
    today=date(2026, 11, 22),
)
SHEEP = "خرید دو گوسفند"


def asked(toman: int = 6_000_000, months: int = 10) -> AskLoan:
    return AskLoan(MembershipId(7), SHEEP, Rial.from_toman(toman), months, 3)


def test_a_loan_is_asked_in_six_steps(play: Play) -> None:
    """
    bot: ask_loan.purpose
    member: خرید دو گوسفند
    bot: ask_loan.amount
    member: [amount:60000000]
    bot: ask_loan.months
    member: [instalments:10]
    bot: ask_loan.consent
    member: [consent]
    bot: ask_loan.confirm
    member: [confirm]
    """
    assert play(FACTS) == asked()
    plan, fee = (play.shown["ask_loan.confirm"][name] for name in ("plan", "fee"))
    assert isinstance(plan, tuple)
    assert fee == sum((one.fee for one in plan), Rial(0)) > Rial(0)


def test_amount_and_instalments_may_be_written(play: Play) -> None:
    """
    bot: ask_loan.purpose
    member: خرید دو گوسفند
    bot: ask_loan.amount
    member: دو میلیون و پانصد هزار تومان
    bot: ask_loan.months
    member: هفت
    bot: ask_loan.consent
    member: [consent]
    bot: ask_loan.confirm
    member: [confirm]
    """
    assert play(FACTS) == asked(2_500_000, 7)


def test_more_than_her_savings_allow_is_answered_with_what_would_be_possible(play: Play) -> None:
    """
    bot: ask_loan.purpose
    member: خرید دو گوسفند
    bot: ask_loan.amount
    member: ۱۰ میلیون تومان
    bot: refusals.loan_above_savings
    member: ۶٬۰۰۰٬۰۰۱ تومان
    bot: refusals.loan_above_savings
    member: ۶ میلیون تومان
    bot: ask_loan.months
    """
    assert play(FACTS) is None


def test_more_than_a_part_of_the_fund_is_answered_so(play: Play) -> None:
    """
    bot: ask_loan.purpose
    member: خرید دو گوسفند
    bot: ask_loan.amount
    member: ۱۰ میلیون تومان
    bot: refusals.loan_above_fund
    """
    assert play(replace(FACTS, allowance=replace(ALLOWANCE, savings=ALLOWANCE.fund))) is None


def test_more_than_there_is_is_answered_so(play: Play) -> None:
    """
    bot: ask_loan.purpose
    member: خرید دو گوسفند
    bot: ask_loan.amount
    member: ۶ میلیون تومان
    bot: refusals.loan_above_money
    member: [amount:10000000]
    bot: ask_loan.months
    """
    assert play(replace(FACTS, allowance=replace(ALLOWANCE, money=Rial.from_toman(1_000_000)))) is None


def test_less_than_any_loan_is_answered_so(play: Play) -> None:
    """
    bot: ask_loan.purpose
    member: خرید دو گوسفند
    bot: ask_loan.amount
    member: ۲۰ هزار تومان
    bot: refusals.loan_too_small
    """
    assert play(replace(FACTS, allowance=replace(ALLOWANCE, unit=Rial.from_toman(100_000)))) is None


def test_a_doubtful_amount_obeys_the_limits_too(play: Play) -> None:
    """
    bot: ask_loan.purpose
    member: خرید دو گوسفند
    bot: ask_loan.amount
    member: دو میلیون و پانصد
    bot: common.amount_doubt
    member: [amount:25000000]
    bot: refusals.loan_above_money
    member: ۱۰۰ میلیون
    bot: refusals.loan_above_money
    member: یه عالمه
    bot: common.amount_unread
    bot: refusals.loan_above_money
    member: /back
    bot: refusals.loan_above_money
    member: ۱ میلیون تومان
    bot: ask_loan.months
    """
    assert play(replace(FACTS, allowance=replace(ALLOWANCE, money=Rial.from_toman(1_000_000)))) is None


def test_so_many_instalments_and_no_more(play: Play) -> None:
    """
    bot: ask_loan.purpose
    member: خرید دو گوسفند
    bot: ask_loan.amount
    member: [amount:60000000]
    bot: ask_loan.months
    member: ۱۳
    bot: common.count_unread
    bot: ask_loan.months
    member: [instalments:12]
    bot: ask_loan.consent
    """
    assert play(FACTS) is None


def test_what_fits_one_instalment_only_is_not_asked_about(play: Play) -> None:
    """
    bot: ask_loan.purpose
    member: خرید دو گوسفند
    bot: ask_loan.amount
    member: [amount:60000000]
    bot: ask_loan.consent
    member: [consent]
    bot: ask_loan.confirm
    member: [confirm]
    """
    assert play(replace(FACTS, most_months=1)) == asked(months=1)


def test_whoever_does_not_want_to_be_named_asks_for_nothing(play: Play) -> None:
    """
    bot: ask_loan.purpose
    member: خرید دو گوسفند
    bot: ask_loan.amount
    member: [amount:60000000]
    bot: ask_loan.months
    member: [instalments:3]
    bot: ask_loan.consent
    member: [no_consent]
    """
    assert play(FACTS) is None


def test_a_purpose_is_words(play: Play) -> None:
    """
    bot: ask_loan.purpose
    member: (picture 3)
    bot: ask_loan.purpose_unread
    bot: ask_loan.purpose
    member: ***
    bot: ask_loan.purpose_unread
    bot: ask_loan.purpose
    """
    assert play(FACTS) is None


def test_a_helper_asks_for_a_member_without_a_phone_and_the_board_decides(play: Play) -> None:
    """
    bot: ask_loan.purpose
    member: خرید دو گوسفند
    bot: ask_loan.amount
    member: [amount:15000000]
    bot: ask_loan.months
    member: [instalments:6]
    bot: ask_loan.consent
    member: [consent]
    bot: ask_loan.confirm
    member: /back
    bot: ask_loan.consent
    member: [consent]
    bot: ask_loan.confirm
    member: [cancel]
    """
    assert (
        play(replace(FACTS, helped=True, by_board=True, price=LoanPrice(Method.ZERO, FACTS.price.rate)))
        is None
    )
    texts = ("purpose", "amount", "consent", "confirm")
    assert all(play.shown[f"ask_loan.{text}"]["helped"] for text in texts)
    assert play.shown["ask_loan.consent"]["by_board"] is True
    assert play.shown["ask_loan.confirm"]["fee"] == Rial(0)


def test_where_two_instalments_are_allowed_one_may_choose(play: Play) -> None:
    """
    bot: ask_loan.purpose
    member: خرید دو گوسفند
    bot: ask_loan.amount
    member: [amount:15000000]
    bot: ask_loan.months
    member: [instalments:2]
    bot: ask_loan.consent
    member: [no_consent]
    """
    assert play(replace(FACTS, most_months=2)) is None
