"""What is decided about a loan that runs."""

from __future__ import annotations

from dataclasses import dataclass

from domain.ids import LoanId, PictureId
from domain.money import Rial
from domain.posting import Way


@dataclass(frozen=True, slots=True)
class RepayLoan:
    """Say that money was paid on a loan; of an officer: that it was taken in."""

    loan: LoanId
    amount: Rial
    way: Way
    picture: PictureId | None
