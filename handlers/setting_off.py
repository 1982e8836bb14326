"""What a member owes is paid out of what she has saved: no money moves, she owes less and has less saved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from domain.ids import PersonId
from domain.ledger import Booking
from domain.money import Rial
from domain.moves import LateFine
from domain.posting import MoveKind, Way, money_moved
from handlers import repaying
from handlers.cards import move as move_card
from handlers.turn import Turn
from storage import deposits, loans, moves, repayments
from storage.deposits import DepositRow
from storage.entries import Booked
from storage.groups import MemberRow
from storage.loans import LoanRow
from storage.moves import MoveRow
from storage.repayments import Paid

NOTHING = Rial(0)


@dataclass(frozen=True, slots=True)
class SetOff:
    """What is paid on one loan out of savings, with all that was paid on it."""

    row: DepositRow
    paid: Paid

    @property
    def booking(self) -> Booking:
        return self.paid.bookings[self.row]


@dataclass(frozen=True, slots=True)
class FineSetOff:
    """The fine of a round that is paid out of savings, and on which day."""

    row: MoveRow
    day: date

    @property
    def booking(self) -> Booking:
        row = self.row
        lines = money_moved(row.kind, row.way, row.amount, row.membership_id)
        return Booking(row.kind.value, self.day, lines)


Made = tuple[SetOff | FineSetOff, ...]


def debts_of(turn: Turn, member: MemberRow) -> tuple[tuple[LoanRow, Rial], ...]:
    """Return each loan of hers that is not paid back, oldest first, with what settling it costs today."""
    rows = loans.open_loans_of(turn.conn, member.id)
    unpaid = (row for row in rows if row.state in loans.UNPAID)
    return tuple((row, repaying.account_of(turn, row).settling(turn.today).total) for row in unpaid)


def prepared(
    turn: Turn, member: MemberRow, savings: Rial, fined: Iterable[LateFine], said_by: PersonId
) -> Made:
    """Return what savings pay of her loans, the oldest first, then of her fines; `noted` once booked."""
    made = list[SetOff | FineSetOff]()
    for loan, debt in debts_of(turn, member):
        amount = min(debt, savings)
        savings -= amount
        if amount > NOTHING:
            made.append(_paid(turn, member, loan, amount, said_by))
    for fine in fined:
        if fine.amount <= savings:
            savings -= fine.amount
            made.append(_fine_paid(turn, member, fine, said_by))
    return tuple(made)


def total_of(made: Made) -> Rial:
    """Return what is taken from her savings."""
    return sum((one.row.amount for one in made), NOTHING)


def noted(turn: Turn, member: MemberRow, made: Made, entries: Sequence[Booked], by: PersonId | None) -> None:
    """Note what was booked, and tell her."""
    for one, booked in zip(made, entries, strict=False):
        done = {"state": "confirmed", "decided_by": by, "decided_at": turn.now, "entry_id": booked.id}
        if isinstance(one, FineSetOff):
            row, printed = moves.update_move(turn.conn, one.row, **done), booked.print
            about = {**move_card.facts_of(turn, row), "entry": booked.sequence, "print": printed}
            turn.tell_member(member, "pay_fine.receipt", (), f"receipt:{booked.id}", **about)
            continue
        repaying.receipt(turn, member, one.paid, one.row, booked)
        deposits.update_deposit(turn.conn, one.row, **done)
        if one.paid.loan.state != one.paid.state:
            loans.update_loan(turn.conn, one.paid.loan, state=one.paid.state)


def _fine_paid(turn: Turn, member: MemberRow, fine: LateFine, said_by: PersonId) -> FineSetOff:
    row = moves.add_move(
        turn.conn,
        group_id=member.group_id,
        kind=MoveKind.LATE_FINE,
        amount=fine.amount,
        way=Way.SAVINGS,
        membership_id=member.id,
        round_number=fine.round_number,
        entered_by=said_by,
        entered_at=turn.now,
    )
    return FineSetOff(row, turn.today)


def _paid(turn: Turn, member: MemberRow, loan: LoanRow, amount: Rial, said_by: PersonId) -> SetOff:
    row = deposits.add_deposit(
        turn.conn,
        group_id=member.group_id,
        membership_id=member.id,
        loan_id=loan.id,
        round_number=0,
        amount=amount,
        way=Way.SAVINGS,
        picture_id=None,
        value_on=turn.today,
        reported_by=said_by,
        reported_at=turn.now,
    )
    before = deposits.repayments_of(turn.conn, loan.id)
    return SetOff(row, repayments.replayed(turn.conn, loan, (*before, row)))
