"""Statements and texts compiled once for all tests of a process, each of which opens what it needs anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from jinja2.sandbox import SandboxedEnvironment
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import Compiled, Dialect

Key = tuple[Dialect, object, object, object, object]


class Statements(dict[tuple[object, ...], Compiled]):
    """SQLAlchemy asks by dialect, of which each engine has one; here it is known by its name."""

    def get(self, key: Key) -> Compiled | None:  # type: ignore[override]
        return super().get((key[0].name, *key[1:]))

    def __setitem__(self, key: Key, compiled: Compiled) -> None:  # type: ignore[override]
        super().__setitem__((key[0].name, *key[1:]), compiled)


class Templates(BytecodeCache):
    """Jinja asks by file, and looks whether it is still the same text."""

    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._known:
            bucket.bytecode_from_string(self._known[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key] = bucket.bytecode_to_string()


@contextmanager
def compiled_once() -> Iterator[None]:
    """Let every connection and every reader of messages_fa share meanwhile what was compiled."""
    statements, templates = Statements(), Templates()

    def share(connection: Connection) -> None:
        connection.execution_options(compiled_cache=statements)

    event.listen(Engine, "engine_connect", share)
    with pytest.MonkeyPatch.context() as patch:
        shared = partial(SandboxedEnvironment, bytecode_cache=templates)
        patch.setattr("texts.engine.SandboxedEnvironment", shared)
        yield
    event.remove(Engine, "engine_connect", share)
