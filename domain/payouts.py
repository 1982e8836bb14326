"""What is decided about a sum the group owes a member: it was paid, and it is there or is not."""

from __future__ import annotations

from dataclasses import dataclass

from domain.ids import PayoutId
from domain.posting import Way


@dataclass(frozen=True, slots=True)
class PayOut:
    """Say that it was handed over or sent."""

    payout: PayoutId
    revision: int
    way: Way


@dataclass(frozen=True, slots=True)
class AnswerPayout:
    """Say that the money is there, or that it is not."""

    payout: PayoutId
    revision: int
    received: bool


PayoutCommand = PayOut | AnswerPayout
