"""An entry that may be reversed: what led to it, who had a hand in it, and what stands on it by now."""

from __future__ import annotations

from dataclasses import dataclass

from domain.ids import EntryId, LoanId, PersonId
from domain.ledger import COUNTABLE, Account, Line
from domain.money import Rial
from domain.posting import MoveKind, Way
from domain.refusals import Refused
from domain.reversing import Reversible, Sort
from handlers import lending, repaying
from handlers.turn import Turn
from storage import deposits, loan_changes, loans, moves, passbooks, payouts, reversals
from storage.deposits import DepositRow
from storage.groups import MemberRow
from storage.loans import LoanRow
from storage.moves import MoveRow
from storage.passbooks import EntryRow
from storage.payouts import PayoutRow

Source = DepositRow | MoveRow | LoanRow | PayoutRow
STANDING = ("confirmed", "running", "received")
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Wrong:
    """An entry and what led to it."""

    entry: EntryRow
    source: Source
    what: Reversible
    amount: Rial
    member: MemberRow | None  # whose money it is, where it is not the group's alone
    hands: tuple[PersonId, ...]  # who reported it, entered it, asked for it, paid it out
    stands: bool

    @property
    def name(self) -> str:
        return (self.member.name or "") if self.member else ""


def called(source: Source) -> tuple[Reversible, Rial]:
    """Return how an entry is called that came of it, and its sum."""
    match source:
        case DepositRow():
            return source.paid_for, source.amount
        case LoanRow():
            return Sort.LOAN, source.principal
        case MoveRow() | PayoutRow():
            return source.kind, source.amount


def wrong_of(turn: Turn, entry_id: EntryId) -> Wrong:
    """Return an entry with what led to it, also after it was reversed; any other kind is refused."""
    entry = passbooks.entry_of(turn.conn, entry_id)
    source = source_of(turn, entry)
    if source is None:
        raise Refused("nothing_to_reverse")
    what, amount = called(source)
    member = turn.member(source.membership_id) if source.membership_id else None
    stands = source.state in STANDING and source.entry_id == entry.id
    return Wrong(entry, source, what, amount, member, _hands_of(source, entry), stands)


def parties_to(turn: Turn, wrong: Wrong, asked_by: PersonId) -> frozenset[PersonId]:
    """Return whom it touches, as the persons they are today; none of them is the second person."""
    return turn.parties(wrong.member, *wrong.hands, asked_by)


def refuse_unless_free(turn: Turn, wrong: Wrong) -> None:
    """Refuse what was reversed already, and what something else stands on, which is named."""
    if not wrong.stands:
        raise Refused("nothing_to_reverse")
    match wrong.source:
        case DepositRow(loan_id=int()) as paid:
            repaying.refuse_before_loss(paid, repaying.loan_of(turn, paid.loan_id))
        case LoanRow() as lent if paid_on := deposits.standing_on(turn.conn, lent.id):
            named = [(one.value_on, one.amount) for one in paid_on[:MOST_NAMED]]
            raise Refused("loan_was_repaid", payments=named)
        case LoanRow() as lent if loan_changes.changes_of(turn.conn, lent.id):
            raise Refused("loan_was_changed")
    for line in wrong.entry.lines:
        if line.account in COUNTABLE and line.amount.rials > 0:
            _refuse_spent(turn, wrong.entry, line)


def _refuse_spent(turn: Turn, entry: EntryRow, brought: Line) -> None:
    """Refuse where the money it brought has gone out since: by the books, into a hand, to the treasurer."""
    account, keeper = brought.account, brought.holder
    there = lending.there_in(turn, entry.group_id, account, keeper)
    if there < brought.amount:
        later = reversals.taken_since(turn.conn, entry, account, keeper, MOST_NAMED)
        raise Refused("reversal_falls_short", account=account, there=there, later=later)


def _hands_of(source: Source, entry: EntryRow) -> tuple[PersonId, ...]:
    """Return who reported a payment; of all else who entered it or paid it out, asked for it, kept it."""
    before: PersonId | None = None
    match source:
        case DepositRow():
            return (source.reported_by,)
        case LoanRow():
            before = source.asked_by
        case MoveRow(kind=MoveKind.HANDED_OVER):
            before = source.keeper_id
        case _:
            pass
    return tuple(one for one in (before, entry.entered_by) if one is not None)


def source_of(turn: Turn, entry: EntryRow) -> Source | None:
    """Return what led to an entry; None where that was a vote, a round, the paper book, or another entry."""
    match entry.kind:
        case "saving" | "instalment":
            return deposits.deposit_of_entry(turn.conn, entry.id)
        case "loan_paid_out":
            loan = next(line.holder for line in entry.lines if line.account is Account.INTERNAL_LOANS)
            return loans.loan_by_id(turn.conn, LoanId(loan))
        case "surplus_paid" | "leaving_paid":
            return payouts.payout_of_entry(turn.conn, entry.id)
        case _:
            moved = moves.move_of_entry(turn.conn, entry.id)
            return None if moved is None or moved.way is Way.SAVINGS else moved
