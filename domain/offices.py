"""Who confirms what: offices of a group, the parties of a command, and the one function that decides.

Nobody confirms their own money, nor what they entered themselves. Where an office is vacant or its holder a
party, the next in the chain stands in; where the chain ends, the matter waits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.ids import PersonId


class Office(StrEnum):
    """The posts of the executive board, and who stands for the group in the kanoon."""

    CHAIR = "chair"
    SECRETARY = "secretary"
    TREASURER = "treasurer"
    REPRESENTATIVE = "representative"
    SECOND_REPRESENTATIVE = "second_representative"


BOARD = (Office.CHAIR, Office.SECRETARY, Office.TREASURER)
KANOON = (Office.REPRESENTATIVE, Office.SECOND_REPRESENTATIVE)
"""Within each, one post per person; a representative may have a post of the board as well."""


def body_of(office: Office) -> tuple[Office, ...]:
    """Return the offices beside which this one is held by nobody else: the board, or those of the kanoon."""
    return KANOON if office in KANOON else BOARD


@dataclass(frozen=True, slots=True)
class Offices:
    """Who holds which office of a group now, and who its facilitator is."""

    facilitator: PersonId
    chair: PersonId | None = None
    secretary: PersonId | None = None
    treasurer: PersonId | None = None
    representative: PersonId | None = None
    second_representative: PersonId | None = None

    @property
    def board(self) -> tuple[PersonId, ...]:
        return tuple(p for p in (self.chair, self.secretary, self.treasurer) if p is not None)

    def holder(self, office: Office) -> PersonId | None:
        """Return who holds an office; None where it is vacant."""
        match office:
            case Office.CHAIR:
                return self.chair
            case Office.SECRETARY:
                return self.secretary
            case Office.TREASURER:
                return self.treasurer
            case Office.REPRESENTATIVE:
                return self.representative
            case Office.SECOND_REPRESENTATIVE:
                return self.second_representative

    def of(self, person: PersonId, among: Sequence[Office] = BOARD) -> tuple[Office, ...]:
        """Return the posts of the board that a person holds, or those among others."""
        return tuple(office for office in among if self.holder(office) == person)


class Confirmed(StrEnum):
    """What is confirmed by somebody else than those it touches."""

    DEPOSIT = "deposit"
    REVERSAL = "reversal"
    DEATH = "death"
    ADMISSION = "admission"
    LOAN = "loan"  # agreed to by the board, where the bylaws let it decide
    PAYOUT = "payout"  # paid out, by whoever is named
    RECEIPT = "receipt"
    WITNESSED = "witnessed"  # the receipt, where the receiver has not answered for days
    ENTERED = "entered"  # by the treasurer, about the group's own money
    OBJECTION = "objection"
    HANDED_OVER = "handed_over"  # to the treasurer, by whoever kept it


def who_confirms(
    what: Confirmed, offices: Offices, parties: frozenset[PersonId], other_side: PersonId | None = None
) -> tuple[PersonId, ...]:
    """Return the persons any of whom may confirm now, in order of asking; empty where the matter waits.

    Parties are payer, receiver, reporter, or the helper of one, and whoever entered it. To a payout the
    borrower alone is a party. To what an officer paid or received only the officer is: the `other_side` is
    the member, or who helps her; where the treasurer says that she has got cash, whoever kept it.
    """
    match what:
        case Confirmed.DEPOSIT:
            return _first_free((offices.treasurer, offices.chair, offices.facilitator), parties)
        case Confirmed.REVERSAL | Confirmed.DEATH:
            others = _free_board(offices, parties)
            return others or _first_free((offices.facilitator,), parties)
        case Confirmed.LOAN | Confirmed.WITNESSED | Confirmed.OBJECTION:
            return _free_board(offices, parties)
        case Confirmed.PAYOUT:
            return _first_free((offices.treasurer, offices.chair), parties) if offices.treasurer else ()
        case Confirmed.RECEIPT:
            return _first_free((other_side, offices.chair), parties)
        case Confirmed.ENTERED:
            return _first_free((other_side, offices.chair, offices.secretary, offices.facilitator), parties)
        case Confirmed.HANDED_OVER if offices.treasurer is None:
            return ()
        case Confirmed.HANDED_OVER:
            board = (offices.treasurer, offices.chair, offices.secretary)
            return _first_free((other_side, *board, offices.facilitator), parties)
        case Confirmed.ADMISSION:
            chain = (offices.chair, offices.facilitator) if offices.chair else (offices.facilitator,)
            return tuple(dict.fromkeys(p for p in chain if p not in parties))


def keeper_of(taker: PersonId, offices: Offices, parties: frozenset[PersonId]) -> PersonId | None:
    """Return who keeps cash until a treasurer has it; None where it lies in her box.

    That is what she took in herself, and her own money, whoever counted it; the `taker` keeps all else.
    """
    in_box = offices.treasurer is not None and offices.treasurer in {taker, *parties}
    return None if in_box else taker


def enters_ballots(offices: Offices, parties: frozenset[PersonId] = frozenset()) -> PersonId:
    """Return who writes down the votes of members without a phone: who leads the meeting and is no party."""
    free = _first_free((offices.secretary, offices.chair), parties)
    return free[0] if free else offices.facilitator


def _free_board(offices: Offices, parties: frozenset[PersonId]) -> tuple[PersonId, ...]:
    return tuple(dict.fromkeys(p for p in offices.board if p not in parties))


def _first_free(chain: Sequence[PersonId | None], parties: frozenset[PersonId]) -> tuple[PersonId, ...]:
    return tuple(p for p in chain if p is not None and p not in parties)[:1]
