"""Compares what was paid to members, and the surplus shared among them, with what led to it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from domain import matters
from domain.ledger import Account
from domain.posting import Owed
from domain.surplus import Sharing
from storage.flaws import Flaw
from storage.schema import entry, payout, posting, proposal
from storage.types import Money

_PAID = tuple(f"{kind.value}_paid" for kind in Owed)
_OWED = [kind.account.value for kind in Owed]
_BOOKED = ("received", "reversed")
_OPPOSITE = entry.alias("opposite")
_AMOUNT = func.sum(posting.c.amount, type_=Money)
_HERS = posting.c.account.in_(_OWED) & (posting.c.holder == payout.c.membership_id)
_PAYOUTS = (
    select(payout.c.id, payout.c.group_id, payout.c.state, payout.c.amount, payout.c.paid_by)
    .add_columns(payout.c.received_by, entry.c.kind, entry.c.sequence, entry.c.id.label("entry_id"))
    .add_columns(_OPPOSITE.c.id.label("undone"), _AMOUNT)
    .outerjoin_from(payout, entry, (payout.c.entry_id == entry.c.id) & entry.c.kind.in_(_PAID))
    .outerjoin(_OPPOSITE, _OPPOSITE.c.reverses == entry.c.id)
    .outerjoin(posting, (posting.c.entry_id == entry.c.id) & _HERS)
    .group_by(payout.c.id, entry.c.id, _OPPOSITE.c.id)
    .order_by(payout.c.id)
)
_UNLED = (
    select(entry.c.group_id, entry.c.sequence, entry.c.id)
    .outerjoin_from(entry, payout, payout.c.entry_id == entry.c.id)
    .where(entry.c.kind.in_(_PAID), payout.c.id.is_(None))
)
_SHARED = (
    select(entry.c.group_id, entry.c.sequence, entry.c.id, posting.c.amount, proposal.c.matter)
    .join_from(entry, posting, posting.c.entry_id == entry.c.id)
    .outerjoin(
        proposal,
        (proposal.c.note_id == entry.c.note_id)
        & (proposal.c.group_id == entry.c.group_id)
        & (proposal.c.kind == "surplus")
        & (proposal.c.state == "accepted"),
    )
    .where(entry.c.kind == "surplus_shared", posting.c.account == Account.RETAINED_SURPLUS.value)
)


def check_payouts(conn: Connection) -> Iterator[Flaw]:
    """Every comparison of payouts and shared surpluses with the books."""
    for row in conn.execute(_PAYOUTS):
        received, booked = row.state in _BOOKED, row.entry_id is not None
        wrong = {
            "was received and is not booked": received and not booked,
            "was not received and is booked": booked and not received,
            "was received, its entry reversed": row.state == "received" and row.undone is not None,
            "is reversed, its entry is not": row.state == "reversed" and row.undone is None,
            "is of another amount or member than its entry": booked and row[-1] != row.amount,
            f"was paid and received by person {row.paid_by}": received and row.paid_by == row.received_by,
        }
        for sentence in (sentence for sentence, so in wrong.items() if so):
            yield Flaw(f"payout {row.id} {sentence}", row.group_id, row.sequence, row.entry_id)
    for group_id, sequence, entry_id in conn.execute(_UNLED):
        yield Flaw("no payout led to this entry", group_id, sequence, entry_id)
    for group_id, sequence, entry_id, amount, stored in conn.execute(_SHARED):
        sharing = matters.read(stored) if stored else None
        if not isinstance(sharing, Sharing):
            yield Flaw("no resolution led to this sharing", group_id, sequence, entry_id)
        elif amount > sharing.amount:
            yield Flaw("more was shared than was resolved", group_id, sequence, entry_id)
