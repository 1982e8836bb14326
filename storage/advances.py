"""What members paid in advance for savings: who confirmed it, and which entries used it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Select, func, select

from domain.ids import EntryId, MembershipId, PersonId
from domain.ledger import Account
from domain.money import Rial
from domain.posting import SAVING
from storage.schema import entry, posting


def confirmed_by(conn: Connection, membership_id: MembershipId) -> tuple[PersonId | None, PersonId | None]:
    """Return who entered and who confirmed the latest payment in advance."""
    last = (
        select(entry.c.entered_by, entry.c.confirmed_by)
        .join(posting, posting.c.entry_id == entry.c.id)
        .where(
            posting.c.holder == membership_id,
            posting.c.account == int(Account.PAID_IN_ADVANCE),
            posting.c.purpose == SAVING,
            posting.c.amount < Rial(0),
        )
        .order_by(posting.c.entry_id.desc())
        .limit(1)
    )
    row = conn.execute(last).one_or_none()
    return (None, None) if row is None else (row.entered_by, row.confirmed_by)


@dataclass(frozen=True, slots=True)
class Fallen:
    """Uses of an advance that fall with a payment, newest first, and what other payments cover of them."""

    uses: tuple[EntryId, ...]
    left: Rial


def uses_standing_on(conn: Connection, membership_id: MembershipId, entry_id: EntryId) -> Fallen:
    """Return as many later uses of the advance as it would be short of when this payment is reversed."""
    kept = -_sum(conn, membership_id, None)
    missing = -_sum(conn, membership_id, entry_id) - kept
    found: list[EntryId] = []
    for use, amount in conn.execute(_uses_after(membership_id, entry_id)):
        if missing <= 0:
            break
        found.append(EntryId(use))
        missing -= amount.rials
    return Fallen(tuple(found), Rial(-missing if found else 0))


def _sum(conn: Connection, membership_id: MembershipId, entry_id: EntryId | None) -> int:
    of_member = select(func.sum(posting.c.amount)).where(
        posting.c.holder == membership_id,
        posting.c.account == int(Account.PAID_IN_ADVANCE),
        posting.c.purpose == SAVING,
    )
    total = conn.execute(
        of_member if entry_id is None else of_member.where(posting.c.entry_id == entry_id)
    ).scalar_one()
    return 0 if total is None else int(total.rials)


def _uses_after(membership_id: MembershipId, entry_id: EntryId) -> Select[int, Rial]:
    opposite = entry.alias()
    return (
        select(posting.c.entry_id, posting.c.amount)
        .join(entry, posting.c.entry_id == entry.c.id)
        .join(opposite, opposite.c.reverses == entry.c.id, isouter=True)
        .where(
            posting.c.holder == membership_id,
            posting.c.account == int(Account.PAID_IN_ADVANCE),
            posting.c.purpose == SAVING,
            posting.c.amount > Rial(0),
            posting.c.entry_id > entry_id,
            entry.c.kind == "advance_used",
            opposite.c.id.is_(None),
        )
        .order_by(posting.c.entry_id.desc())
    )
