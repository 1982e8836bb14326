"""What the assembly resolved is never changed, and whatever was altered about it is found."""

from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy import Connection, text

from domain import matters
from domain.bylaws import Bylaws
from domain.ids import GroupId
from storage import assembly
from storage.units import Database
from storage.verify import verify
from tests.storage.founding import found, vote


def resolved(conn: Connection) -> None:
    """A group of three that resolved twice (two for it, one against) and declined once."""
    here = found(conn, members=3)
    vote(conn, here, "yes yes no", matter=matters.write(Bylaws()))
    for said in ("yes yes no", "no no yes"):
        vote(conn, here, said)


def flaws(conn: Connection) -> list[str]:
    return [str(flaw) for flaw in verify(conn)]


async def test_resolutions_are_numbered_from_one_and_told_newest_first(database: Database) -> None:
    await database.write(resolved)
    assert await database.read(flaws) == []

    def latest(conn: Connection) -> list[tuple[int, str | None]]:
        return [(one.number, one.words) for one in assembly.latest_resolutions(conn, GroupId(1), 5)]

    assert await database.read(latest) == [(2, "words of yes yes no"), (1, "words of yes yes no")]


@pytest.mark.parametrize("statement", ["UPDATE resolution SET yes = 3", "DELETE FROM resolution"])
async def test_a_resolution_is_never_changed(database: Database, statement: str) -> None:
    await database.write(resolved)
    with pytest.raises(Exception, match="the books only grow"):
        await database.write(partial(run, statement))


async def test_a_resolution_is_not_replaced_or_emptied_either(database: Database) -> None:
    statements = {
        "sqlite": [
            "REPLACE INTO resolution SELECT * FROM resolution",
            "UPDATE OR REPLACE resolution SET number = 1",
        ],
        "postgresql": ["TRUNCATE resolution"],
    }
    await database.write(resolved)
    for statement in statements[database.dialect]:
        with pytest.raises(Exception, match="the books only grow"):
            await database.write(partial(run, statement))


TAMPERINGS = [
    (
        "UPDATE ballot SET vote = 'yes' WHERE proposal_id = 1",
        "group 1: proposal 1 is resolution 1, recorded as",
    ),
    (
        "UPDATE ballot SET vote = 'yes' WHERE proposal_id = 1",
        "[3, 2, 1, 0] (electors, yes, no, abstained), and",
    ),
    ("UPDATE ballot SET vote = NULL WHERE membership_id = 3", "its ballots say [3, 2, 0, 0]"),
    ("DELETE FROM ballot WHERE proposal_id = 1 AND vote = 'no'", "its ballots say [2, 2, 0, 0]"),
    ("UPDATE resolution SET yes = 3, no = 0 WHERE id = 2", "proposal 2 is resolution 2, recorded as"),
    ("UPDATE proposal SET state = 'accepted' WHERE id = 3", "proposal 3 was accepted and is no resolution"),
    ("UPDATE proposal SET state = 'rejected' WHERE id = 1", "was not accepted and is resolution 1"),
    (
        "UPDATE resolution SET number = 7 WHERE id = 2",
        "2 resolutions are there and the last has the number 7",
    ),
    ("DELETE FROM resolution WHERE id = 1", "proposal 1 was accepted and is no resolution"),
    ("UPDATE note SET text = 'other' WHERE id = 2", "the words of resolution 2 are not those"),
    ("UPDATE proposal SET matter = NULL WHERE id = 1", "the matter of resolution 1 is not that"),
    ("UPDATE proposal SET matter = '3' WHERE id = 2", "the matter of resolution 2 is not that"),
    ("UPDATE note SET hash = salt WHERE id = 1", "the words of resolution 1 are not those"),
]


@pytest.mark.parametrize(("statement", "sentence"), TAMPERINGS)
async def test_what_was_tampered_with_is_found(database: Database, statement: str, sentence: str) -> None:
    await database.write(resolved)
    await database.write(lambda conn: tamper(conn, statement))
    assert [flaw for flaw in await database.read(flaws) if sentence in flaw]


async def test_an_erased_text_is_no_flaw(database: Database) -> None:
    await database.write(resolved)
    await database.write(lambda conn: tamper(conn, "UPDATE note SET text = NULL"))
    assert await database.read(flaws) == []


async def test_a_resolution_or_a_ballot_of_another_group_is_found(database: Database) -> None:
    def unit(conn: Connection) -> None:
        resolved(conn)
        other = found(conn)
        tamper(conn, f"UPDATE resolution SET group_id = {other.group} WHERE id = 1")
        tamper(conn, f"UPDATE ballot SET membership_id = {other.members[0]} WHERE membership_id = 3")

    await database.write(unit)
    said = "; ".join(await database.read(flaws))
    assert "proposal 1 is resolution 1 of another group" in said
    assert "membership 4 of another group has a ballot of proposal 3" in said


def run(statement: str, conn: Connection) -> None:
    conn.execute(text(statement))


def tamper(conn: Connection, statement: str) -> None:
    """Change the database behind the program's back: as one can who owns the file."""
    if conn.dialect.name == "postgresql":
        conn.execute(text("ALTER TABLE resolution DISABLE TRIGGER USER"))
    else:
        for change in ("update", "delete", "replace"):
            conn.execute(text(f"DROP TRIGGER IF EXISTS resolution_refuses_{change}"))
    conn.execute(text(statement))
