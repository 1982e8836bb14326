"""Where a card was shown."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from domain.ids import Platform
from storage.fixed import holds
from storage.schema import outbox

_CHATS = (
    select(outbox.c.platform, outbox.c.chat_id)
    .where(
        outbox.c.card == bindparam("card"),
        outbox.c.action != "edit",
        holds(outbox.c.state, "waiting", "sending", "sent"),
    )
    .distinct()
)


def chats_of_card(conn: Connection, card: str) -> tuple[tuple[Platform, int], ...]:
    """Return every private chat that holds a copy of the card."""
    return tuple((Platform(row.platform), row.chat_id) for row in conn.execute(_CHATS, {"card": card}))
