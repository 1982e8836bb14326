"""Column types that store the same value on SQLite (STRICT) and on PostgreSQL.

A moment is whole microseconds since 1970 in UTC, a day its ISO text, a flag 0 or 1, money whole rials, a
rate its figures and period, a member of an enum its word.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import BigInteger, Integer, LargeBinary, SmallInteger, Text, type_coerce
from sqlalchemy.types import TypeDecorator

from domain.loan_terms import Rate
from domain.money import Rial

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.engine import Dialect

E = TypeVar("E", bound=StrEnum)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

Whole = BigInteger().with_variant(Integer(), "sqlite")
Blob = LargeBinary
Words = Text


class Moment(TypeDecorator[datetime]):
    """An aware instant; reading gives UTC back. ValueError for a naive one."""

    impl = Whole
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a stored moment needs its time zone: {value!r}")
        return (value - EPOCH) // MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else EPOCH + value * MICROSECOND


class Day(TypeDecorator[date]):
    """A calendar day, stored as YYYY-MM-DD, so that text order is time order."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:  # noqa: ARG002
        return None if value is None else date.fromisoformat(value)


class Money(TypeDecorator[Rial]):
    """Whole rials."""

    impl = Whole
    cache_ok = True

    def process_bind_param(self, value: Rial | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        return None if value is None else value.rials

    def process_result_value(self, value: int | None, dialect: Dialect) -> Rial | None:  # noqa: ARG002
        return None if value is None else Rial(int(value))


class Price(TypeDecorator[Rate]):
    """A rate with its period, stored as text without loss: 12/year."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Rate | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else value.written

    def process_result_value(self, value: str | None, dialect: Dialect) -> Rate | None:  # noqa: ARG002
        return None if value is None else Rate.read(value)


class Flag(TypeDecorator[bool]):
    """True or false as 1 or 0: STRICT tables know no booleans."""

    impl = SmallInteger().with_variant(Integer(), "sqlite")
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:  # noqa: ARG002, FBT001
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:  # noqa: ARG002
        return None if value is None else bool(value)


class Named(TypeDecorator[E]):
    """A member of an enum, stored as its word; reading a word that the enum lacks is a ValueError."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[E]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: E | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else value.value

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:  # noqa: ARG002
        return None if value is None else self.kind(value)


def named(column: ColumnElement[str], kind: type[E]) -> ColumnElement[E]:
    """The column, its words read as members of the enum."""
    return type_coerce(column, Named(kind))
