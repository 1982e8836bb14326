"""A backup is one file that was restored on trial; restoring never overwrites; the same goes for a move."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, insert, select, text, update

from bot.backup import back_up, heads_file
from bot.moving import CannotMove, transfer
from bot.restore import restore
from bot.verifying import report_of
from domain.ids import Platform
from storage.copying import Differs, check_same, opened
from storage.heads import compare_heads, heads, read_heads
from storage.outbox import OutRow, enqueue
from storage.pictures import add_made_picture
from storage.schema import outbox, person, picture
from storage.units import Database, open_database
from tests.storage.founding import START, found, save, vote

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10


def life(conn: Connection) -> None:
    """Two entries, two votes, a file, a record joined into a later one, and a message that was swept away."""
    here = found(conn)
    save(conn, here)
    save(conn, here, 700_000)
    vote(conn, here, "yes yes", follows=vote(conn, here, "yes no").id)
    add_made_picture(conn, PICTURE, START)
    conn.execute(update(person).where(person.c.id == 3).values(merged_into=4))
    enqueue(conn, [OutRow(Platform.BALE, 7, 0, "send", "gone", START) for _ in range(5)])
    conn.execute(delete(outbox))


async def lived(url: str) -> None:
    database = await open_database(url)
    await database.write(life)
    await database.close()


def same(one: str, other: str) -> None:
    with opened(one) as source, opened(other) as target:
        check_same(source, target)


async def test_a_backup_restores_into_either_kind(database_url: str, empty_url: str, tmp_path: Path) -> None:
    await lived(database_url)
    kept = back_up(database_url, tmp_path / "kept")
    assert (kept.report.groups, kept.report.entries, kept.report.flaws) == (1, 2, ())
    assert restore(tmp_path / "kept", empty_url) == kept.report
    same(database_url, empty_url)


async def test_a_move_leaves_nothing_behind(database_url: str, empty_url: str) -> None:
    await lived(database_url)
    assert transfer(database_url, empty_url).flaws == ()
    same(database_url, empty_url)
    with opened(empty_url) as conn:
        assert conn.scalar(select(person.c.merged_into).where(person.c.id == 3)) == 4
        assert conn.scalar(select(picture.c.state)) == "stored"


async def test_ids_are_not_given_twice_after_a_move(database_url: str, empty_url: str) -> None:
    await lived(database_url)
    transfer(database_url, empty_url)
    moved = await open_database(empty_url)
    await moved.write(lambda conn: enqueue(conn, [OutRow(Platform.BALE, 7, 0, "send", "new", START)]))
    assert await moved.read(lambda conn: conn.scalar(select(outbox.c.id))) == 6
    await moved.close()


async def test_a_backup_is_taken_while_others_write(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    await database.write(life)
    kept = back_up(database_url, tmp_path / "kept")
    await database.write(lambda conn: add_person(conn, "later"))
    assert kept.report.flaws == ()
    with opened(f"sqlite:///{tmp_path / 'kept'}") as conn:
        assert "later" not in conn.scalars(select(person.c.name)).all()


def test_a_backup_is_for_its_owner_only(sqlite_url: str, tmp_path: Path) -> None:
    back_up(sqlite_url, tmp_path / "kept")
    assert stat.S_IMODE((tmp_path / "kept").stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.glob(".*")) == []


def test_a_folder_that_is_not_there_is_named(sqlite_url: str, tmp_path: Path) -> None:
    with pytest.raises(CannotMove, match="elsewhere: make it first"):
        back_up(sqlite_url, tmp_path / "elsewhere" / "kept")


def test_nothing_is_overwritten(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("dear")
    with pytest.raises(CannotMove, match="there already"):
        back_up(sqlite_url, tmp_path / "kept")
    assert (tmp_path / "kept").read_text() == "dear"


async def test_a_database_that_holds_anything_is_not_restored_into(
    database_url: str, sqlite_template: Path
) -> None:
    database = await open_database(database_url)
    await database.write(lambda conn: add_person(conn, "dear"))
    await database.close()
    with pytest.raises(CannotMove, match="not empty"):
        restore(sqlite_template, database_url)
    with opened(database_url) as conn:
        assert conn.scalars(select(person.c.name)).all() == ["dear"]


def test_what_is_no_backup_is_turned_away(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a letter")
    with pytest.raises(CannotMove, match="no backup"):
        restore(tmp_path / "kept", sqlite_url)


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(CannotMove, match="no database"):
        back_up(f"sqlite:///{tmp_path / 'nowhere.sqlite'}", tmp_path / "kept")
    assert not (tmp_path / "nowhere.sqlite").exists()


def test_a_move_onto_itself_is_refused(sqlite_url: str) -> None:
    with pytest.raises(CannotMove, match="the same database"):
        transfer(sqlite_url, sqlite_url)


@pytest.mark.parametrize(
    "change",
    [
        lambda conn: conn.execute(update(person).where(person.c.id == 1).values(name="other")),
        lambda conn: conn.execute(delete(outbox)),
        lambda conn: enqueue(conn, [OutRow(Platform.BALE, 7, 0, "send", "more", START)]),
        lambda conn: conn.execute(text("UPDATE sqlite_sequence SET seq = 1000 WHERE name = 'person'")),
    ],
    ids=["changed", "missing", "more", "counter"],
)
async def test_a_difference_is_named(
    sqlite_url: str, tmp_path: Path, change: Callable[[Connection], object]
) -> None:
    other_url = f"sqlite:///{tmp_path / 'other.sqlite'}"
    database = await open_database(sqlite_url)
    await database.write(life)
    await database.write(lambda conn: enqueue(conn, [OutRow(Platform.BALE, 7, 0, "send", "one", START)]))
    await database.close()
    transfer(sqlite_url, other_url)
    with opened(other_url) as conn:
        change(conn)
        conn.commit()
    with pytest.raises(Differs, match=r"^(person|outbox)$"):
        same(sqlite_url, other_url)


async def test_flaws_of_the_books_are_named_and_the_backup_is_kept(sqlite_url: str, tmp_path: Path) -> None:
    await lived(sqlite_url)
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as raw:
        raw.execute("UPDATE balance SET amount = amount + 1 WHERE account = 101")
    raw.close()
    kept = back_up(sqlite_url, tmp_path / "kept")
    assert kept.report.flaws
    assert (tmp_path / "kept").exists()


async def test_a_tail_that_is_cut_off_shows_against_the_heads(database: Database, tmp_path: Path) -> None:
    await database.write(life)
    kept = read_heads("\n".join(map(str, await database.read(heads))))
    assert (await database.read(lambda conn: report_of(conn, kept))).flaws == ()
    await database.write(save_again)
    assert list(await database.read(lambda conn: list(compare_heads(conn, kept)))) == []
    longer = [type(kept[0])(kept[0].group, 9, kept[0].hash)]
    anew = [type(kept[0])(kept[0].group, 2, bytes(32))]
    (cut,) = await database.read(lambda conn: list(compare_heads(conn, longer)))
    (made,) = await database.read(lambda conn: list(compare_heads(conn, anew)))
    assert "tail was cut off" in str(cut)
    assert "made anew" in str(made)


async def test_the_heads_are_written_beside_the_backup(sqlite_url: str, tmp_path: Path) -> None:
    await lived(sqlite_url)
    kept = back_up(sqlite_url, tmp_path / "kept")
    assert read_heads(heads_file(tmp_path / "kept").read_text(encoding="utf-8")) == kept.heads
    assert len(kept.heads) == 1


@pytest.mark.parametrize("lines", ["1 2", "1 2 zz", "a 2 00", f"1 2 {'00' * 31}"])
def test_a_useless_file_of_heads_is_noticed(lines: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_heads(lines)


def add_person(conn: Connection, name: str) -> None:
    conn.execute(insert(person), {"name": name, "created_at": START})


def save_again(conn: Connection) -> None:
    """Another group saves: the first one's chain is as it was."""
    save(conn, found(conn), at=START + timedelta(days=1))
