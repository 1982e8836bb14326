"""What is decided about a loan that runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.ids import GroupId, LoanId, PictureId
from domain.money import Rial
from domain.moves import LateFinesWaived
from domain.posting import Way


@dataclass(frozen=True, slots=True)
class RepayLoan:
    """Say that money was paid on a loan; of an officer: that it was taken in."""

    loan: LoanId
    amount: Rial
    way: Way
    picture: PictureId | None


@dataclass(frozen=True, slots=True)
class LoanLost:
    """What a vote on writing a loan off is about; more than this is not written off."""

    loan: LoanId
    principal: Rial


@dataclass(frozen=True, slots=True)
class WriteOff:
    """Propose that what is owed on a loan is written off, for a reason that the assembly reads."""

    group: GroupId
    lost: LoanLost
    reason: str


@dataclass(frozen=True, slots=True)
class FineWaived:
    """What a vote on fines of a loan is about: all that are open when it ends; so much as it begins."""

    loan: LoanId
    fine: Rial

    @property
    def rounds(self) -> tuple[int, ...]:
        """The rounds it is about: none, as it is about a loan."""
        return ()


Waived = FineWaived | LateFinesWaived


@dataclass(frozen=True, slots=True)
class WaiveFine:
    """Propose that fines of a loan, or of late saving, are waived, for a reason that the assembly reads."""

    group: GroupId
    waived: Waived
    reason: str


@dataclass(frozen=True, slots=True)
class LoanRescheduled:
    """What a vote on a new schedule is about; it is not made for more principal than this."""

    loan: LoanId
    principal: Rial
    months: int  # one instalment each
    first_due: date


@dataclass(frozen=True, slots=True)
class Reschedule:
    """Ask for a new schedule of one's loan, for a reason that the assembly reads."""

    new: LoanRescheduled
    reason: str
