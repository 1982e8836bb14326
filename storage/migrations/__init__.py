"""Revisions of the schema, each written out in SQL for both databases."""

from __future__ import annotations

from pathlib import Path

from alembic import op


def run_script(revision: str) -> None:
    """Run a revision's statements for the database at hand; a blank line ends a statement."""
    name = f"{revision}_{op.get_bind().dialect.name}.sql"
    script = Path(__file__).with_name("versions") / name
    for statement in script.read_text(encoding="utf-8").strip().split("\n\n"):
        op.get_bind().exec_driver_sql(statement, execution_options={"no_parameters": True})
