"""Who works on which chat, where several workers share a database; a dead worker's lease ends by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, or_

from storage.inbox import Lane, new_rows
from storage.schema import lane as leases

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection


def lease(conn: Connection, lane: Lane, worker: str, now: datetime, until: datetime) -> bool:
    """Take or prolong the lease of a chat; False while another worker has it."""
    taking = new_rows(conn, leases).values(
        platform=lane.platform, chat_id=lane.chat_id, leased_by=worker, leased_until=until
    )
    free = or_(leases.c.leased_until <= now, leases.c.leased_by == worker)
    taken = taking.on_conflict_do_update(
        index_elements=["platform", "chat_id"], set_={"leased_by": worker, "leased_until": until}, where=free
    )
    return conn.execute(taken.returning(leases.c.leased_by)).first() is not None


def release_all(conn: Connection, worker: str) -> None:
    """Give back every chat a worker has: it ends, or it starts anew after it was killed."""
    conn.execute(delete(leases).where(leases.c.leased_by == worker))


def release(conn: Connection, lane: Lane, worker: str) -> None:
    """Give a chat back."""
    conn.execute(
        delete(leases).where(
            leases.c.platform == lane.platform, leases.c.chat_id == lane.chat_id, leases.c.leased_by == worker
        )
    )
