"""What a member must settle before she can leave at once."""

from __future__ import annotations

from conversations.talks.leave import Unsettled
from domain.ledger import Account
from handlers import keeping
from handlers.turn import Turn
from storage import books, corrections, deposits, fines, groups, loans, old_loans, openings
from storage.groups import MemberRow

# Everything a membership may hold in the books.
HELD = (
    (Account.SAVINGS, ""),
    (Account.SURPLUS_PAYABLE, ""),
    (Account.PAYABLE_TO_LEAVERS, ""),
    (Account.PAID_IN_ADVANCE, "saving"),
    (Account.PAID_IN_ADVANCE, "loan"),
)


def unsettled_of(turn: Turn, member: MemberRow) -> tuple[Unsettled, ...]:
    """Return why she cannot leave at once; empty where nothing is open."""
    offices = groups.offices_of(turn.conn, turn.group(member.group_id))
    helped = [m for m in groups.served_by(turn.conn, member.person_id) if m.group_id == member.group_id]
    reasons = {
        Unsettled.BALANCE: has_money(turn, member),
        Unsettled.LOAN: bool(loans.open_loans_of(turn.conn, member.id)),
        Unsettled.FINE: bool(fines.fines_of(turn.conn, member.group_id, member.id)),
        Unsettled.WAITING: waits(turn, member),
        Unsettled.KEEPS: bool(keeping.kept_by(turn, member.group_id, member.person_id)),
        Unsettled.OFFICE: bool(offices.of(member.person_id)),
        Unsettled.HELPS: bool(helped),
    }
    return tuple(reason for reason, holds in reasons.items() if holds)


def waits(turn: Turn, member: MemberRow) -> bool:
    """Tell whether something of hers is on its way into the books."""
    line = openings.unbooked_line(turn.conn, member.id)
    brought = line is not None and bool(line.savings or old_loans.old_loans_of(turn.conn, member.id))
    put_right = corrections.open_correction_of(turn.conn, member.id) is not None
    return brought or put_right or bool(deposits.open_deposits_of(turn.conn, member.id))


def has_money(turn: Turn, member: MemberRow) -> bool:
    """Tell whether any of her balances is other than nothing."""
    return any(
        books.balance_of(turn.conn, member.group_id, account, member.id, purpose) for account, purpose in HELD
    )
