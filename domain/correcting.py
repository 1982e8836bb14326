"""Signed opening balances that turn out wrong: the money there was, or one member's line, is put right.

What stood there and what is right are kept beside each other; two sign anew. Then the entry is reversed and
booked again, whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from domain.codec import Codec
from domain.ids import CorrectionId, GiverId, LoanId
from domain.loan_terms import LoanTerms, Method, Period, Rate
from domain.money import Rial
from domain.opening import NOTHING, EnterOpening, EnterOpeningLine


@dataclass(frozen=True, slots=True)
class Money:
    """What money there was, in rials; `aid` of it is capital aid from one giver."""

    cash: Rial
    bank: Rial
    aid: Rial
    giver: GiverId | None

    @property
    def rest(self) -> Rial:
        """What of it belongs to nobody yet."""
        return self.cash + self.bank - self.aid


@dataclass(frozen=True, slots=True)
class MemberLine:
    """What a member had saved, in rials, and on which terms her loans ran on."""

    savings: Rial
    loans: tuple[LoanTerms, ...]

    @property
    def owed(self) -> Rial:
        """What was left of her loans."""
        return sum((terms.principal for terms in self.loans), NOTHING)

    @property
    def rest(self) -> Rial:
        """What it adds to what belongs to nobody yet."""
        return self.owed - self.savings


Part = Money | MemberLine


@dataclass(frozen=True, slots=True)
class CorrectOpening:
    """Say what is right instead of a part of what was signed, and why."""

    right: EnterOpening | EnterOpeningLine
    reason: str


@dataclass(frozen=True, slots=True)
class AgreeToCorrection:
    """It is right: the member's word, or a signature; with the second signature it is booked."""

    correction: CorrectionId
    revision: int


@dataclass(frozen=True, slots=True)
class DeclineCorrection:
    """It is not right, or who asked for it takes it back: everything stays as it was."""

    correction: CorrectionId
    revision: int


CorrectingCommand = CorrectOpening | AgreeToCorrection | DeclineCorrection
_CODEC = Codec({kind.__name__: kind for kind in (Money, MemberLine, LoanTerms, Method, Rate, Period)})


def write(part: Part) -> str:
    """Return a part as it is stored."""
    return _CODEC.dumps(part)


def read(stored: str) -> Part:
    """Read `write` back; ValueError for anything else."""
    match _CODEC.loads(stored):
        case Money() | MemberLine() as part:
            return part
        case _:
            raise ValueError("that is no part of opening balances")


def changed(
    before: Mapping[LoanId, LoanTerms], right: Iterable[LoanTerms]
) -> tuple[tuple[LoanId | None, LoanTerms | None], ...]:
    """Pair each loan whose terms are others with what they are; None where it was forgotten, or was none."""
    new, wrong = list(right), list[LoanId]()
    for loan, terms in before.items():
        if terms in new:
            new.remove(terms)
        else:
            wrong.append(loan)
    return tuple(zip_longest(wrong, new))
