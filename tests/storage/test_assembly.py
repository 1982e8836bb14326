"""What the assembly resolved is never changed, and whatever was altered about it is found."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Connection, text

from domain.ids import GroupId
from domain.proposals import ProposalKind
from domain.votes import Tally, Vote
from storage import assembly
from storage.notes import add_note
from storage.units import Database
from storage.verify import verify
from tests.storage.founding import START, found

SALT = bytes(range(16))


def resolved(conn: Connection) -> None:
    """A group of three that resolved twice (two for it, one against) and declined once."""
    here = found(conn, members=3)
    for number, said in enumerate(("yes yes no", "yes yes no", "no no yes"), start=1):
        note = add_note(conn, f"words {number}", SALT)
        made = assembly.add_proposal(
            conn,
            group_id=here.group,
            kind=ProposalKind.RESOLUTION.value,
            note_id=note.id,
            call=1,
            proposed_by=here.persons[0],
            opened_at=START,
            closes_at=START + timedelta(days=3),
            due_at=START + timedelta(days=2),
        )
        for member, vote in zip(here.members, said.split(), strict=True):
            assembly.cast(conn, made.id, member, Vote(vote), START, None)
        accepted = number < 3
        state = "accepted" if accepted else "rejected"
        closed = assembly.update_proposal(conn, made, state=state, closed_at=START)
        if accepted:
            assembly.add_resolution(conn, closed, Tally(3, 2, 1), note.hash, START)


def flaws(conn: Connection) -> list[str]:
    return [str(flaw) for flaw in verify(conn)]


async def test_resolutions_are_numbered_from_one_and_told_newest_first(database: Database) -> None:
    await database.write(resolved)
    assert await database.read(flaws) == []

    def latest(conn: Connection) -> list[tuple[int, str | None]]:
        return [(one.number, one.words) for one in assembly.latest_resolutions(conn, GroupId(1), 5)]

    assert await database.read(latest) == [(2, "words 2"), (1, "words 1")]


@pytest.mark.parametrize("statement", ["UPDATE resolution SET yes = 3", "DELETE FROM resolution"])
async def test_a_resolution_is_never_changed(database: Database, statement: str) -> None:
    await database.write(resolved)
    with pytest.raises(Exception, match="the books only grow"):
        await database.write(lambda conn: conn.execute(text(statement)))


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
            await database.write(lambda conn, one=statement: conn.execute(text(one)))


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


def tamper(conn: Connection, statement: str) -> None:
    """Change the database behind the program's back: as one can who owns the file."""
    if conn.dialect.name == "postgresql":
        conn.execute(text("ALTER TABLE resolution DISABLE TRIGGER USER"))
    else:
        for change in ("update", "delete", "replace"):
            conn.execute(text(f"DROP TRIGGER IF EXISTS resolution_refuses_{change}"))
    conn.execute(text(statement))
