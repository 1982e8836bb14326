"""Revisions of the schema, run by `storage.migrate`; alembic keeps their order."""
