"""Called by alembic: runs the revisions in the transaction that `storage.migrate` has begun."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
