"""The group decides, lends and is repaid."""

from __future__ import annotations

from storage.migrations import run_script

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    run_script(revision)
