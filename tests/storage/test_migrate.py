from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, NullPool, create_engine, inspect, make_url, text
from sqlalchemy.engine.interfaces import ReflectedForeignKeyConstraint, ReflectedIndex

from storage.failures import DatabaseUnavailable
from storage.migrate import HEAD, BrokenReferences, DatabaseIsNewer, migrate
from storage.schema import FROZEN, metadata
from tests.storage.founding import found

ROOT = Path(__file__).parents[2]
TRIGGERS = {
    "sqlite": ("refuses_delete", "refuses_replace", "refuses_update"),
    "postgresql": ("refuses_delete", "refuses_truncate", "refuses_update"),
}


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    parsed = make_url(url)
    driver = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}[parsed.get_backend_name()]
    engine = create_engine(parsed.set(drivername=driver), poolclass=NullPool)
    with engine.begin() as conn:
        yield conn
    engine.dispose()


def described(conn: Connection) -> dict[str, object]:
    """Everything the database says of its tables, alembic's own left out."""
    seen = inspect(conn)
    return {
        table: {
            "columns": sorted(
                str({**column, "type": str(column["type"])}) for column in seen.get_columns(table)
            ),
            "primary key": seen.get_pk_constraint(table),
            "indexes": sorted(plain(index) for index in seen.get_indexes(table)),
            "uniques": sorted(str(unique) for unique in seen.get_unique_constraints(table)),
            "checks": sorted(str(check) for check in seen.get_check_constraints(table)),
            "references": sorted(str(called(conn, key)) for key in seen.get_foreign_keys(table)),
            "options": seen.get_table_options(table),
        }
        for table in seen.get_table_names()
        if table != "alembic_version"
    }


def called(conn: Connection, key: ReflectedForeignKeyConstraint) -> Mapping[str, object]:
    """SQLite does not tell the name of a reference that was added with its column."""
    return key if conn.dialect.name == "postgresql" else {**key, "name": None}


def plain(index: ReflectedIndex) -> str:
    """The condition of a partial index comes as an object of its own."""
    options = {name: str(value) for name, value in index.get("dialect_options", {}).items()}
    return str({**index, "dialect_options": options})


def triggers(conn: Connection) -> list[str]:
    queries = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    return sorted(conn.scalars(text(queries[conn.dialect.name])))


def test_a_migrated_database_is_what_the_code_expects(empty_url: str) -> None:
    with connected(empty_url) as conn:
        metadata.create_all(conn)
        expected = described(conn)
        metadata.drop_all(conn)
    migrate(empty_url)
    with connected(empty_url) as conn:
        assert described(conn) == expected


def test_triggers_guard_the_books(database_url: str) -> None:
    with connected(database_url) as conn:
        kinds = TRIGGERS[conn.dialect.name]
        assert triggers(conn) == sorted(f"{table.name}_{kind}" for table in FROZEN for kind in kinds)


def test_sqlite_tables_are_strict_and_use_no_id_twice(sqlite_url: str) -> None:
    with connected(sqlite_url) as conn:
        for table in metadata.sorted_tables:
            made = conn.scalar(text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": table.name})
            assert made.endswith("STRICT")
            assert ("AUTOINCREMENT" in made) == ("id" in table.columns)


def test_the_head_is_the_last_revision() -> None:
    assert ScriptDirectory(str(ROOT / "storage/migrations")).get_heads() == [HEAD]


def test_migrating_again_changes_nothing(database_url: str) -> None:
    with connected(database_url) as conn:
        found(conn)
        before = described(conn)
    migrate(database_url)
    with connected(database_url) as conn:
        assert described(conn) == before
        assert conn.scalar(text("SELECT count(*) FROM groups")) == 1


def test_a_migrated_database_opens_without_alembic(sqlite_url: str) -> None:
    program = "import sys, storage.migrate as m; m.migrate(sys.argv[1]); print('alembic' in sys.modules)"
    command = [sys.executable, "-c", program, sqlite_url]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    assert said.stdout.strip() == "False"


def test_processes_that_migrate_at_once_wait_for_each_other(empty_url: str) -> None:
    program = "import sys; from storage.migrate import migrate; sys.stdin.readline(); migrate(sys.argv[1])"
    started = [
        subprocess.Popen(
            [sys.executable, "-W", "error", "-c", program, empty_url],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            text=True,
        )
        for _ in range(3)
    ]
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    assert [process.communicate(timeout=60)[1] for process in started] == ["", "", ""]
    with connected(empty_url) as conn:
        assert conn.scalars(text("SELECT version_num FROM alembic_version")).all() == [HEAD]


def test_a_newer_database_is_left_alone(database_url: str) -> None:
    with connected(database_url) as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseIsNewer, match="9999"):
        migrate(database_url)


def test_a_database_out_of_reach_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable):
        migrate(f"sqlite:///{tmp_path}/no/such/folder/books.sqlite")
    with pytest.raises(DatabaseUnavailable):
        migrate(f"postgresql://nobody@/books?host={tmp_path}")


def test_a_migration_that_leaves_broken_references_is_rolled_back(empty_sqlite_url: str) -> None:
    """Foreign keys are off meanwhile, so nothing else would notice."""
    with connected(empty_sqlite_url) as conn:
        conn.execute(text("CREATE TABLE child (parent INTEGER REFERENCES parent (id))"))
        conn.execute(text("INSERT INTO child VALUES (99)"))
        before = described(conn)
    with pytest.raises(BrokenReferences, match="child row 1"):
        migrate(empty_sqlite_url)
    with connected(empty_sqlite_url) as conn:
        assert described(conn) == before
