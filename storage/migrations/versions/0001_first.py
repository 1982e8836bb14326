"""Everything a group needs to save, and what later features could not add once entries are frozen."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    script = Path(__file__).with_name(f"0001_{op.get_bind().dialect.name}.sql")
    for statement in script.read_text(encoding="utf-8").strip().split("\n\n"):
        op.get_bind().exec_driver_sql(statement, execution_options={"no_parameters": True})
