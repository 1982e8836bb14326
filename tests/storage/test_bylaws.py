"""Versions of bylaws follow each other and are never altered."""

from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from domain.bylaws import Bylaws
from domain.money import Rial
from storage.bylaws import PROPOSED, adopt, bylaws_at, bylaws_of
from storage.units import Database
from tests.storage.founding import START, found, vote


def adopted(conn: Connection) -> None:
    """A group that adopted bylaws twice, and one that has not."""
    here, other = found(conn), found(conn)
    assert bylaws_of(conn, here.group) == (PROPOSED, Bylaws(), None, False)
    for version, fee in ((1, 100), (2, 200)):
        rules = Bylaws(entry_fee=Rial(fee))
        assert adopt(conn, here.group, rules, vote(conn, here, "yes yes").id, START) == version
        assert bylaws_of(conn, here.group)[:3] == (version, rules, START)
    assert bylaws_at(conn, here.group, 1).rules == Bylaws(entry_fee=Rial(100))
    assert bylaws_of(conn, other.group).version == PROPOSED
    with pytest.raises(LookupError, match="no bylaws of version 3"):
        bylaws_at(conn, here.group, 3)


def run(statement: str, conn: Connection) -> None:
    conn.execute(text(statement))


async def test_each_adoption_is_a_version(database: Database) -> None:
    await database.write(adopted)


@pytest.mark.parametrize("statement", ["UPDATE bylaws SET rules = '{}'", "DELETE FROM bylaws"])
async def test_a_version_is_never_altered(database: Database, statement: str) -> None:
    await database.write(adopted)
    with pytest.raises(DBAPIError, match="the books only grow"):
        await database.write(partial(run, statement))
