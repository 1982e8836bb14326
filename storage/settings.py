"""Things made once and kept: the signing key, the digest of the claim code, the bots' names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from storage.inbox import new_rows
from storage.schema import setting

if TYPE_CHECKING:
    from sqlalchemy import Connection


def get(conn: Connection, name: str) -> str | None:
    """Return what is kept under a name."""
    value: str | None = conn.execute(select(setting.c.value).where(setting.c.name == name)).scalar()
    return value


def put(conn: Connection, name: str, value: str) -> None:
    """Keep a value, in place of an older one."""
    adding = new_rows(conn, setting).values(name=name, value=value)
    conn.execute(adding.on_conflict_do_update(index_elements=["name"], set_={"value": value}))


def put_once(conn: Connection, name: str, value: str) -> str:
    """Keep a value unless there is one, and return the one that is kept."""
    conn.execute(new_rows(conn, setting).values(name=name, value=value).on_conflict_do_nothing())
    return get(conn, name) or value
