"""Putting right what was signed of opening balances: whether it can be done, and what is booked then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from domain.correcting import MemberLine, Money, Part, changed
from domain.ids import CommandId, LoanId
from domain.ledger import Account, Booking, NoteRef
from domain.loan_terms import LoanTerms
from domain.opening import NOTHING, opening_lines
from domain.refusals import Refused
from handlers import lending, repaying
from handlers.repaying import Recount
from handlers.reversing import MOST_NAMED
from handlers.turn import Turn
from storage import (
    books,
    bylaws,
    deposits,
    loan_changes,
    loans,
    notes,
    old_loans,
    openings,
    passbooks,
    payouts,
    repayments,
)
from storage.corrections import CorrectionRow
from storage.entries import Booked
from storage.groups import MemberRow
from storage.loans import LoanRow
from storage.openings import OpeningRow

LoanChanges = tuple[tuple[LoanId | None, LoanTerms | None], ...]


def money_of(found: OpeningRow) -> Money:
    """Return what money was signed."""
    return Money(found.cash, found.bank, found.aid, found.giver_id)


def line_of(turn: Turn, found: OpeningRow, member: MemberRow) -> MemberLine:
    """Return what was signed of a member's; Refused `not_found` where she had no line."""
    line = openings.line_of(turn.conn, found.id, member.id)
    if line is None:
        raise Refused("not_found")
    return MemberLine(line.savings, tuple(_terms_by_loan(turn, member).values()))


def refuse_unless_possible(
    turn: Turn, found: OpeningRow, member: MemberRow | None, was: Part, right: Part
) -> None:
    """Refuse what changes nothing, and what cannot be otherwise by now, with what comes first."""
    if was == right:
        raise Refused("correction_changes_nothing")
    match was, right:
        case Money(), Money():
            lending.refuse_too_little(turn, found.group_id, Account.CASH, was.cash - right.cash)
            lending.refuse_too_little(turn, found.group_id, Account.BANK, was.bank - right.bank)
        case MemberLine(), MemberLine() if member is not None:
            _refuse_line(turn, member, was, right)
    more = right.rest - was.rest
    rest = openings.sheet_of(turn.conn, found).rest + more
    if rest < NOTHING:
        raise Refused("opening_falls_short", short=-rest)
    retained = passbooks.balance_of(turn.conn, found.group_id, Account.RETAINED_SURPLUS)
    if more < NOTHING and retained + more < NOTHING:
        raise Refused("surplus_was_shared", there=max(retained, NOTHING))


def put_right(
    turn: Turn, command_id: CommandId, wanted: CorrectionRow, found: OpeningRow, member: MemberRow | None
) -> Booked:
    """Reverse the entry and book it again as it is right, with all that was paid on loans that change."""
    entry_id = found.entry_id
    if entry_id is None:
        raise LookupError(f"opening {found.id} is not booked")
    before, note = passbooks.entry_of(turn.conn, entry_id), _note_of(turn, wanted)
    touched = _stored(turn, found, member, wanted)
    recounts = list(_recounts(turn, touched, note))
    sheet = openings.sheet_of(turn.conn, openings.opening_of(turn.conn, found.group_id) or found)
    again = Booking("opening", found.as_of, opening_lines(sheet), note=note)
    _, booked, *made = books.book(
        turn.conn,
        found.group_id,
        command_id,
        [before.opposite(note), again, *(one for recount in recounts for one in recount.bookings)],
        booked_at=turn.now,
        booked_on=turn.today,
        entered_by=wanted.asked_by,
        confirmed_by=turn.me,
    )
    for recount in recounts:
        count = len(recount.bookings)
        recount.keep(turn, made[:count])
        del made[:count]
    old_loans.run_old_loans(turn.conn, found.group_id, booked.id)
    old_loans.follow(turn.conn, before.id, booked.id)
    openings.change_opening(turn.conn, found, entry_id=booked.id)
    return booked


def loans_changed(turn: Turn, member: MemberRow, right: MemberLine) -> LoanChanges:
    """Return which of her loans change, and how."""
    return changed(_terms_by_loan(turn, member), right.loans)


def _terms_by_loan(turn: Turn, member: MemberRow) -> Mapping[LoanId, LoanTerms]:
    return {one.id: one.fixed for one in old_loans.old_loans_of(turn.conn, member.id)}


def _refuse_line(turn: Turn, member: MemberRow, was: MemberLine, right: MemberLine) -> None:
    if member.state != "admitted":
        _refuse_former(turn, member, was, right)
    there = passbooks.member_balance(turn.conn, member.id)
    if there < was.savings - right.savings:
        raise Refused("savings_were_used", there=there)
    for loan_id, terms in loans_changed(turn, member, right):
        if loan_id is not None:
            _refuse_loan(turn, repaying.loan_of(turn, loan_id), terms)


def _refuse_former(turn: Turn, member: MemberRow, was: MemberLine, right: MemberLine) -> None:
    """Whose account is settled can only be owed more; she gets it, or her heir, by a payout of its own."""
    more = right.savings > was.savings and right.loans == was.loans
    if not more or loans.open_loans_of(turn.conn, member.id):
        raise Refused("correction_of_former_member")
    if any(one.state == "paid" for one in payouts.open_payouts_of(turn.conn, member.id)):
        raise Refused("former_member_is_being_paid")


def _refuse_loan(turn: Turn, loan: LoanRow, terms: LoanTerms | None) -> None:
    """What the assembly decided about a loan went by what was signed; what was paid needs a loan."""
    if loan.loss_entry_id is not None or loan_changes.changes_of(turn.conn, loan.id):
        raise Refused("old_loan_was_voted_on")
    paid_on = deposits.standing_on(turn.conn, loan.id)
    if terms is None and paid_on:
        raise Refused(
            "old_loan_was_repaid", payments=[(one.value_on, one.amount) for one in paid_on[:MOST_NAMED]]
        )


def _stored(
    turn: Turn, found: OpeningRow, member: MemberRow | None, wanted: CorrectionRow
) -> tuple[LoanId, ...]:
    """Keep what is right in the place of what was signed; return the loans whose terms changed."""
    right = wanted.right
    if isinstance(right, Money):
        money = {"cash": right.cash, "bank": right.bank, "aid": right.aid, "giver_id": right.giver}
        openings.change_opening(turn.conn, found, **money)
    line = openings.line_of(turn.conn, found.id, member.id) if member else None
    if member is None or line is None or isinstance(right, Money):
        return ()
    changes = loans_changed(turn, member, right)
    openings.change_line(turn.conn, line, savings=right.savings)
    for loan_id, terms in changes:
        _change_loan(turn, member, wanted, loan_id, terms)
    return tuple(loan_id for loan_id, terms in changes if loan_id is not None and terms is not None)


def _change_loan(
    turn: Turn, member: MemberRow, wanted: CorrectionRow, loan_id: LoanId | None, terms: LoanTerms | None
) -> None:
    if loan_id is not None and terms is not None:
        old_loans.correct_old_loan(turn.conn, loan_id, terms)
    elif loan_id is not None:
        old_loans.strike_old_loan(turn.conn, loan_id)
    elif terms is not None:
        old_loans.add_old_loan(
            turn.conn,
            member.id,
            terms,
            group_id=member.group_id,
            bylaws=bylaws.bylaws_of(turn.conn, member.group_id).version,
            asked_at=wanted.asked_at,
            asked_by=wanted.asked_by,
        )


def _recounts(turn: Turn, touched: Iterable[LoanId], note: NoteRef) -> Iterator[Recount]:
    for loan_id in touched:
        paid = repayments.paid_on(turn.conn, repaying.loan_of(turn, loan_id))
        yield repaying.recounted(turn, paid, paid.rows, note)


def _note_of(turn: Turn, wanted: CorrectionRow) -> NoteRef:
    return NoteRef(wanted.note_id, notes.note_hash(turn.conn, wanted.note_id))
