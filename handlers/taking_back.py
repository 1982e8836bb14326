"""How each kind of wrong entry is taken back: its opposite is booked, and what led to it stands as before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from domain.ledger import Account, Booking, NoteRef
from domain.posting import advance_used
from handlers import lending, repaying
from handlers.cards import deposit as deposit_card
from handlers.cards import loan as loan_card
from handlers.cards import move as move_card
from handlers.cards import payout as payout_card
from handlers.repaying import Hands
from handlers.reversing import Wrong
from handlers.turn import Turn
from storage import advances, books, deposits, loans, moves, passbooks, payouts
from storage.deposits import DepositRow
from storage.loans import LoanRow
from storage.moves import MoveRow
from storage.payouts import PayoutRow


def take_back(turn: Turn, wrong: Wrong, hands: Hands, note: NoteRef) -> None:
    """Book the opposite; a payment waits for nothing more, a loan and a payout wait to be paid again."""
    match wrong.source:
        case DepositRow() as paid:
            if paid.loan_id is None:
                _book(turn, wrong, hands, list(_saving_undone(turn, paid, wrong, note)))
            else:
                repaying.take_back(turn, hands, paid, note)
            deposit_card.redraw(turn, deposits.update_deposit(turn.conn, paid, state="reversed"))
        case MoveRow() as moved:
            _book(turn, wrong, hands, [wrong.entry.opposite(note)])
            move_card.redraw(turn, moves.update_move(turn.conn, moved, state="reversed"))
        case LoanRow() as lent:
            _book(turn, wrong, hands, [wrong.entry.opposite(note)])
            loan_card.redraw(turn, _approved_again(turn, lent))
        case PayoutRow() as paid_out:
            _book(turn, wrong, hands, [wrong.entry.opposite(note)])
            payout_card.redraw(turn, payouts.update_payout(turn.conn, paid_out, state="reversed"))


def tell_member(turn: Turn, wrong: Wrong, key: str, **about: object) -> None:
    """Tell whose money it is how it stands now, and put before its payer what is to be paid again."""
    if wrong.member is None:
        return
    text, facts = _told(turn, wrong)
    turn.tell_member(wrong.member, text, (), key, **about, **facts)
    if isinstance(wrong.source, LoanRow):
        lending.serve(turn, wrong.source.group_id)
    elif isinstance(wrong.source, PayoutRow):
        owed = wrong.source
        of = {"group_id": owed.group_id, "membership_id": owed.membership_id}
        due = {"kind": owed.kind, "amount": owed.amount, "due_at": turn.now}
        payout_card.send_due(turn, payouts.add_payout(turn.conn, **of, **due))


def _told(turn: Turn, wrong: Wrong) -> tuple[str, Mapping[str, object]]:
    match wrong.source:
        case DepositRow(loan_id=None) as paid:
            balance = passbooks.member_balance(turn.conn, paid.membership_id)
            return "reversal.told_member", {"balance": balance}
        case DepositRow() as paid:
            account = repaying.account_of(turn, repaying.loan_of(turn, paid.loan_id))
            return "repayment.taken_back", repaying.left_facts(turn, account)
        case LoanRow() as lent:
            return "reversal.told_borrower", {"again": repaying.loan_of(turn, lent.id).state == "approved"}
        case PayoutRow():
            return "reversal.told_receiver", {"what": wrong.what}
        case MoveRow():
            return "reversal.told_payer", {"what": wrong.what}


def _book(turn: Turn, wrong: Wrong, hands: Hands, bookings: Sequence[Booking]) -> None:
    books.book(
        turn.conn,
        wrong.entry.group_id,
        hands.command,
        bookings,
        booked_at=turn.now,
        booked_on=turn.today,
        entered_by=hands.entered_by,
        confirmed_by=turn.me,
    )


def _saving_undone(turn: Turn, paid: DepositRow, wrong: Wrong, note: NoteRef) -> Iterator[Booking]:
    """Yield the opposites, newest first, and then what other payments in advance still cover of the uses."""
    fallen = advances.uses_standing_on(turn.conn, paid.membership_id, wrong.entry.id)
    for entry_id in fallen.uses:
        yield passbooks.entry_of(turn.conn, entry_id).opposite(note)
    yield wrong.entry.opposite(note)
    left = fallen.left
    for use in map(partial(passbooks.entry_of, turn.conn), reversed(fallen.uses)):
        line = next(line for line in use.lines if line.account is Account.SAVINGS)
        part = min(left, -line.amount)
        if part and line.round_number is not None:
            again = advance_used(paid.membership_id, line.round_number, part)
            yield Booking("advance_used", use.value_on, again, note=note)
            left -= part


def _approved_again(turn: Turn, lent: LoanRow) -> LoanRow:
    """It returns to its place in the queue; where another of hers waits by now, or she has left, it ends."""
    member = turn.member(lent.membership_id)
    again = member.state == "admitted" and loans.loan_before_receipt(turn.conn, member.id) is None
    state, due_at = ("approved", turn.now) if again else ("withdrawn", None)
    gone = ("paid_by", "paid_at", "way", "first_due", "received_by", "received_at", "entry_id")
    return loans.update_loan(turn.conn, lent, state=state, due_at=due_at, **dict.fromkeys(gone))
