"""What is kept: one schema, one module per aggregate, the unit of work; alike on SQLite and PostgreSQL."""
