from __future__ import annotations

from conversations.talks.close_year import Facts
from domain.ids import GroupId
from domain.ledger import Account
from domain.money import Rial
from domain.surplus import CloseYear, Year
from tests.conversations.play import Play

GROUP = GroupId(3)
GOOD = Year(
    1405,
    (
        (Account.LOAN_INCOME, Rial(9_000_000)),
        (Account.FINES, Rial(400_000)),
        (Account.BANK_CHARGES, Rial(100_000)),
    ),
    10,
    Rial(0),
)
BAD = Year(1405, ((Account.RUNNING_COSTS, Rial(700_000)),), 10, Rial(200_000))


def test_the_treasurer_sees_the_sum_before_it_is_sent(play: Play) -> None:
    """
    bot: close_year.confirm
    member: [confirm]
    """
    assert play(Facts(GROUP, "یاس", GOOD, whole=False)) == CloseYear(GROUP, 1405)


def test_a_year_of_loss_is_closed_as_well(play: Play) -> None:
    """
    bot: close_year.confirm
    member: فردا
    bot: common.choose
    bot: close_year.confirm
    member: [confirm]
    """
    assert play(Facts(GROUP, "یاس", BAD, whole=True)) == CloseYear(GROUP, 1405)


def test_a_year_can_stay_open(play: Play) -> None:
    """
    bot: close_year.confirm
    member: [cancel]
    """
    assert play(Facts(GROUP, "یاس", Year(1405, (), 10, Rial(0)), whole=True)) is None
