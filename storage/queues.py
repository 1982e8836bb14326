"""How much waits in the inbox and in the outbox, and since when: for those who look after the bot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from domain.ids import Platform
from storage.dispatch import UNSENT
from storage.fixed import holds
from storage.schema import inbox, outbox

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits on one platform; `priority` is None for updates that came in."""

    platform: Platform
    priority: int | None
    waiting: int
    since: datetime


_OUTBOX = (
    select(outbox.c.platform, outbox.c.priority, func.count(), func.min(outbox.c.created_at))
    .where(holds(outbox.c.state, *UNSENT))
    .group_by(outbox.c.platform, outbox.c.priority)
)
_INBOX = (
    select(inbox.c.platform, func.count(), func.min(inbox.c.received_at))
    .where(holds(inbox.c.state, "pending"))
    .group_by(inbox.c.platform)
)


def queues(conn: Connection) -> tuple[Queue, ...]:
    """Every queue in which something waits."""
    going = [Queue(Platform(row[0]), row[1], row[2], row[3]) for row in conn.execute(_OUTBOX)]
    coming = [Queue(Platform(row[0]), None, row[1], row[2]) for row in conn.execute(_INBOX)]
    return (*going, *coming)
