"""What secret votes leave in the files of the database though it was erased: noted here until it is gone.

Erasing ends in the database's own log and in dead rows; `Database.scrub` empties these, outside of any unit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete

from storage.schema import setting
from storage.settings import get, put

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

NAME = "traces"


def leave(conn: Connection, now: datetime) -> None:
    """Note that something was erased that must not be found again."""
    put(conn, NAME, now.isoformat())


def left(conn: Connection) -> str | None:
    """Return which traces there are, None for none."""
    return get(conn, NAME)


def gone(conn: Connection, which: str) -> None:
    """Forget about traces that were removed, unless newer ones were left meanwhile."""
    conn.execute(delete(setting).where(setting.c.name == NAME, setting.c.value == which))
