"""The key of secret ballots: made once, kept in the file of settings, and watched over."""

from __future__ import annotations

import stat
from functools import partial
from pathlib import Path

import pytest

from bot.ballot_key import know_key, with_ballot_key
from bot.settings import Misconfigured, read_settings
from domain.ids import ProposalId
from domain.secrecy import Box, of_paper
from storage import ballot_box
from storage.units import Database
from tests.elections import CHAIR, called, stood
from tests.recorded import RecordedTexts
from tests.stage import Stage

ONE, TWO = b"1" * 32, b"2" * 32


@pytest.fixture
def env(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    file = tmp_path / "env"
    monkeypatch.delenv("BOT_BALLOT_KEY", raising=False)
    monkeypatch.setenv("BOT_ENV_FILE", str(file))
    return file


def test_it_is_made_once_and_kept_for_its_owner_only(env: Path) -> None:
    made = with_ballot_key(read_settings()).ballot_key_bytes
    assert made is not None
    assert len(made) == 32
    assert stat.S_IMODE(env.stat().st_mode) == 0o600
    assert with_ballot_key(read_settings()).ballot_key_bytes == made
    assert env.read_text().count("BOT_BALLOT_KEY=") == 1


def test_what_stands_in_the_file_stays(env: Path) -> None:
    env.write_text("BOT_LISTEN=[::1]:81")  # its last line is not ended
    settings = with_ballot_key(read_settings())
    assert (settings.listen, settings.ballot_key is None) == ("[::1]:81", False)


def test_without_a_file_there_is_none(env: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_ENV_FILE", "")
    assert with_ballot_key(read_settings()).ballot_key is None
    monkeypatch.setenv("BOT_ENV_FILE", str(env / "no" / "such" / "folder"))
    assert with_ballot_key(read_settings()).ballot_key is None


@pytest.mark.parametrize("key", ["short", "g" * 64, "A" * 63])
def test_one_that_cannot_be_is_told_in_a_line(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv("BOT_ENV_FILE", "")
    monkeypatch.setenv("BOT_BALLOT_KEY", key)
    with pytest.raises(Misconfigured) as mistakes:
        read_settings()
    (line,) = mistakes.value.lines
    assert line.startswith("BOT_BALLOT_KEY: must be 64")
    assert key not in line


async def test_another_key_is_taken_unless_ballots_need_the_one_before(
    database: Database,
) -> None:
    for key in (ONE, None, TWO):
        await database.write(partial(know_key, key=key))
    stage = Stage(database, RecordedTexts())
    group = await stage.group(offices=(), members=3)
    await called(group.members[0], "office_chair")
    await stood(group, {CHAIR: group.members[:1]})
    ballot = Box(TWO, ProposalId(2)).sealed(of_paper(1), "yes")
    await database.write(lambda conn: ballot_box.rewrite(conn, ProposalId(2), [ballot]))
    await database.write(partial(know_key, key=TWO))
    for key, said in ((ONE, "sealed with another key"), (None, "is missing")):
        with pytest.raises(Misconfigured, match=said):
            await database.write(partial(know_key, key=key))
