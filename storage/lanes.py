"""Who works on which chat, where several workers share a database; a dead worker's lease ends by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, or_
from sqlalchemy.dialects import postgresql, sqlite

from storage.inbox import Lane
from storage.prepared import Prepared, alone, nothing
from storage.schema import lane as leases
from storage.types import Moment

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy import Connection, Table


def _taking(insert: Callable[[Table], sqlite.Insert] | Callable[[Table], postgresql.Insert]) -> Prepared[str]:
    taken = insert(leases)
    new = {"leased_by": taken.excluded.leased_by, "leased_until": taken.excluded.leased_until}
    free = or_(
        leases.c.leased_until <= bindparam("now", type_=Moment), leases.c.leased_by == new["leased_by"]
    )
    taken = taken.on_conflict_do_update(index_elements=["platform", "chat_id"], set_=new, where=free)
    columns = ("platform", "chat_id", "leased_by", "leased_until")
    return Prepared(taken.returning(leases.c.leased_by), alone, columns)


_LEASE = {"sqlite": _taking(sqlite.insert), "postgresql": _taking(postgresql.insert)}
_RELEASE = Prepared(
    delete(leases).where(
        leases.c.platform == bindparam("platform"),
        leases.c.chat_id == bindparam("chat_id"),
        leases.c.leased_by == bindparam("worker"),
    ),
    nothing,
)


def lease(conn: Connection, lane: Lane, worker: str, now: datetime, until: datetime) -> bool:
    """Take or prolong the lease of a chat; False while another worker has it."""
    values = {"platform": lane.platform, "chat_id": lane.chat_id, "leased_by": worker, "leased_until": until}
    return _LEASE[conn.dialect.name].first(conn, **values, now=now) is not None


def release_all(conn: Connection, worker: str) -> None:
    """Give back every chat a worker has: it ends, or it starts anew after it was killed."""
    conn.execute(delete(leases).where(leases.c.leased_by == worker))


def release(conn: Connection, lane: Lane, worker: str) -> None:
    """Give a chat back."""
    _RELEASE.run(conn, platform=lane.platform, chat_id=lane.chat_id, worker=worker)
