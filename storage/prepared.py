"""Statements that run at every update: compiled once for each database, run on the driver's own cursor.

They are written in SQLAlchemy's language as all others. What its Connection does around a call (a compiled
form looked up, a context, a result) costs several times what SQLite needs for the statement itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Delete, Insert, Select, Update
    from sqlalchemy.engine import Dialect
    from sqlalchemy.engine.interfaces import DBAPIModule
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
        compiled = self._for(conn.dialect)
        rows, _ = _executed(conn, compiled.text, compiled.bound(values))
        return [self._made(*row) for row in map(compiled.row, rows)]

    def first(self, conn: Connection, **values: object) -> R | None:
        """Return the first row, None where there is none."""
        compiled = self._for(conn.dialect)
        rows, _ = _executed(conn, compiled.text, compiled.bound(values))
        return self._made(*compiled.row(rows[0])) if rows else None

    def one(self, conn: Connection, **values: object) -> R:
        """Return the first row. LookupError where there is none."""
        compiled = self._for(conn.dialect)
        rows, _ = _executed(conn, compiled.text, compiled.bound(values))
        if not rows:
            raise LookupError("the row that was asked for does not exist")
        return self._made(*compiled.row(rows[0]))

    def run(self, conn: Connection, **values: object) -> int:
        """Change rows and return how many."""
        compiled = self._for(conn.dialect)
        _, changed = _executed(conn, compiled.text, compiled.bound(values))
        return changed

    def run_many(self, conn: Connection, several: Sequence[Values]) -> None:
        """Change rows with each of the given values."""
        compiled = self._for(conn.dialect)
        _executed(conn, compiled.text, list(map(compiled.bound, several)), many=True)

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
    _executed(conn, "SAVEPOINT part")
    done = False
    try:
        yield
        done = True
    finally:
        if not done:
            with suppress(SQLAlchemyError):  # transaction or connection may be gone: what was raised says why
                _executed(conn, "ROLLBACK TO SAVEPOINT part")
                _executed(conn, "RELEASE SAVEPOINT part")
    _executed(conn, "RELEASE SAVEPOINT part")


@dataclass(frozen=True, slots=True)
class _Compiled:
    """The text for one database, and what values go through on their way in and out."""

    text: str
    fixed: Mapping[str, object]  # parameters with a value of their own in the statement
    names: Sequence[str]
    into: Sequence[tuple[str, Converter | None]]
    by_place: bool  # how the driver takes values
    out_of: Sequence[tuple[int, Converter]]

    @staticmethod
    def of(compiled: SQLCompiler, columns: Iterable[ColumnElement[object]]) -> _Compiled:
        dialect, fixed, into = compiled.dialect, {}, dict[str, Converter | None]()
        for bound, name in compiled.bind_names.items():
            into[name] = bound.type.dialect_impl(dialect).bind_processor(dialect)
            if not bound.required:
                fixed[name] = bound.effective_value
        read = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        out_of = [(place, convert) for place, convert in enumerate(read) if convert is not None]
        names = compiled.positiontup or list(into)
        taken = [(name, into[name]) for name in names]
        return _Compiled(str(compiled), fixed, names, taken, dialect.positional, out_of)

    def bound(self, values: Values) -> RawRow | Values:
        """Return the values as the driver takes them."""
        given = {**self.fixed, **values} if self.fixed else values
        ready = [given[name] if convert is None else convert(given[name]) for name, convert in self.into]
        return ready if self.by_place else dict(zip(self.names, ready, strict=True))

    def row(self, row: RawRow) -> RawRow:
        """Return a row's values as the program knows them."""
        if not self.out_of:
            return row
        read = list(row)
        for place, convert in self.out_of:
            read[place] = convert(read[place])
        return read


def _executed(
    conn: Connection, text: str, values: RawRow | Values = (), *, many: bool = False
) -> tuple[Sequence[RawRow], int]:
    """Run a text on a cursor of the driver; its errors become those that the Connection raises."""
    cursor = conn.connection.cursor()
    try:
        if many:
            cursor.executemany(text, cast("Sequence[RawRow]", values))
        else:
            cursor.execute(text, values)
        return cursor.fetchall() if cursor.description else (), cursor.rowcount
    except conn.dialect.loaded_dbapi.Error as error:
        raise _as_connections_own(conn, error) from error
    finally:
        cursor.close()


def _as_connections_own(conn: Connection, error: DBAPIModule.Error) -> DBAPIError:
    """Wrap a driver's error; a loss is met by the Connection itself, which lets go of all others with it."""
    driver = conn.dialect.loaded_dbapi.Error
    if conn.dialect.is_disconnect(error, conn.connection.dbapi_connection, None):
        try:
            conn.exec_driver_sql("SELECT 1")
        except DBAPIError as met:
            return met
    wrapped = DBAPIError.instance(None, None, error, driver, hide_parameters=True, dialect=conn.dialect)
    return cast("DBAPIError", wrapped)
