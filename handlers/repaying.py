"""What is paid on a loan: its books are always what replaying its payments by value date gives.

A payment that comes to the books late, or leaves them, changes what later ones were for: these are reversed
and booked anew in the same command.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from domain.ids import CommandId, EntryId, LoanId, PersonId
from domain.ledger import Booking, NoteRef
from domain.loan_account import LoanAccount
from domain.offices import Confirmed, who_confirms
from domain.posting import Way
from domain.refusals import Refused
from handlers.turn import Turn
from storage import books, deaths, deposits, groups, loans, passbooks, repayments, reversals
from storage.deposits import DepositRow
from storage.entries import Booked
from storage.groups import MemberRow
from storage.loans import LoanRow
from storage.passbooks import EntryRow
from storage.repayments import Paid, by_value

REPAID = ("running", "settled", "written_off")


@dataclass(frozen=True, slots=True)
class Hands:
    """In which command something is booked, and who entered it; whoever acts confirms it."""

    command: CommandId
    entered_by: PersonId


@dataclass(frozen=True, slots=True)
class Recount:
    """Which payments on a loan are booked otherwise than they should be, and which are to be booked."""

    paid: Paid
    wrong: Mapping[DepositRow, EntryRow]
    anew: Sequence[DepositRow]
    note: NoteRef | None

    @property
    def bookings(self) -> Sequence[Booking]:
        """The opposites, newest first, and then what is right, by value date."""
        newest_first = sorted(self.wrong.values(), key=lambda entry: -entry.sequence)
        undone, wanted = [entry.opposite(self.note) for entry in newest_first], self.paid.bookings
        return [*undone, *(replace(wanted[row], note=self.note) for row in self.anew)]

    def keep(self, turn: Turn, made: Sequence[Booked]) -> Sequence[Booked]:
        """Let payments, and what is asked about them, follow their new entries, and return these."""
        booked_anew = made[len(self.wrong) :]
        for row, booked in zip(self.anew, booked_anew, strict=True):
            if row in self.wrong:
                deposits.update_deposit(turn.conn, row, entry_id=booked.id)
                reversals.follow(turn.conn, self.wrong[row].id, booked.id)
        if self.paid.loan.state != self.paid.state:
            loans.update_loan(turn.conn, self.paid.loan, state=self.paid.state)
        return booked_anew


def account_of(turn: Turn, loan: LoanRow) -> LoanAccount:
    """Return what is left of a loan that was received, after all that is in the books."""
    return repayments.paid_on(turn.conn, loan).account


def loan_of(turn: Turn, loan_id: LoanId | None) -> LoanRow:
    """Return the loan something is paid on."""
    found = loans.loan_by_id(turn.conn, loan_id) if loan_id else None
    if found is None:
        raise Refused("not_found")
    return found


def collectors_of(turn: Turn, member: MemberRow) -> tuple[PersonId, ...]:
    """Return who may take in what a member pays: whoever would confirm it; nobody from who has died."""
    if deaths.has_died(turn.conn, member):
        return ()
    offices = groups.offices_of(turn.conn, turn.group(member.group_id))
    return who_confirms(Confirmed.DEPOSIT, offices, turn.parties(member))


def late_days(turn: Turn, owing: Iterable[LoanRow]) -> int:
    """Return since how many days an instalment of these loans is past due; what waits is counted as paid."""
    running = (row for row in owing if row.state == "running")
    accounts = (
        repayments.replayed(turn.conn, row, deposits.standing_on(turn.conn, row.id)) for row in running
    )
    return max((one.account.late_days(turn.today) for one in accounts), default=0)


def book(
    turn: Turn, command_id: CommandId, found: DepositRow, member: MemberRow, entered_by: PersonId
) -> EntryId:
    """Post what a confirmed payment was for, and give the borrower her receipt with what is left."""
    loan = loan_of(turn, found.loan_id)
    paid = repayments.replayed(turn.conn, loan, (*deposits.repayments_of(turn.conn, loan.id), found))
    booked, *anew = _set_right(turn, Hands(command_id, entered_by), paid, found, None)
    receipt(turn, member, paid, found, booked)
    if anew:
        facts = {"advance": passbooks.loan_advance(turn.conn, member.id), **left_facts(turn, paid.account)}
        turn.tell_member(member, "repayment.recounted", (), f"recounted:{booked.id}", **facts)
    return booked.id


def take_back(turn: Turn, hands: Hands, found: DepositRow, note: NoteRef) -> LoanAccount:
    """Reverse a payment, in one correction with the later ones it changes; return what is left then."""
    loan = loan_of(turn, found.loan_id)
    refuse_before_loss(found, loan)
    others = (row for row in deposits.repayments_of(turn.conn, loan.id) if row.id != found.id)
    paid = repayments.replayed(turn.conn, loan, others)
    _set_right(turn, hands, paid, found, note)
    return paid.account


def refuse_before_loss(found: DepositRow, loan: LoanRow) -> None:
    """Refuse to change what was paid before a loan was written off: the vote went by what was owed then."""
    if loan.loss_entry_id is not None and not repayments.recovers(found, loan):
        raise Refused("paid_before_write_off")


def left_facts(turn: Turn, account: LoanAccount) -> Mapping[str, object]:
    """Return what every text on a received loan may name."""
    oldest = next(iter(account.on(turn.today).owed), None)
    return {
        "left": account.left,
        "due": oldest.due if oldest else None,
        "next": oldest.left.total if oldest else None,
    }


def recounted(turn: Turn, paid: Paid, touched: Sequence[DepositRow], note: NoteRef | None) -> Recount:
    """Compare what is booked of these payments with what replaying the loan says."""
    wanted = paid.bookings
    entries = {
        row: passbooks.entry_of(turn.conn, row.entry_id) for row in touched if row.entry_id is not None
    }
    wrong = {row: e for row, e in entries.items() if row not in wanted or e.lines != wanted[row].lines}
    anew = [row for row in touched if row in wanted and (row in wrong or row not in entries)]
    return Recount(paid, wrong, anew, note)


def _set_right(
    turn: Turn, hands: Hands, paid: Paid, changed: DepositRow, note: NoteRef | None
) -> Sequence[Booked]:
    """Book what a payment that came or went changes; return the new entries, by value date."""
    touched = [changed, *(row for row in paid.rows if by_value(row) > by_value(changed))]
    recount = recounted(turn, paid, touched, note)
    made = books.book(
        turn.conn,
        paid.loan.group_id,
        hands.command,
        recount.bookings,
        booked_at=turn.now,
        booked_on=turn.today,
        entered_by=hands.entered_by,
        confirmed_by=turn.me,
    )
    return recount.keep(turn, made)


def receipt(turn: Turn, member: MemberRow, paid: Paid, found: DepositRow, booked: Booked) -> None:
    """Tell the borrower what a payment was for, and what is left."""
    split = paid.splits[paid.rows.index(found)]
    turn.tell_member(
        member,
        "repayment.recovery_slip" if split.parts.recovered else "repayment.receipt_slip",
        (),
        f"receipt:{booked.id}",
        group=turn.group(member.group_id).name,
        amount=found.amount,
        from_savings=found.way is Way.SAVINGS,
        parts=split.parts,
        beyond=split.beyond,
        day=turn.today,
        number=booked.sequence,
        print=booked.print,
        **left_facts(turn, paid.account),
    )
