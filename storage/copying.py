"""A whole database written into an empty one, of the same kind or of the other, and compared row by row.

The source is read as it stands at one moment; the target gets all of it or nothing. Both have this program's
schema. Numbers that were given once are not given again: the counters of ids move along.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256

from sqlalchemy import Column, Connection, Table, bindparam, func, insert, make_url, select, text, update

from storage.migrate import open_engine
from storage.schema import FROZEN, file, metadata

AT_ONCE = 500
FILES_AT_ONCE = 4  # each may have many megabytes
DIGEST_SIZE = 2**256


class HoldsSomething(Exception):
    """The target is not empty; the text names the tables that hold rows."""


class Differs(Exception):
    """What arrived is not what was sent, or somebody wrote meanwhile; the text names the tables."""


@contextmanager
def opened(url: str) -> Iterator[Connection]:
    """Open one transaction, which on SQLite keeps all other writers out; what is not committed goes."""
    engine = open_engine(make_url(url))
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def refuse_unless_empty(target: Connection) -> None:
    """Raise HoldsSomething where any table has a row."""
    full = [table.name for table in metadata.sorted_tables if target.execute(select(table).limit(1)).first()]
    if full:
        raise HoldsSomething(", ".join(full))


def copy_all(source: Connection, target: Connection) -> None:
    """Write every row of every table, those first that others refer to."""
    for table in metadata.sorted_tables:
        _copy(source, target, table)
        _point_home(source, target, table)
        if table.autoincrement_column is not None:
            _set_counter(target, table, _counter(source, table))


def check_same(source: Connection, target: Connection) -> None:
    """Compare all rows and counters. Raises Differs."""
    different = [
        table.name for table in metadata.sorted_tables if _print(source, table) != _print(target, table)
    ]
    if different:
        raise Differs(", ".join(different))


def _at_once(table: Table) -> int:
    return FILES_AT_ONCE if table is file else AT_ONCE


def _rows(conn: Connection, table: Table) -> Iterator[list[dict[str, object]]]:
    """All rows in pieces; the order of ids lets an entry come after the one it reverses."""
    in_order = select(table).order_by(*table.primary_key).execution_options(yield_per=_at_once(table))
    for piece in conn.execute(in_order).mappings().partitions():
        yield [dict(row) for row in piece]


def _copy(source: Connection, target: Connection, table: Table) -> None:
    later = {column.name: None for column in _homing(table)}
    for rows in _rows(source, table):
        target.execute(insert(table), [row | later for row in rows])


def _homing(table: Table) -> list[Column[object]]:
    """Columns that refer to the same table, maybe to a later row; entries refer to earlier ones only."""
    own = [column for column in table.columns for key in column.foreign_keys if key.column.table is table]
    return [] if table in FROZEN else own


def _point_home(source: Connection, target: Connection, table: Table) -> None:
    for column in _homing(table):
        pointing = select(table.c.id, column).where(column.is_not(None))
        rows = [{"b_id": row[0], "b_to": row[1]} for row in source.execute(pointing)]
        if rows:
            again = update(table).where(table.c.id == bindparam("b_id"))
            target.execute(again.values({column: bindparam("b_to")}), rows)


# --- counters of ids ------------------------------------------------------------------------------------


def _counter(conn: Connection, table: Table) -> int:
    """The last id that was given, also to a row that is gone."""
    if conn.dialect.name == "sqlite":
        given = conn.execute(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
        return int(given.scalar() or 0)
    row = conn.execute(text(f"SELECT last_value, is_called FROM {table.name}_id_seq")).one()  # noqa: S608 our own names
    return int(row.last_value) if row.is_called else 0


def _set_counter(conn: Connection, table: Table, last: int) -> None:
    if last == 0:
        return
    if conn.dialect.name == "postgresql":
        conn.execute(select(func.setval(f"{table.name}_id_seq", last)))
        return
    named: Mapping[str, object] = {"name": table.name, "last": last}
    conn.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), named)
    conn.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), named)


# --- comparing ------------------------------------------------------------------------------------------


def _print(conn: Connection, table: Table) -> tuple[int, int, int]:
    """How many rows, the sum of their hashes, and the counter; the databases sort words differently."""
    count = total = 0
    for rows in _rows(conn, table):
        count += len(rows)
        total += sum(_row_hash(row) for row in rows)
    counter = _counter(conn, table) if table.autoincrement_column is not None else 0
    return count, total % DIGEST_SIZE, counter


def _row_hash(row: Mapping[str, object]) -> int:
    return int.from_bytes(sha256(repr(sorted(row.items())).encode()).digest(), "big")
