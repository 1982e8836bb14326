"""A move names what its kind wants, and nothing else: nothing else can be booked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.ids import GroupId, MembershipId, PictureId
from domain.money import Rial
from domain.moves import EnterMove, LateFine, LateFinesWaived
from domain.posting import APART, OF_A_MEMBER, MoveKind, Way

HERS = MembershipId(3)


def entered(kind: MoveKind) -> EnterMove:
    """A move as the talk puts it together."""
    way = Way.CASH if kind.either_way else None
    member = HERS if kind in OF_A_MEMBER else None
    purpose = "دفتر" if kind is MoveKind.RUNNING_COST else None
    number = 2 if kind is MoveKind.LATE_FINE else None
    return EnterMove(GroupId(1), kind, Rial(10), way, member, purpose, None, number)


@pytest.mark.parametrize("kind", MoveKind)
def test_what_the_talk_puts_together_is_whole(kind: MoveKind) -> None:
    assert entered(kind).is_whole is (kind not in APART)


@pytest.mark.parametrize(
    "wrong",
    [
        replace(entered(MoveKind.BANKED), amount=Rial(0)),
        replace(entered(MoveKind.BANKED), amount=Rial(-10)),
        replace(entered(MoveKind.BANKED), way=Way.CASH),
        replace(entered(MoveKind.BANKED), member=HERS),
        replace(entered(MoveKind.BANKED), purpose="دفتر"),
        replace(entered(MoveKind.BANKED), picture=PictureId(1)),
        replace(entered(MoveKind.ENTRY_FEE), way=None),
        replace(entered(MoveKind.ENTRY_FEE), way=Way.SAVINGS),
        replace(entered(MoveKind.ENTRY_FEE), member=None),
        replace(entered(MoveKind.ENTRY_FEE), round_number=2),
        replace(entered(MoveKind.LATE_FINE), round_number=None),
        replace(entered(MoveKind.RUNNING_COST), way=None),
        replace(entered(MoveKind.RUNNING_COST), purpose=None),
        replace(entered(MoveKind.RUNNING_COST), purpose=""),
    ],
)
def test_what_lacks_something_or_has_too_much_is_not(wrong: EnterMove) -> None:
    assert not wrong.is_whole


def test_a_waiver_covers_the_rounds_it_names_of_her_alone() -> None:
    waived = LateFinesWaived(HERS, (2, 3), Rial(40))
    fines = [LateFine(who, number, Rial(20)) for who in (HERS, MembershipId(4)) for number in (1, 2, 3)]
    assert [fine for fine in fines if waived.covers(fine)] == fines[1:3]
