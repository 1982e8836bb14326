"""Everything a group needs to save, and what later features could not add once entries are frozen."""

from __future__ import annotations

from storage.migrations import run_script

revision = "0001"
down_revision = None


def upgrade() -> None:
    run_script(revision)
