"""What is to be said: rows stored with their cause, which `storage.dispatch` hands to delivery."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from sqlalchemy import and_, bindparam, case, literal_column, update
from sqlalchemy.dialects import postgresql, sqlite

from domain.ids import InboxId, PictureId, Platform
from domain.outgoing import Keyboard, dump_keyboard
from storage.fixed import holds
from storage.prepared import Prepared, nothing
from storage.schema import outbox

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection


Action = Literal["send", "photo", "document", "edit"]

# Which chats are served first; reminders also yield to everything within their own chat.
REPLY, ALERT, REMINDER = 0, 1, 2


class OutRow(NamedTuple):
    """One thing to be said. `card` names what an edit changes; `key` lets a notice be stored once only."""

    platform: Platform
    chat_id: int
    priority: int
    action: Action
    text: str | None
    created_at: datetime
    picture_id: PictureId | None = None
    card: str | None = None
    key: str | None = None
    inbox_id: InboxId | None = None
    keyboard: Keyboard | None = None
    fleeting: bool = False  # its text and buttons are erased once it was sent, or cannot be


_COLUMNS = (
    "platform", "chat_id", "priority", "action", "text", "keyboard", "picture_id", "card",
    "key", "created_at", "inbox_id", "fleeting",
)  # fmt: skip
_ADD = {
    name: Prepared(add.on_conflict_do_nothing(index_elements=["key"]), nothing, _COLUMNS)
    for name, add in (("sqlite", sqlite.insert(outbox)), ("postgresql", postgresql.insert(outbox)))
}
_FLEETING = outbox.c.fleeting == literal_column("1")
ENDED = {  # what is left of the words of a row that will not be sent any more
    "text": case((_FLEETING, None), else_=outbox.c.text),
    "keyboard": case((_FLEETING, None), else_=outbox.c.keyboard),
}
_UNTOUCHED = and_(
    outbox.c.platform == bindparam("on_platform"),
    outbox.c.chat_id == bindparam("in_chat"),
    outbox.c.card == bindparam("of_card"),
    holds(outbox.c.state, "waiting"),
    outbox.c.leased_by.is_(None),
)
_SUPERSEDE = Prepared(
    update(outbox).where(_UNTOUCHED, holds(outbox.c.action, "edit")).values(state="superseded", **ENDED),
    nothing,
)
_RENEW = Prepared(
    update(outbox)
    .where(_UNTOUCHED, ~holds(outbox.c.action, "edit"))
    .values(text=bindparam("new_text"), keyboard=bindparam("new_keyboard")),
    nothing,
)


def enqueue(conn: Connection, rows: Sequence[OutRow]) -> None:
    """Store what is to be said; a key that is known is passed over."""
    adding = [_values(row) for row in rows if not _is_shown_already(conn, row)]
    if adding:
        _ADD[conn.dialect.name].run_many(conn, adding)


def _is_shown_already(conn: Connection, row: OutRow) -> bool:
    """Forget older edits of a card; put the newest state into its message where nobody has tried that yet."""
    if row.action != "edit" or row.card is None:
        return False
    card = {"on_platform": row.platform, "in_chat": row.chat_id, "of_card": row.card}
    _SUPERSEDE.run(conn, **card)
    return _RENEW.run(conn, **card, new_text=row.text, new_keyboard=dump_keyboard(row.keyboard)) > 0


def _values(row: OutRow) -> dict[str, object]:
    return {
        "platform": row.platform,
        "chat_id": row.chat_id,
        "priority": row.priority,
        "action": row.action,
        "text": row.text,
        "keyboard": dump_keyboard(row.keyboard),
        "picture_id": row.picture_id,
        "card": row.card,
        "key": row.key,
        "created_at": row.created_at,
        "inbox_id": row.inbox_id,
        "fleeting": row.fleeting,
    }
