"""What tables are made of, alike on SQLite (STRICT) and on PostgreSQL."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, MetaData, Table, text
from sqlalchemy.schema import SchemaItem

from storage.types import Whole

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def table(name: str, *parts: SchemaItem) -> Table:
    """A table; no id is given twice, even after its row is gone: buttons in old messages still name it."""
    return Table(name, metadata, *parts, sqlite_strict=True, sqlite_autoincrement=True)


def own_id() -> Column[int]:
    """The row's own number."""
    return Column("id", Whole, primary_key=True, autoincrement=True)


def to(name: str, target: str, *, nullable: bool = False) -> Column[int]:
    """A reference to another table's row."""
    return Column(name, Whole, ForeignKey(f"{target}.id"), nullable=nullable)


def one_of(name: str, *allowed: str) -> CheckConstraint:
    """The words a column may hold."""
    return CheckConstraint(f"{name} IN ({', '.join(repr(value) for value in allowed)})", name=name)


def only_if(
    table: str, name: str, columns: tuple[str, ...], condition: str, *, unique: bool = False
) -> Index:
    """An index over the rows that meet a condition."""
    return Index(
        f"{'uq' if unique else 'ix'}_{table}_{name}",
        *columns,
        unique=unique,
        sqlite_where=text(condition),
        postgresql_where=text(condition),
    )
