"""Statements that run at every update: compiled once for each database, run on the driver's own cursor.

They are written in SQLAlchemy's language as all others. What its Connection does around a call (a compiled
form looked up, a context, a result) costs several times what SQLite needs for the statement itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Delete, Insert, Select, Update
    from sqlalchemy.engine import Dialect
    from sqlalchemy.engine.interfaces import DBAPICursor, DBAPIModule
    from sqlalchemy.sql.compiler import SQLCompiler

R = TypeVar("R")
T = TypeVar("T")
Converter = Callable[[object], object]
Values = Mapping[str, object]
RawRow = Sequence[object]


def alone(value: T) -> T:
    """Make nothing more of the one column of a row."""
    return value


def nothing(*_columns: object) -> None:
    """Make nothing of a row: the statement changes rows and is asked how many."""


class Prepared(Generic[R]):
    """A statement whose rows become what `made` makes of their columns, in the order they are selected in.

    Values have the names of its bind parameters; one that is missing is a KeyError. An INSERT names the
    `columns` it fills. A list cannot be bound: `IN` has as many places as its list is long.
    """

    def __init__(
        self,
        statement: Select[*tuple[object, ...]] | Insert | Update | Delete,
        made: Callable[..., R],
        columns: Sequence[str] | None = None,
    ) -> None:
        self._statement = statement
        self._made = made
        self._columns = columns
        self._compiled: dict[str, _Compiled] = {}

    def all(self, conn: Connection, **values: object) -> list[R]:
        """Return every row."""
        rows, _ = self._executed(conn, values)
        return [self._made(*row) for row in rows]

    def first(self, conn: Connection, **values: object) -> R | None:
        """Return the first row, None where there is none."""
        rows, _ = self._executed(conn, values)
        return next((self._made(*row) for row in rows), None)

    def one(self, conn: Connection, **values: object) -> R:
        """Return the first row. LookupError where there is none."""
        found = self.all(conn, **values)
        if not found:
            raise LookupError("the row that was asked for does not exist")
        return found[0]

    def run(self, conn: Connection, **values: object) -> int:
        """Change rows and return how many."""
        _, changed = self._executed(conn, values)
        return changed

    def run_many(self, conn: Connection, several: Sequence[Values]) -> None:
        """Change rows with each of the given values."""
        compiled = self._for(conn.dialect)
        with _cursor(conn) as cursor:
            cursor.executemany(compiled.text, cast("Sequence[RawRow]", list(map(compiled.bound, several))))

    def _executed(self, conn: Connection, values: Values) -> tuple[Iterable[RawRow], int]:
        compiled = self._for(conn.dialect)
        with _cursor(conn) as cursor:
            cursor.execute(compiled.text, compiled.bound(values))
            rows = cursor.fetchall() if cursor.description else ()
            return map(compiled.row, rows), cursor.rowcount

    def _for(self, dialect: Dialect) -> _Compiled:
        found = self._compiled.get(dialect.name)
        if found is None:
            compiled = self._statement.compile(dialect=dialect, column_keys=self._columns)
            found = _Compiled.of(compiled, self._statement.exported_columns)
            self._compiled[dialect.name] = found
        return found


@contextmanager
def part(conn: Connection) -> Iterator[None]:
    """Enclose what may fail alone: raised out of here, it is as if it had never been done."""
    _say(conn, "SAVEPOINT part")
    try:
        yield
    except BaseException:
        with suppress(DBAPIError):  # the whole transaction may be gone, and this error says why
            _say(conn, "ROLLBACK TO SAVEPOINT part")
            _say(conn, "RELEASE SAVEPOINT part")
        raise
    _say(conn, "RELEASE SAVEPOINT part")


@dataclass(frozen=True, slots=True)
class _Compiled:
    """The text for one database, and what values go through on their way in and out."""

    text: str
    fixed: Mapping[str, object]  # parameters with a value of their own in the statement
    given: Sequence[tuple[str, Converter | None]]
    places: Sequence[str] | None  # where the driver takes values by place
    converters: Sequence[tuple[int, Converter]]

    @staticmethod
    def of(compiled: SQLCompiler, columns: Iterable[ColumnElement[object]]) -> _Compiled:
        dialect, fixed, given = compiled.dialect, {}, []
        for bound, name in compiled.bind_names.items():
            into = bound.type.dialect_impl(dialect).bind_processor(dialect)
            if bound.required:
                given.append((name, into))
            else:
                fixed[name] = bound.effective_value if into is None else into(bound.effective_value)
        read = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        converters = [(place, out_of) for place, out_of in enumerate(read) if out_of is not None]
        return _Compiled(str(compiled), fixed, given, compiled.positiontup, converters)

    def bound(self, values: Values) -> RawRow | Values:
        """Return the values as the driver takes them."""
        ready = dict(self.fixed)
        for name, into in self.given:
            ready[name] = values[name] if into is None else into(values[name])
        return ready if self.places is None else [ready[name] for name in self.places]

    def row(self, row: RawRow) -> RawRow:
        """Return a row's values as the program knows them."""
        if not self.converters:
            return row
        read = list(row)
        for place, out_of in self.converters:
            read[place] = out_of(read[place])
        return read


@contextmanager
def _cursor(conn: Connection) -> Iterator[DBAPICursor]:
    """Lend a cursor of the driver; its errors become those that the Connection raises."""
    cursor = conn.connection.cursor()
    try:
        yield cursor
    except conn.dialect.loaded_dbapi.Error as error:
        raise _as_connections_own(conn, error) from error
    finally:
        cursor.close()


def _as_connections_own(conn: Connection, error: DBAPIModule.Error) -> Exception:
    """Wrap a driver's error; with a connection that is lost go all others to the same server."""
    gone = conn.dialect.is_disconnect(error, conn.connection.dbapi_connection, None)
    if gone:
        conn.engine.dispose(close=False)
        conn.invalidate(error)
    driver = conn.dialect.loaded_dbapi.Error
    wrapped = DBAPIError.instance(
        None, None, error, driver, hide_parameters=True, connection_invalidated=gone, dialect=conn.dialect
    )
    return cast("DBAPIError", wrapped)


def _say(conn: Connection, text: str) -> None:
    with _cursor(conn) as cursor:
        cursor.execute(text)
