"""Where a card was shown."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, and_, bindparam, func, select

from domain.ids import AccountId, Platform
from storage.fixed import holds
from storage.prepared import Prepared
from storage.schema import account, outbox
from storage.types import named


@dataclass(frozen=True, slots=True)
class Copy:
    """A private chat that holds the card, and the account its buttons are signed for."""

    platform: Platform
    chat_id: int
    account_id: AccountId | None


_OF_THAT_CHAT = and_(account.c.platform == outbox.c.platform, account.c.chat_id == outbox.c.chat_id)
_COPIES = Prepared(
    select(named(outbox.c.platform, Platform), outbox.c.chat_id, func.min(account.c.id))
    .join(account, _OF_THAT_CHAT, isouter=True)
    .where(
        outbox.c.card == bindparam("card"),
        outbox.c.action != "edit",
        holds(outbox.c.state, "waiting", "sending", "sent"),
    )
    .group_by(outbox.c.platform, outbox.c.chat_id),
    Copy,
)


def copies_of_card(conn: Connection, card: str) -> tuple[Copy, ...]:
    """Return every private chat that holds a copy of the card."""
    return tuple(_COPIES.all(conn, card=card))
