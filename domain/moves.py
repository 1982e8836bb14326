"""What is decided about the group's own money: the treasurer enters it, another person confirms it."""

from __future__ import annotations

from dataclasses import dataclass

from domain.ids import GroupId, MembershipId, MoveId, PersonId, PictureId
from domain.money import Rial
from domain.posting import APART, OF_A_MEMBER, MoveKind, Way


@dataclass(frozen=True, slots=True)
class LateFine:
    """What a member owes for a round she saved late into, in rials."""

    membership: MembershipId
    round_number: int
    amount: Rial


@dataclass(frozen=True, slots=True)
class LateFinesWaived:
    """What a vote on a member's fines is about: those of these rounds that are unpaid when it ends."""

    membership: MembershipId
    rounds: tuple[int, ...]
    fine: Rial  # of all of them, as it begins

    def covers(self, fine: LateFine) -> bool:
        """Tell whether a fine is one of them."""
        return fine.membership == self.membership and fine.round_number in self.rounds


@dataclass(frozen=True, slots=True)
class PayFine:
    """Say that one has paid the fine of a round."""

    fine: LateFine
    way: Way
    picture: PictureId | None


@dataclass(frozen=True, slots=True)
class EnterMove:
    """Write down what became of money; `member` is who paid a fee or a fine, `purpose` what was bought."""

    group: GroupId
    kind: MoveKind
    amount: Rial
    way: Way | None
    member: MembershipId | None
    purpose: str | None
    picture: PictureId | None
    round_number: int | None = None  # of a late fine

    @property
    def is_whole(self) -> bool:
        """Whether it names all that its kind wants and nothing else."""
        spent = self.kind is MoveKind.RUNNING_COST
        return (
            self.kind not in APART
            and self.amount > Rial(0)
            and (self.way in (Way.CASH, Way.TRANSFER) if self.kind.either_way else self.way is None)
            and (self.member is not None) == (self.kind in OF_A_MEMBER)
            and bool(self.purpose) == spent
            and (self.picture is None or spent)
            and (self.round_number is not None) == (self.kind is MoveKind.LATE_FINE)
        )


@dataclass(frozen=True, slots=True)
class HandOver:
    """Say that the treasurer has cash that somebody kept; `keeper` under whose name it stands, in rials."""

    group: GroupId
    keeper: PersonId
    amount: Rial


@dataclass(frozen=True, slots=True)
class AddMovePicture:
    """Send the picture of a cost's receipt afterwards."""

    move: MoveId
    picture: PictureId


@dataclass(frozen=True, slots=True)
class AnswerMove:
    """Confirm what somebody else entered, or say that it is not right."""

    move: MoveId
    revision: int
    agreed: bool


@dataclass(frozen=True, slots=True)
class WithdrawMove:
    """Take back what one entered, while nobody has answered."""

    move: MoveId
    revision: int


@dataclass(frozen=True, slots=True)
class CountCash:
    """Write down what was counted in the box; `by_books` is what the treasurer was told should be there."""

    group: GroupId
    counted: Rial
    by_books: Rial
    reason: str | None


MoveCommand = PayFine | EnterMove | HandOver | AddMovePicture | AnswerMove | WithdrawMove | CountCash
