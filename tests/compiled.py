"""Statements compiled once for all databases of a run: each test opens its own, and all have one schema."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import Compiled, Dialect

Key = tuple[Dialect, object, object, object, object]


class CompiledOnce(dict[tuple[object, ...], Compiled]):
    """SQLAlchemy asks by dialect, of which each engine has one; here it is known by its name."""

    def get(self, key: Key) -> Compiled | None:  # type: ignore[override]
        return super().get((key[0].name, *key[1:]))

    def __setitem__(self, key: Key, compiled: Compiled) -> None:  # type: ignore[override]
        super().__setitem__((key[0].name, *key[1:]), compiled)


@contextmanager
def compiled_once() -> Iterator[None]:
    """Let every connection made meanwhile share what was compiled."""
    known = CompiledOnce()

    def share(connection: Connection) -> None:
        connection.execution_options(compiled_cache=known)

    event.listen(Engine, "engine_connect", share)
    yield
    event.remove(Engine, "engine_connect", share)
