"""Opening balances: what a group with paper books brings along, line by line, and who says it is right.

The treasurer enters it, the facilitator while there is no treasurer. Every member confirms her own line, her
savings and what is left of her loans; where she cannot be reached, two officers do. Two sign the whole, the
chair among them; then it is one entry. What turns out wrong afterwards is put right by `domain.correcting`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.calendar import local_day, moment_of
from domain.ids import GiverId, GroupId, LoanId, MembershipId, OpeningId, OpeningLineId, PersonId
from domain.ledger import Account, Line
from domain.loan_terms import LoanTerms
from domain.money import Rial
from domain.offices import Confirmed, Offices, who_confirms

WITNESS_DAYS = 7  # whole days a member has before two officers may say it for her
TWO = 2
MOST_LOANS = 4  # of one member: the talk stays short enough
NOTHING = Rial(0)


class LineState(StrEnum):
    """How a member's line stands."""

    ENTERED = "entered"  # nobody was asked yet
    WAITING = "waiting"  # for her word
    DISPUTED = "disputed"  # she names another sum
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is brought along, in rials; `aid` is capital aid from one giver."""

    cash: Rial
    bank: Rial
    aid: Rial
    giver: GiverId | None
    savings: tuple[tuple[MembershipId, Rial], ...]
    loans: tuple[tuple[LoanId, Rial], ...] = ()  # what is left of the principal of each

    @property
    def lent(self) -> Rial:
        return sum((left for _, left in self.loans), NOTHING)

    @property
    def saved(self) -> Rial:
        return sum((amount for _, amount in self.savings), NOTHING)

    @property
    def rest(self) -> Rial:
        """What belongs to nobody yet: retained surplus; below nothing where the books lack money."""
        return self.cash + self.bank + self.lent - self.saved - self.aid


@dataclass(frozen=True, slots=True)
class EnterOpening:
    """Say what money there was on a day, and what of it was given from outside."""

    group: GroupId
    as_of: date
    cash: Rial
    bank: Rial
    aid: Rial
    giver: str | None


@dataclass(frozen=True, slots=True)
class EnterOpeningLine:
    """Say what a member had saved by then, and on which terms her loans run on; again to correct it."""

    membership: MembershipId
    savings: Rial
    loans: tuple[LoanTerms, ...] = ()  # each for what is left of it, from its oldest unpaid instalment on


@dataclass(frozen=True, slots=True)
class SendOpening:
    """Ask every member whether her line is right."""

    opening: OpeningId
    revision: int


@dataclass(frozen=True, slots=True)
class ConfirmOpeningLine:
    """One's own line is right; or an officer witnesses it for a member who cannot be reached."""

    line: OpeningLineId
    revision: int


@dataclass(frozen=True, slots=True)
class DisputeOpeningLine:
    """One's own line is not right, and what would be: of the savings, or left of the loans."""

    line: OpeningLineId
    revision: int
    amount: Rial
    of_loan: bool = False


@dataclass(frozen=True, slots=True)
class SignOpening:
    """Sign the whole; with the second signature it is booked."""

    opening: OpeningId
    revision: int


OpeningCommand = (
    EnterOpening | EnterOpeningLine | SendOpening | ConfirmOpeningLine | DisputeOpeningLine | SignOpening
)


def enters_opening(offices: Offices) -> PersonId:
    """Return who enters the balances of the paper books."""
    return offices.treasurer or offices.facilitator


def two_officers(offices: Offices, parties: frozenset[PersonId]) -> tuple[PersonId, ...]:
    """Return those of whom two sign: the board without parties; where that is one short, the facilitator."""
    board = who_confirms(Confirmed.WITNESSED, offices, parties)
    if len(board) < TWO and offices.facilitator not in parties:
        return (*board, offices.facilitator)
    return board


def may_sign(
    person: PersonId, signers: tuple[PersonId, ...], chair: PersonId | None, signed: PersonId | None
) -> bool:
    """Tell whether a person's signature is the next one: each signs once, and the chair is one of the two."""
    if person not in signers or person == signed:
        return False
    return signed is None or chair not in signers or chair in (person, signed)


def witnessed_from(asked_at: datetime) -> datetime:
    """Return when officers may witness a line: after so many whole days, in Iran, since she was asked."""
    return moment_of(local_day(asked_at) + timedelta(days=WITNESS_DAYS + 1))


def opening_lines(sheet: Sheet) -> tuple[Line, ...]:
    """What there is against whose it is; ValueError where there is less than is owed."""
    if sheet.rest < NOTHING:
        raise ValueError("more is owed than there is")
    places = (
        (Account.CASH, sheet.cash, 0),
        (Account.BANK, sheet.bank, 0),
        *((Account.INTERNAL_LOANS, left, loan) for loan, left in sheet.loans),
        *((Account.SAVINGS, -amount, member) for member, amount in sheet.savings),
        (Account.CAPITAL_AID, -sheet.aid, sheet.giver or 0),
        (Account.RETAINED_SURPLUS, -sheet.rest, 0),
    )
    return tuple(Line(account, amount, holder) for account, amount, holder in places if amount)
