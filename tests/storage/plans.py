"""Which statements are sent to the database, and whether it finds its rows by an index."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar
from unittest.mock import patch

from sqlalchemy import Connection, Engine, event

from handlers.desk import Desk
from storage import prepared

# An index that may be read from end to end, and why; whole tables never.
READ_WHOLE = {
    "ix_inbox_pending": "holds only what waits to be worked off",
    "ix_outbox_due": "holds only what waits to be sent",
    "ix_outbox_chat": "holds only what waits to be sent",
    "ix_programme_role_role": "holds only roles of today; PostgreSQL prefers it while there are hardly any",
    "uq_reversal_asked": "holds only reversals that wait for a second person",
    "ix_talk_enter_papers": "holds only sealed papers that are being entered",
    "ix_picture_queued": "holds only pictures that wait to be fetched",
}
P = ParamSpec("P")
T = TypeVar("T")
PLANNED = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")
BOUND = re.compile(r"%\((\w+)\)s")


EXECUTED = prepared._executed


@dataclass
class Recorder:
    """Statements in the order of their sending, while it listens."""

    statements: list[str] = field(default_factory=list)

    @contextmanager
    def listening(self) -> Iterator[None]:
        event.listen(Engine, "before_cursor_execute", self._heard)
        with patch.object(prepared, "_executed", self._executed):
            try:
                yield
            finally:
                event.remove(Engine, "before_cursor_execute", self._heard)

    def taken(self) -> list[str]:
        """Return what was heard since the last time."""
        taken, self.statements = self.statements, []
        return taken

    def _executed(
        self, conn: Connection, text: str, values: Sequence[object] = (), *, many: bool = False
    ) -> tuple[Sequence[Sequence[object]], int]:
        self.statements.append(text)
        return EXECUTED(conn, text, values, many=many)

    def _heard(
        self, _conn: object, _cursor: object, statement: str, _given: object, _context: object, _many: object
    ) -> None:
        self.statements.append(statement)


@contextmanager
def overhearing(recorder: Recorder) -> Iterator[set[str]]:
    """Gather what desks ask while they answer and do what is due, of every stage that is set up meanwhile."""
    heard = set[str]()

    def overheard(act: Callable[P, T]) -> Callable[P, T]:
        def acting(*given: P.args, **named: P.kwargs) -> T:
            recorder.taken()
            try:
                return act(*given, **named)
            finally:
                heard.update(recorder.taken())

        return acting

    with (
        patch.object(Desk, "handle", overheard(Desk.handle)),
        patch.object(Desk, "tick", overheard(Desk.tick)),
    ):
        yield heard


def full_reads(conn: Connection, statement: str) -> list[str]:
    """Return what a statement reads from end to end: tables, or indexes that are not on the list."""
    if not statement.startswith(PLANNED):
        return []
    read = _sqlite_reads if conn.dialect.name == "sqlite" else _postgresql_reads
    return [what for what in read(conn, statement) if what not in READ_WHOLE]


def _sqlite_reads(conn: Connection, statement: str) -> Iterator[str]:
    """Values are left open: with them SQLite would plan anew for each.

    Beneath an INSERT stand tables that refer to it; they are looked at only while a key is broken.
    A SEARCH that names no index walks along the ids until a row fits, for the least or the greatest of them.
    """
    if statement.startswith("INSERT"):
        return
    given = tuple(None for _ in range(statement.count("?")))
    for *_, detail in conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given):
        scanned = re.match(r"(?:SCAN|SEARCH(?= \w+$)) (\w+)(?: USING (?:COVERING )?INDEX (\w+))?", detail)
        if scanned and scanned[1] != "CONSTANT":
            yield scanned[2] or scanned[1]


def _postgresql_reads(conn: Connection, statement: str) -> Iterator[str]:
    """The general plan, as of a prepared statement; a table is read whole only where nothing else goes."""
    names = list(dict.fromkeys(BOUND.findall(statement)))
    numbered = BOUND.sub(lambda found: f"${names.index(found[1]) + 1}", statement).replace("%%", "%")
    bare = {"no_parameters": True}
    conn.exec_driver_sql("SET LOCAL enable_seqscan = off", execution_options=bare)
    plan = conn.exec_driver_sql(f"EXPLAIN (GENERIC_PLAN, FORMAT JSON) {numbered}", execution_options=bare)
    yield from _whole(json.loads(json.dumps(plan.scalar_one()))[0]["Plan"])


def _whole(node: dict[str, object]) -> Iterator[str]:
    kind = str(node["Node Type"])
    if kind == "Seq Scan":
        yield str(node["Relation Name"])
    elif "Index" in kind and "Index Cond" not in node:
        yield str(node["Index Name"])
    below = node.get("Plans", [])
    assert isinstance(below, list)
    for part in below:
        yield from _whole(part)
