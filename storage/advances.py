"""Who confirmed what a member paid in advance: its use is booked in that name."""

from __future__ import annotations

from sqlalchemy import Connection, select

from domain.ids import MembershipId, PersonId
from domain.ledger import Account
from storage.schema import entry, posting


def confirmed_by(conn: Connection, membership_id: MembershipId) -> tuple[PersonId | None, PersonId | None]:
    """Return who entered and who confirmed the latest payment in advance."""
    last = select(entry.c.entered_by, entry.c.confirmed_by).join(posting, posting.c.entry_id == entry.c.id).where(
        posting.c.holder == membership_id, posting.c.account == int(Account.PAID_IN_ADVANCE), posting.c.amount < 0).order_by(
        posting.c.entry_id.desc()).limit(1)
    row = conn.execute(last).one_or_none()
    return (None, None) if row is None else (row.entered_by, row.confirmed_by)
