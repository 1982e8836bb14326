"""What two of the board can reverse in the books: what came in, what was moved, what was paid out."""

from __future__ import annotations

from enum import StrEnum

from domain.posting import MoveKind, Owed, PaidFor


class Sort(StrEnum):
    """Among which entries the wrong one is looked for."""

    PAYMENT = "payment"  # from a member
    MOVE = "move"
    LOAN = "loan"  # paid out
    PAYOUT = "payout"


Reversible = PaidFor | MoveKind | Owed | Sort  # how an entry is called; a loan paid out by its sort


def sort_of(what: Reversible) -> Sort:
    """Return among which entries one is found that is called so."""
    match what:
        case PaidFor():
            return Sort.PAYMENT
        case MoveKind():
            return Sort.MOVE
        case Owed():
            return Sort.PAYOUT
        case Sort():
            return what
