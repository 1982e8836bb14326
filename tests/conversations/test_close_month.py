"""The treasurer closes a month that is over: first what is still open, then the trial balance."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from conversations.talks.close_month import Facts
from domain.closings import Checklist, CloseMonth
from domain.ids import GroupId
from domain.ledger import Account
from domain.money import Rial
from tests.conversations.play import Play

LAST_DAY = date(2026, 4, 20)
BALANCES = (
    (Account.CASH, Rial.from_toman(400_000)),
    (Account.SAVINGS, Rial.from_toman(500_000)),
    (Account.RUNNING_COSTS, Rial.from_toman(100_000)),
)
FACTS = Facts(GroupId(4), "امید", LAST_DAY, Checklist(0, 0, 0, counted=True), BALANCES)


def test_a_month_is_closed_after_a_look_at_both(play: Play) -> None:
    """
    bot: close_month.checklist
    member: [yes]
    bot: close_month.confirm
    member: [confirm]
    """
    assert play(FACTS) == CloseMonth(FACTS.subject, LAST_DAY)


def test_what_is_open_makes_her_think_again(play: Play) -> None:
    """
    bot: close_month.checklist
    member: شاید
    bot: common.choose
    bot: close_month.checklist
    member: [no]
    """
    assert play(replace(FACTS, checklist=Checklist(2, 1, 3, counted=False))) is None


def test_the_balances_are_not_right(play: Play) -> None:
    """
    bot: close_month.checklist
    member: [yes]
    bot: close_month.confirm
    member: /back
    bot: close_month.checklist
    member: [yes]
    bot: close_month.confirm
    member: [cancel]
    """
    assert play(FACTS) is None
