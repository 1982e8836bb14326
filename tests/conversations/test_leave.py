from __future__ import annotations

from dataclasses import replace

from conversations.talks.leave import Facts, Settlement, Unsettled
from domain.commands import Leave, Stay
from domain.ids import MembershipId
from domain.money import Rial
from tests.conversations.play import Play

ME = MembershipId(5)


def test_who_owes_and_is_owed_nothing_leaves_at_once(play: Play) -> None:
    """
    bot: leave.at_once
    member: [confirm]
    """
    assert play(Facts(ME, "یاس", applied=False, wished=False, unsettled=())) == Leave(ME)


def test_what_is_unsettled_is_named_and_the_wish_kept(play: Play) -> None:
    """
    bot: leave.as_a_wish
    member: [confirm]
    """
    assert play(Facts(ME, "یاس", applied=False, wished=False, unsettled=tuple(Unsettled))) == Leave(ME)


def test_leaving_can_be_thought_over(play: Play) -> None:
    """
    bot: leave.at_once
    member: [cancel]
    """
    assert play(Facts(ME, "یاس", applied=False, wished=False, unsettled=())) is None


def test_an_application_is_taken_back(play: Play) -> None:
    """
    bot: leave.withdraw
    member: [confirm]
    """
    assert play(Facts(ME, "یاس", applied=True, wished=False, unsettled=())) == Leave(ME)


def test_a_wish_is_taken_back(play: Play) -> None:
    """
    bot: leave.take_back
    member: [confirm]
    """
    facts = Facts(ME, "یاس", applied=False, wished=True, unsettled=(Unsettled.BALANCE,))
    assert play(facts) == Stay(ME)


def test_a_wish_stands_unless_taken_back(play: Play) -> None:
    """
    bot: leave.take_back
    member: [cancel]
    """
    facts = Facts(ME, "یاس", applied=False, wished=True, unsettled=(Unsettled.BALANCE,))
    assert play(facts) is None


def owing(savings: int, debt: int) -> Settlement:
    toman = [Rial.from_toman(amount) for amount in (savings, 100_000, 50_000, 0, debt)]
    return Settlement(*toman)


BALANCE, LOAN = (Unsettled.BALANCE,), (Unsettled.BALANCE, Unsettled.LOAN)


def test_savings_that_settle_a_loan_are_shown_before_she_agrees(play: Play) -> None:
    """
    bot: leave.as_a_wish
    member: [confirm]
    """
    hers = owing(3_000_000, 1_200_000)
    facts = Facts(ME, "یاس", applied=False, wished=False, unsettled=BALANCE, hers=hers, sets_off=True)
    assert play(facts) == Leave(ME, sets_off=True)


def test_a_loan_above_her_savings_is_paid_first(play: Play) -> None:
    """
    bot: leave.as_a_wish
    member: [confirm]
    """
    facts = Facts(ME, "یاس", applied=False, wished=False, unsettled=LOAN, hers=owing(1_000_000, 1_200_000))
    assert play(facts) == Leave(ME)


def test_savings_that_just_settle_what_she_owes_let_her_leave_at_once(play: Play) -> None:
    """
    bot: leave.at_once
    member: [confirm]
    """
    toman = [Rial.from_toman(amount) for amount in (1_000_000, 0, 0, 0, 980_000, 20_000)]
    facts = Facts(
        ME, "یاس", applied=False, wished=False, unsettled=(), hers=Settlement(*toman), sets_off=True
    )
    assert play(facts) == Leave(ME, sets_off=True, evens_out=True)


def test_nothing_else_is_open_any_more_so_that_she_may_go(play: Play) -> None:
    """
    bot: leave.can_settle
    member: [settle_and_go]
    """
    even = Settlement(*(Rial.from_toman(amount) for amount in (1_000_000, 0, 0, 0, 1_000_000)))
    facts = Facts(ME, "یاس", applied=False, wished=True, unsettled=(), agreed=False)
    assert play(facts) == play(replace(facts, hers=even)) == Leave(ME)


def test_a_fine_above_her_savings_is_paid_first(play: Play) -> None:
    """
    bot: leave.as_a_wish
    member: [confirm]
    """
    hers = Settlement(*[Rial.from_toman(amount) for amount in (10_000, 0, 0, 0, 0, 20_000)])
    fine = (Unsettled.BALANCE, Unsettled.FINE)
    assert play(Facts(ME, "یاس", applied=False, wished=False, unsettled=fine, hers=hers)) == Leave(ME)


CAN_SETTLE = Facts(
    ME,
    "یاس",
    applied=False,
    wished=True,
    unsettled=BALANCE,
    hers=owing(3_000_000, 1_200_000),
    sets_off=True,
    agreed=False,
)


def test_what_can_be_settled_by_now_is_agreed_to_later(play: Play) -> None:
    """
    bot: leave.can_settle
    member: [settle_and_go]
    """
    assert play(CAN_SETTLE) == Leave(ME, sets_off=True)


def test_who_can_settle_by_now_may_stay(play: Play) -> None:
    """
    bot: leave.can_settle
    member: [stay_after_all]
    """
    assert play(CAN_SETTLE) == Stay(ME)


def test_what_can_be_settled_can_wait(play: Play) -> None:
    """
    bot: leave.can_settle
    member: [cancel]
    """
    assert play(CAN_SETTLE) is None


def test_a_helper_speaks_for_a_member_without_a_phone(play: Play) -> None:
    """
    bot: leave.as_a_wish
    member: [confirm]
    """
    hers = owing(3_000_000, 0)
    facts = Facts(ME, "یاس", applied=False, wished=False, unsettled=BALANCE, hers=hers, helped="ننه گلنار")
    assert play(facts) == Leave(ME)
