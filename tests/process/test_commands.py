"""What is typed at the command line: its exit code, and what it prints."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from tests.http.wording import button
from tests.process.conftest import Ground, hears, report
from tests.process.program import bot, running

TOKEN = "7100000001:AAF-made-up-and-never-to-be-printed-01"


async def test_verify_names_a_posting_altered_in_the_file(ground: Ground) -> None:
    async with running(ground.settings):
        await report(ground)
        await ground.treasurer.tap(button("confirm_deposit"))
        await hears(ground.member, "saving.receipt_slip")
    clean = await bot(ground.settings, "verify")
    assert (clean.code, clean.out) == (0, "verify: 1 groups, 1 entries, all in order\n")
    alter(ground.file, "UPDATE posting SET amount = -50000000 WHERE entry_id = 1 AND account = 201")
    altered = await bot(ground.settings, "verify")
    assert altered.code == 1
    assert "group 1, sequence 1, entry 1: the chain breaks" in altered.out
    assert re.search(r"posting 2 reads 201/1 round 1 -50,?000,?000", altered.out), altered.out


def alter(file: Path, statement: str) -> None:
    """Change a posting as whoever owns the file can: without the trigger, which is put back afterwards."""
    with sqlite3.connect(file) as connection:
        named = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'posting'"
        triggers = connection.execute(named).fetchall()
        assert triggers
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        assert connection.execute(statement).rowcount == 1
        for _, made_by in triggers:
            connection.execute(made_by)
    connection.close()


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"BOT_TELEGRAM_TOKEN": TOKEN.replace(":", "")}, ["BOT_TELEGRAM_TOKEN"]),
        ({"BOT_DATABASE_URL": "mysql://root@localhost/x"}, ["BOT_DATABASE_URL"]),
        ({"BOT_TELEGRAM_TOKEN": TOKEN, "BOT_MODE": "webhook"}, ["BOT_WEBHOOK_URL"]),
        ({"BOT_MODE": "both", "BOT_LISTEN": "8080"}, ["BOT_MODE", "BOT_LISTEN"]),
        ({}, ["BOT_TELEGRAM_TOKEN or BOT_BALE_TOKEN"]),
        (
            {"BOT_TELEGRAM_TOKEN": TOKEN, "BOT_DATABASE_URL": "sqlite:////proc/none/x.sqlite"},
            ["BOT_DATABASE_URL"],
        ),
    ],
)
async def test_a_wrong_setting_is_one_line(tmp_path: Path, wrong: dict[str, str], named: list[str]) -> None:
    finished = await bot({"BOT_DATABASE_URL": f"sqlite:///{tmp_path / 'x.sqlite'}"} | wrong, "run")
    lines = finished.err.splitlines()
    assert finished.code == 2
    assert [line.partition(":")[0] for line in lines] == named
    assert TOKEN.partition(":")[2] not in finished.err + finished.out


async def test_invite_prints_a_link_for_each_messenger(ground: Ground) -> None:
    async with running(ground.settings):
        pass
    finished = await bot(
        ground.settings, "invite", "--role", "facilitator", "--province", "فارس", "--county", "شیراز"
    )
    assert finished.code == 0, finished.err
    telegram, bale, how = finished.out.splitlines()
    assert telegram.startswith("https://t.me/khodyar_demo_bot?start=r_")
    assert bale.startswith("https://ble.ir/khodyar_demo_bot?start=r_")
    assert how.endswith(telegram.partition("=")[2])


async def test_invite_names_what_cannot_be(ground: Ground) -> None:
    finished = await bot(ground.settings, "invite", "--role", "facilitator", "--county", "شیراز")
    assert (finished.code, finished.out) == (2, "")
    assert finished.err.startswith("--county:")
