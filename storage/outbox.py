"""What is to be said: rows stored with their cause, which `storage.dispatch` hands to delivery."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sqlalchemy import and_, update
from sqlalchemy.dialects import postgresql, sqlite

from domain.ids import InboxId, PictureId, Platform
from domain.outgoing import Keyboard, dump_keyboard
from storage.fixed import holds
from storage.schema import account, outbox

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Insert


Action = Literal["send", "photo", "document", "edit", "answer"]

# Built once: to build a statement costs more than to run it.
_ADD: Mapping[str, Insert] = {
    "sqlite": sqlite.insert(outbox).on_conflict_do_nothing(index_elements=["key"]),
    "postgresql": postgresql.insert(outbox).on_conflict_do_nothing(index_elements=["key"]),
}

# Which chats are served first; reminders also yield to everything within their own chat.
REPLY, ALERT, REMINDER = 0, 1, 2


@dataclass(frozen=True, slots=True)
class OutRow:
    """One thing to be said. `card` names what an edit changes; `key` lets a notice be stored once only."""

    platform: Platform
    chat_id: int
    priority: int
    action: Action
    text: str | None
    created_at: datetime
    keyboard: Keyboard | None = None
    picture_id: PictureId | None = None
    card: str | None = None
    callback_id: str | None = None
    key: str | None = None
    inbox_id: InboxId | None = None


def enqueue(conn: Connection, rows: Sequence[OutRow]) -> int:
    """Store what is to be said and return how much of it was new; a key that is known is passed over."""
    adding = [row for row in rows if not _is_shown_already(conn, row)]
    if not adding:
        return len(rows)
    return len(rows) - len(adding) + _added(conn, adding)


def _added(conn: Connection, rows: Sequence[OutRow]) -> int:
    """Count what was new one by one where a key may be known: drivers count several rows each in its way."""
    add = _ADD[conn.dialect.name]
    if any(row.key is not None for row in rows):
        one = add.returning(outbox.c.id)
        return sum(len(conn.execute(one, _values(row)).all()) for row in rows)
    conn.execute(add, [_values(row) for row in rows])
    return len(rows)


def _is_shown_already(conn: Connection, row: OutRow) -> bool:
    if row.action != "edit" or row.card is None:
        return False
    _supersede_edits(conn, row)
    return _is_shown_at_once(conn, row)


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
        "callback_id": row.callback_id,
        "key": row.key,
        "created_at": row.created_at,
        "inbox_id": row.inbox_id,
    }


def _untouched(row: OutRow) -> ColumnElement[bool]:
    return and_(
        outbox.c.platform == row.platform,
        outbox.c.chat_id == row.chat_id,
        outbox.c.card == row.card,
        holds(outbox.c.state, "waiting"),
        outbox.c.leased_by.is_(None),
    )


def _supersede_edits(conn: Connection, row: OutRow) -> None:
    older = update(outbox).where(_untouched(row), outbox.c.action == "edit")
    conn.execute(older.values(state="superseded"))


def _is_shown_at_once(conn: Connection, row: OutRow) -> bool:
    """Put the newest state into the card's first message where nobody has tried to send that yet."""
    first = update(outbox).where(_untouched(row), outbox.c.action != "edit")
    newest = first.values(text=row.text, keyboard=dump_keyboard(row.keyboard))
    return conn.execute(newest).rowcount > 0


def reachable_again(conn: Connection, platform: Platform, chat_id: int) -> None:
    """Forget that a person could not be reached: she wrote."""
    here = and_(account.c.platform == platform, account.c.chat_id == chat_id)
    conn.execute(
        update(account).where(here, account.c.unreachable_since.is_not(None)).values(unreachable_since=None)
    )
