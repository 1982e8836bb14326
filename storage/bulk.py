"""Many rows at once: numbers are set apart first, so that rows which name each other are made in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Table, insert, select, text

from storage.schema import account, metadata

Row = Mapping[str, object]
_POSTGRES_BUMP = text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :next + :count)")
_POSTGRES_NEXT = text("SELECT nextval(pg_get_serial_sequence(:name, 'id'))")
_SQLITE_LAST = text("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = :name")
_SQLITE_FORGET = text("DELETE FROM sqlite_sequence WHERE name = :name")
_SQLITE_BUMP = text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)")


def is_empty(conn: Connection, table: Table) -> bool:
    """Tell whether a table holds nothing."""
    return conn.execute(select(1).select_from(table).limit(1)).first() is None


def set_apart(conn: Connection, table: Table, count: int) -> range:
    """Return so many numbers of a table that nobody else is given; unused ones are left out for good."""
    if conn.dialect.name == "postgresql":
        first: int = conn.execute(_POSTGRES_NEXT, {"name": table.name}).scalar_one()
        conn.execute(_POSTGRES_BUMP, {"name": table.name, "next": first, "count": count})
        return range(first, first + count)
    last: int = conn.execute(_SQLITE_LAST, {"name": table.name}).scalar_one()
    conn.execute(_SQLITE_FORGET, {"name": table.name})
    conn.execute(_SQLITE_BUMP, {"name": table.name, "seq": last + count})
    return range(last + 1, last + 1 + count)


def write_rows(conn: Connection, rows: Mapping[str, Sequence[Row]]) -> None:
    """Store rows by the names of their tables, those first that others refer to."""
    for table in metadata.sorted_tables:
        if rows.get(table.name):
            conn.execute(insert(table), list(rows[table.name]))


def some_chats(conn: Connection, after: int, most: int) -> tuple[tuple[int, str, int], ...]:
    """Return number, platform and chat of the accounts that come next."""
    columns = (account.c.id, account.c.platform, account.c.chat_id)
    found = select(*columns).where(account.c.id > after).order_by(account.c.id).limit(most)
    return tuple((row.id, row.platform, row.chat_id) for row in conn.execute(found))
