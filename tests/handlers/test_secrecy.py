"""Who voted and what was voted cannot be joined: not from any row, not from the bytes of the files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, make_url, select, text

from domain.elections import naming
from domain.ids import ProposalId
from domain.secrecy import Box, of_member
from storage import traces
from storage.schema import ballot, counted_ballot, metadata, sealed_ballot
from storage.units import open_database
from tests.elections import CHAIR, called, stood
from tests.installation import KEY
from tests.postgres import Reused, connected
from tests.recorded import RecordedTexts
from tests.stage import Group, Stage

ELECTION, OFFICE = ProposalId(1), ProposalId(2)
CODE = re.compile(r"\b[ACDFHJKMNPRTXY34679]{7}\b")
# What only the key makes sense of; a count lies in the order of its codes.
HIDDEN = {
    "sealed_ballot": ("choice",),
    "counted_ballot": ("code", "number", "rowid", "ctid"),
    "inbox": ("body_hash",),
}
Row = tuple[str, ...]


@pytest.fixture
def reused_postgres(unused_postgres: tuple[Reused, Reused]) -> tuple[Reused, Reused]:
    return unused_postgres


async def voted(stage: Stage, votes: str, *, last: bool) -> Group:
    """A ballot between the first two members; each letter is a vote of the others, a or b."""
    group = await stage.group(offices=(), members=6)
    await called(group.members[0], "office_chair")
    await stood(group, {CHAIR: group.members[:2]})
    candidates = dict(zip("ab", group.members, strict=False))
    for phone, letter in zip(group.members, votes, strict=True):
        if phone is group.members[3]:
            await phone.tap("abstain")  # and thinks again
        await phone.tap(naming(candidates[letter].membership))
        await phone.tap("code")
        if not last and phone is group.members[4]:
            break
    assert ("contest.accepted" in group.members[0].names) == last
    return group


def everything(conn: Connection) -> Iterator[tuple[str, list[Row]]]:
    """Every row of every table as it lies there, with what the database itself notes of it."""
    postgres = conn.dialect.name == "postgresql"
    own, order = ("xmin::text, ctid::text", "ctid") if postgres else ("rowid", "rowid")
    for table in metadata.sorted_tables:
        rows = conn.execute(
            text(f"SELECT {own}, {table.name}.* FROM {table.name} ORDER BY {order}")
        ).mappings()
        shown = [_shown(table.name, dict(row)) for row in rows]
        yield table.name, sorted(shown) if "rowid" in HIDDEN.get(table.name, ()) else shown


def _shown(table: str, row: dict[str, object]) -> Row:
    """A row as text, without what only the key makes sense of; codes in texts are as good as their lists."""
    hidden = HIDDEN.get(table, ())
    return tuple(CODE.sub("code", str(value)) for name, value in row.items() if name not in hidden)


def numbered(tables: dict[str, list[Row]], conn: Connection) -> dict[str, list[Row]]:
    """Number transactions in their order: two databases never give them the same numbers."""
    if conn.dialect.name != "postgresql":
        return tables
    seen = sorted({int(row[0]) for rows in tables.values() for row in rows})
    place = {str(number): str(k) for k, number in enumerate(seen)}
    return {name: [(place[row[0]], *row[1:]) for row in rows] for name, rows in tables.items()}


@contextmanager
def no_place_used_again(url: str) -> Iterator[None]:
    """PostgreSQL tidies a page when it likes, unless somebody may still look at what stood there."""
    if not url.startswith("postgresql"):
        yield
        return
    with connected(make_url(url)) as somebody:
        somebody.execute(text("BEGIN ISOLATION LEVEL REPEATABLE READ"))
        somebody.execute(text("SELECT count(*) FROM outbox"))
        yield


async def left_behind(url: str, texts: RecordedTexts, votes: str, *, last: bool) -> object:
    database = await open_database(url)
    stage = Stage(database, texts)
    try:
        with no_place_used_again(url):
            await voted(stage, votes, last=last)
            return await stage.read(lambda conn: numbered(dict(everything(conn)), conn))
    finally:
        await database.close()


@pytest.mark.parametrize("last", [True, False], ids=["counted", "still open"])
async def test_if_two_had_exchanged_their_votes_nothing_would_look_different(
    database_url: str, second_url: str, recorded_texts: RecordedTexts, *, last: bool
) -> None:
    """The same election twice, the third and fourth voter's votes exchanged: the same rows, byte by byte."""
    one = await left_behind(database_url, recorded_texts, "abbaaa", last=last)
    assert one == await left_behind(second_url, recorded_texts, "ababaa", last=last)


async def test_the_box_is_written_anew_at_each_vote_in_the_order_of_its_ids(stage: Stage) -> None:
    """The rows of the box were all written by whoever voted last, which says nothing of the others."""
    await voted(stage, "abbaaa", last=False)

    def look(conn: Connection) -> tuple[list[bytes], set[object]]:
        place = "ctid" if conn.dialect.name == "postgresql" else "rowid"
        by = "xmin::text" if conn.dialect.name == "postgresql" else "1"
        rows = conn.execute(text(f"SELECT ballot, {by} FROM sealed_ballot ORDER BY {place}")).all()
        return [bytes(row[0]) for row in rows], {row[1] for row in rows}

    ids, writers = await stage.read(look)
    assert (len(ids), len(writers)) == (5, 1)
    assert ids == sorted(ids)


async def test_no_column_of_the_box_could_hold_a_member_or_a_time() -> None:
    assert list(sealed_ballot.columns.keys()) == ["proposal_id", "ballot", "choice"]
    assert list(counted_ballot.columns.keys()) == ["proposal_id", "number", "code", "choice"]


async def test_the_files_hold_no_vote_that_leads_to_a_voter(
    sqlite_url: str, recorded_texts: RecordedTexts
) -> None:
    """Main file and log, byte by byte, while the bot runs: no tap, no ballot's id, no code that was told."""
    database = await open_database(sqlite_url)
    try:
        stage = Stage(database, recorded_texts)
        group = await voted(stage, "abbaaa", last=True)
        which = await stage.read(traces.left)
        assert which is not None
        assert b"callback_query" in on_disk(sqlite_url)  # the log still holds what was erased
        assert await database.scrub()
        await stage.write(lambda conn: traces.gone(conn, which))
        left = on_disk(sqlite_url)
    finally:
        await database.close()
    box = Box(KEY, OFFICE)
    ids = [box.ballot_of(of_member(phone.membership)) for phone in group.members]
    told = [phone.newest("contest.code").text.encode() for phone in group.members]
    assert [one for one in (b"callback_query", *ids, *told) if one in left] == []
    assert group.name.encode() in left


def on_disk(url: str) -> bytes:
    """Everything that lies in the files of the database."""
    path = Path(make_url(url).database or "")
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))


async def test_dead_rows_are_cleared_away(postgresql_url: str, recorded_texts: RecordedTexts) -> None:
    """PostgreSQL keeps what was erased until a table is vacuumed; the box is rewritten whole."""
    database = await open_database(postgresql_url)
    try:
        stage = Stage(database, recorded_texts)
        await voted(stage, "abbaaa", last=False)
        file = text("SELECT pg_relation_filenode('sealed_ballot')")
        before = await stage.read(lambda conn: conn.scalar(file))
        assert await database.scrub()
        assert await stage.read(lambda conn: conn.scalar(file)) != before
        await stage.write(lambda conn: conn.execute(text("SELECT pg_stat_clear_snapshot()")))
        cleared = text(
            "SELECT relname FROM pg_stat_user_tables WHERE last_vacuum IS NOT NULL ORDER BY relname"
        )
        assert await stage.read(lambda conn: list(conn.scalars(cleared))) == ["inbox", "outbox", "talk"]
    finally:
        await database.close()


async def test_the_roll_says_who_voted_and_nothing_else(stage: Stage) -> None:
    group = await voted(stage, "abbaaa", last=True)
    rows = await stage.read(
        lambda conn: conn.execute(select(ballot).where(ballot.c.proposal_id == OFFICE)).all()
    )
    assert {row.membership_id for row in rows} == {phone.membership for phone in group.members}
    assert {row.vote for row in rows} == {None}
